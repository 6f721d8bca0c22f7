"use strict";
(() => {
  const { data, el, byId, has, count, plural, film, title, openDetail } = window.moviola;
  const S = data.sweep;
  if (!has(S)) return;
  const T = S.trials;
  const N = T.number.length;
  const number = (value) => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  };
  const shown = (value) => !has(value) ? "–" : typeof value === "number" ? number(value) : String(value);

  // The best settings.
  const several = S.goals.length > 1;
  const goals = S.goals.map((goal) => goal.metric + " (" + (goal.up ? "more" : "less") + " is better)").join(", ");
  byId("s-lead").textContent = S.best.length === 0
    ? "Optimised: " + goals + ". No trial has a value yet."
    : several
      ? "Optimised: " + goals + ". " + plural(S.best.length, "trial") + (S.best.length === 1 ? " is" : " are") + " not beaten in all goals by any other; the first has the best " + S.goals[0].metric + "."
      : "Optimised: " + goals + ". These are the best settings of " + plural(N, "trial") + ".";
  const best = several
    ? [...S.best].sort((a, b) => (S.goals[0].up ? -1 : 1) * (T.values[0][a] - T.values[0][b]))[0]
    : S.best[0];
  if (has(best)) {
    byId("s-found").hidden = false;
    const row = T.row[best];
    if (has(row)) byId("s-film").append(film(row, "the clip of trial " + T.number[best]));
    else { byId("s-film").remove(); byId("s-found").classList.add("plainly"); }
    byId("s-best").append(
      el("p", { class: "value" }, S.goals.map((goal, g) => [g > 0 ? " · " : null, shown(T.values[g][best]), " ", el("small", {}, goal.metric)]), el("small", {}, " at trial " + T.number[best])),
      el("ul", { class: "settings" }, S.params.map((name, p) => has(T.settings[p][best])
        ? el("li", {}, el("small", { dir: "auto" }, name), el("b", { dir: "auto" }, shown(T.settings[p][best]))) : null)),
      has(row) ? el("button", { class: "plain", type: "button", onclick: () => openDetail(row) }, "Look closer at its clip") : null);
  }
  if (has(S.xy)) {
    byId("s-xy").hidden = false;
    const video = el("video", { loop: true, muted: true, playsinline: true, preload: "none", poster: S.xy.picture, src: S.xy.clip,
      "aria-label": "The clips of the sweep over " + S.xy.x + " and " + S.xy.y });
    video.muted = true;
    const play = el("button", { type: "button" }, "Play");
    const turn = () => video.paused ? video.play() : video.pause();
    play.addEventListener("click", turn);
    video.addEventListener("click", turn);
    ["play", "pause"].forEach((event) => video.addEventListener(event, () => play.textContent = video.paused ? "Play" : "Pause"));
    byId("s-xy").append(video, el("figcaption", {}, el("span", { class: "tools" }, play, el("a", { href: S.xy.clip }, "Clip"), el("a", { href: S.xy.picture }, "Picture")),
      "The best clip for each pair of " + S.xy.x + " and " + S.xy.y
      + ", in step; the other settings differ from clip to clip. A crossed-out place has no clip."));
  }

  // Tables by value and by time.
  const digits = (values) => {
    const numbers = values.filter((value) => typeof value === "number");
    if (numbers.length === 0 || numbers.every(Number.isInteger)) return null;
    const sizes = numbers.filter((value) => value !== 0).map(Math.abs);
    const most = Math.max(...sizes);
    return most >= 1e6 || Math.min(...sizes) < most / 2000 ? null : Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(most))));
  };
  const aligned = (value, places) => typeof value === "number" && places !== null ? value.toFixed(places) : shown(value);
  function table(target, whole) {
    const kept = whole.head.map((text, c) => c).filter((c) => whole.head[c] !== "without a value" || whole.rows.some((row) => row[c] > 0));
    const content = { head: kept.map((c) => whole.head[c]), rows: whole.rows.map((row) => kept.map((c) => row[c])) };
    const places = content.head.map((text, c) => digits(content.rows.map((row) => row[c])));
    target.replaceChildren(
      el("thead", {}, el("tr", {}, content.head.map((text, c) => el("th", { scope: "col", class: c > 0 ? "num" : null, dir: "auto" }, text)))),
      el("tbody", {}, content.rows.map((row) => el("tr", {}, row.map((value, c) => c === 0
        ? el("th", { scope: "row", dir: "auto" }, shown(value)) : el("td", { class: "num" }, aligned(value, places[c])))))));
  }
  S.by.forEach((each, b) => byId("s-param").append(el("option", { value: b }, each.head[0])));
  byId("s-by-form").addEventListener("submit", (event) => event.preventDefault());
  byId("s-param").addEventListener("input", () => table(byId("s-by"), S.by[Number(byId("s-param").value)]));
  if (S.by.length > 0) {
    byId("s-param").value = S.first;
    table(byId("s-by"), S.by[S.first]);
  }
  if (S.time.rows.length > 0) {
    byId("s-time-section").hidden = false;
    table(byId("s-time"), S.time);
  }

  // All trials; only those in sight have rows.
  const ROW = 38;
  const among = new Set(S.best);
  const columns = [
    { name: "trial", width: 78, num: true, of: (i) => T.number[i] },
    { name: "state", width: 92, of: (i) => T.state[i] },
    ...S.goals.map((goal, g) => ({ name: goal.metric, width: 112, num: true, down: goal.up, of: (i) => T.values[g][i] })),
    ...S.params.map((name, p) => ({ name, width: Math.max(104, Math.min(210, 34 + 8 * name.length)), num: T.settings[p].some((value) => typeof value === "number"), of: (i) => T.settings[p][i] })),
    { name: "seconds", width: 92, num: true, of: (i) => T.seconds[i] },
    { name: "why no value", width: 280, of: (i) => T.why[i] },
  ];
  const places = columns.map((column) => digits(Array.from({ length: Math.min(N, 2000) }, (_, i) => column.of(i))));
  const view = { rows: [], sort: 2, up: !S.goals[0].up };
  byId("s-cols").append(...columns.map((column) => {
    const col = el("col");
    col.style.width = column.width + "px";
    return col;
  }));
  byId("s-head").append(el("tr", {}, columns.map((column, c) => column.th = el("th", { scope: "col", class: column.num ? "num" : null },
    el("button", { type: "button", dir: "auto", title: column.name, onclick: () => {
      view.up = view.sort === c ? !view.up : !column.down;
      view.sort = c;
      arrange();
    } }, column.name)))));
  const scroll = byId("s-scroll");
  const body = byId("s-body");
  const above = el("tr", { class: "space", "aria-hidden": "true" }, el("td", { colspan: columns.length }));
  const below = el("tr", { class: "space", "aria-hidden": "true" }, el("td", { colspan: columns.length }));
  function rowOf(place) {
    const i = view.rows[place];
    const row = T.row[i];
    return el("tr", { class: among.has(i) ? "best" : null, "aria-rowindex": place + 2 }, columns.map((column, c) => {
      const value = column.of(i);
      if (c === 0 && has(row)) return el("td", { class: "num" }, el("button", { class: "open", type: "button", title: "Look at the clip", onclick: () => openDetail(row) }, String(value)));
      const text = c === 1 ? value : has(value) ? aligned(value, places[c]) : "";
      return el("td", { class: c === 1 ? "t-" + value : column.num ? "num" : null, dir: "auto", title: text.length > 12 ? text : null }, text);
    }));
  }
  function render() {
    const height = scroll.clientHeight || 600;
    const first = Math.max(0, Math.floor((scroll.scrollTop - 40) / ROW) - 8);
    const last = Math.min(view.rows.length, Math.ceil((scroll.scrollTop + height) / ROW) + 8);
    const rows = [];
    for (let place = first; place < last; place++) rows.push(rowOf(place));
    above.firstChild.style.height = first * ROW + "px";
    below.firstChild.style.height = (view.rows.length - last) * ROW + "px";
    body.replaceChildren(above, ...rows, below);
  }
  function arrange() {
    const column = columns[view.sort];
    const direction = view.up ? 1 : -1;
    view.rows.sort((a, b) => {
      const x = column.of(a), y = column.of(b);
      if (!has(x) || !has(y)) return has(x) === has(y) ? a - b : has(x) ? -1 : 1;
      return x < y ? -direction : x > y ? direction : a - b;
    });
    columns.forEach((each) => {
      if (each === column) each.th.setAttribute("aria-sort", view.up ? "ascending" : "descending");
      else each.th.removeAttribute("aria-sort");
    });
    scroll.scrollTop = 0;
    render();
  }
  let texts = null;
  function filter() {
    const words = byId("s-text").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const state = byId("s-state").value;
    if (words.length > 0 && texts === null) texts = Array.from({ length: N }, (_, i) => columns.map((column) => shown(column.of(i))).join("\n").toLowerCase());
    view.rows = [];
    for (let i = 0; i < N; i++) {
      if (state !== "" && T.state[i] !== state) continue;
      if (words.length > 0 && !words.every((word) => texts[i].includes(word))) continue;
      view.rows.push(i);
    }
    byId("s-count").textContent = view.rows.length === N ? plural(N, "trial") : count(view.rows.length) + " of " + plural(N, "trial");
    byId("s-table").setAttribute("aria-rowcount", view.rows.length + 1);
    scroll.classList.toggle("short", view.rows.length * ROW < 480);
    arrange();
  }
  byId("s-state").append(el("option", { value: "" }, "any"), ...[...new Set(T.state)].map((state) => el("option", { value: state }, state)));
  byId("s-filters").addEventListener("submit", (event) => event.preventDefault());
  byId("s-filters").addEventListener("input", filter);
  let pending = false;
  const later = () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => { pending = false; render(); });
  };
  scroll.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);
  filter();
  document.documentElement.dataset.ready = "1";
})();
