"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const R = data.rows;
  const N = R.seq.length;
  const DEFECTS = data.defects;
  const byId = (id) => document.getElementById(id);

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (key.startsWith("--")) node.style.setProperty(key, value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
    return node;
  }
  function svg(name, attributes, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  }
  const has = (value) => value !== null && value !== undefined;
  const fixed = (value, digits) => has(value) ? value.toFixed(digits) : "–";
  const minus = (value, digits) => {
    const text = Math.abs(value).toFixed(digits);
    return value < 0 && Number(text) !== 0 ? "−" + text : text;
  };
  const signed = (value, digits) => {
    const text = minus(value, digits);
    return Number(Math.abs(value).toFixed(digits)) === 0 ? "±" + text : value > 0 ? "+" + text : text;
  };
  const money = (value) => !has(value) ? "–" : value === 0 ? "$0" : value < 0.01 ? "$" + value.toPrecision(2) : "$" + value.toFixed(2);
  const count = (value) => value.toLocaleString("en");
  const plural = (number, word) => count(number) + " " + word + (number === 1 ? "" : "s");
  const at = (seconds) => seconds.toFixed(2) + " s";

  const overall = (i) => R.overall[i];
  const score = (i, d) => R.scores[i] === null ? null : R.scores[i][d];
  const relative = (i, d) => R.relative[i] === null ? null : R.relative[i][d];
  // Of a sweep, a clip is told by what its trial tried: the prompt is that of all others.
  const trialOf = new Map(has(data.sweep) ? data.sweep.trials.row.map((row, t) => [row, t]).filter(([row]) => has(row)).reverse() : []);
  const number = (value) => typeof value !== "number" ? String(value)
    : value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4) ? value.toExponential(2)
      : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  const settings = (i) => !trialOf.has(i) ? []
    : data.sweep.params.map((name, p) => [name, data.sweep.trials.settings[p][trialOf.get(i)]])
      .filter(([, value]) => has(value)).map(([name, value]) => [name, number(value)]);
  const what = (i) => trialOf.has(i)
    ? "trial " + data.sweep.trials.number[trialOf.get(i)] + ": " + settings(i).map((each) => each.join(" ")).join(", ")
    : R.prompt[i];
  const mods = (i) => R.mods[i].map((m) => data.modifiers[m]);
  function worstDefect(i) {
    if (R.scores[i] === null) return null;
    let best = -1;
    DEFECTS.forEach((_, d) => { if (has(score(i, d)) && (best < 0 || score(i, d) > score(i, best))) best = d; });
    return best < 0 || score(i, best) <= 0 ? null : best;
  }

  // The run in numbers.
  byId("subtitle").textContent = data.subtitle;
  for (const [value, label] of data.tiles) byId("tiles").append(el("div", { class: "tile" }, el("b", {}, value), el("span", {}, label)));
  for (const [name, value] of data.facts) byId("facts").append(el("dt", {}, name), el("dd", { dir: "auto" }, value));

  // Pictures that become players while somebody looks at them.
  let playing = null;
  function stop() {
    if (playing === null) return;
    const { button, video, still } = playing;
    playing = null;
    video.pause();
    video.removeAttribute("src");
    video.load();
    button.replaceChildren(...still);
    button.removeAttribute("data-playing");
  }
  function play(button, i) {
    if (playing !== null && playing.button === button) return;
    stop();
    const video = el("video", { muted: true, loop: true, playsinline: true, preload: "none", src: R.clip[i] });
    video.muted = true;
    playing = { button, video, still: [...button.childNodes] };
    button.replaceChildren(video);
    button.setAttribute("data-playing", "");
    video.addEventListener("error", () => {
      if (playing === null || playing.video !== video) return;
      playing.still = [el("span", {}, "cannot be played")];
      stop();
    });
    video.play().catch(() => {});
  }
  function film(i, label) {
    const clip = R.clip[i];
    if (!clip) {
      return el("button", { class: "film", type: "button", disabled: true, "aria-label": "No clip" },
        el("span", {}, R.missing[i] ? "file is missing" : "no clip"));
    }
    const still = R.poster[i]
      ? el("img", { src: R.poster[i], alt: "", loading: "lazy", decoding: "async" })
      : el("span", { "aria-hidden": "true" }, "▶");
    const button = el("button", { class: "film", type: "button", "aria-label": "Play " + label, title: "Play" }, still);
    let waiting = 0;
    button.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") waiting = setTimeout(() => play(button, i), 180);
    });
    button.addEventListener("pointerleave", () => {
      clearTimeout(waiting);
      if (playing !== null && playing.button === button && !playing.pinned) stop();
    });
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      clearTimeout(waiting);
      if (playing !== null && playing.button === button && playing.pinned) { stop(); return; }
      play(button, i);
      playing.pinned = true;
    });
    return button;
  }
  const title = (i) => (R.rank[i] ? "#" + R.rank[i] : "job " + R.seq[i]);

  // Worst offenders.
  if (data.worst.length > 0) {
    byId("worst").hidden = false;
    for (const i of data.worst) {
      const worst = worstDefect(i);
      byId("strip").append(el("li", { class: "card" }, film(i, title(i)),
        el("div", { class: "words" },
          el("div", { class: "headline" },
            el("span", { class: "badge" }, "Quality " + fixed(overall(i), 0)),
            el("span", { class: "none" }, worst === null ? "" : DEFECTS[worst].id + " " + fixed(score(i, worst), 2))),
          el("p", { class: "roast", dir: "auto" }, data.roasts[i] || ""),
          el("button", { class: "plain", type: "button", onclick: () => openDetail(i) }, "Look closer"))));
    }
  }

  // Modifiers and defects.
  const effects = data.effects;
  function cell(effect, metric) {
    if (!effect) return el("td", { class: "none" }, "–");
    const known = has(effect.est);
    const shown = known ? effect.est : effect.diff;
    const bad = metric.id === "overall" ? -shown / 100 : shown;
    const digits = metric.id === "overall" ? 0 : 2;
    const mix = Math.min(62, Math.round(Math.abs(bad) * 110));
    const interval = known ? minus(effect.estLow, digits) + " … " + minus(effect.estHigh, digits) : "too few";
    return el("td", {
      class: (bad > 0 ? "up" : "down") + (effect.clear ? " clear" : ""), "--mix": (known ? mix : mix / 3) + "%",
      title: data.modifiers[effect.mod][1] + ": " + metric.id + " differs by " + signed(effect.diff, 3)
        + " between " + effect.n + " clips with and " + effect.n0 + " without"
        + (has(effect.low) ? ", 95 % confidence " + effect.low.toFixed(3) + " to " + effect.high.toFixed(3) + ", q = " + effect.q.toPrecision(2) : ""),
    }, signed(shown, digits) + (effect.clear ? " ●" : ""), el("small", {}, interval));
  }
  function heat(all) {
    const metrics = [...DEFECTS, { id: "overall" }];
    const order = [...new Set(effects.map((effect) => effect.mod))];
    const find = new Map(effects.map((effect) => [effect.mod + "/" + effect.metric, effect]));
    const shown = all ? order : order.slice(0, 15);
    byId("heat").replaceChildren(
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Modifier"),
        metrics.map((metric) => el("th", { scope: "col", title: metric.summary || "overall quality" }, metric.id === "overall" ? "quality" : metric.id)))),
      el("tbody", {}, shown.map((m) => {
        const [pool, text] = data.modifiers[m];
        const any = metrics.map((metric) => find.get(m + "/" + metric.id)).find(Boolean);
        return el("tr", {},
          el("th", { scope: "row", dir: "auto" }, text, el("small", {}, (pool ? pool + " · " : "") + plural(any.n, "clip"))),
          metrics.map((metric) => cell(find.get(m + "/" + metric.id), metric)));
      })));
    const more = byId("heat-more");
    more.hidden = order.length <= 15;
    more.textContent = all ? "Show fewer" : "Show all " + order.length + " modifiers";
    more.onclick = () => heat(!all);
  }
  if (effects.length > 0) {
    byId("effects").hidden = false;
    byId("effects-lead").textContent =
      "What each modifier by itself is estimated to add to the score, with the 95 % interval below: other modifiers in the same prompts take their share, and what rests on few clips is drawn towards 0. "
      + "● marks what stands out from chance although " + count(effects.length) + " effects were looked at (false discovery rate under 5 %). For defects more is worse; for quality less is.";
    heat(false);
  }

  // The table of clips: only the rows in sight are in the document.
  const columns = [
    { id: "rank", label: "Rank", kind: "num", css: "c-rank", value: (i) => R.rank[i] || null, up: true },
    { id: "film", label: "Clip", kind: "", css: "c-film", value: (i) => R.seq[i], up: true },
    { id: "prompt", label: has(data.sweep) ? "Settings" : "Prompt", kind: "", css: "c-prompt",
      value: (i) => trialOf.has(i) ? trialOf.get(i) : has(data.sweep) ? null : R.prompt[i].toLowerCase(), up: true },
    { id: "overall", label: "Quality", kind: "score", css: "c-quality", value: overall, up: true },
    { id: "worst", label: "Worst", kind: "", css: "c-worst", value: (i) => { const d = worstDefect(i); return d === null ? null : score(i, d); }, up: false },
    ...DEFECTS.map((defect, d) => ({
      id: defect.id, label: defect.id, hint: defect.summary, kind: "score", css: "c-defect", defect: d,
      value: (i) => view.relative ? relative(i, d) : score(i, d), up: false,
    })),
    { id: "state", label: "State", kind: "", css: "c-state", value: (i) => R.state[i] + (R.failure[i] || ""), up: true },
    { id: "latency", label: "Seconds", kind: "num", css: "c-latency", value: (i) => R.latency[i], up: false },
    { id: "cost", label: "Cost", kind: "num", css: "c-cost", value: (i) => R.cost[i], up: false },
  ];
  const view = { sort: "rank", up: true, relative: false, rows: [] };
  if (R.rank.every((rank) => !rank)) { view.sort = "film"; view.up = true; }
  let texts = null;
  const scroll = byId("scroll");
  const body = byId("body");
  const rendered = new Map();
  const above = el("tr", { class: "space", "aria-hidden": "true" }, el("td"));
  const below = el("tr", { class: "space", "aria-hidden": "true" }, el("td"));
  const ROW = 68;

  byId("head").append(el("tr", {}, columns.map((column) => {
    const th = el("th", { scope: "col", class: column.css + " " + column.kind, title: column.hint },
      el("button", { type: "button", onclick: () => sortBy(column) }, column.label));
    column.th = th;
    return th;
  })));

  function sortBy(column) {
    view.up = view.sort === column.id ? !view.up : column.up;
    view.sort = column.id;
    arrange();
    scroll.scrollTop = 0;
    render();
  }
  function arrange() {
    const column = columns.find((each) => each.id === view.sort);
    const keys = new Array(N);
    for (const i of view.rows) keys[i] = column.value(i);
    const direction = view.up ? 1 : -1;
    view.rows.sort((a, b) => {
      const x = keys[a], y = keys[b];
      const xn = !has(x), yn = !has(y);
      if (xn || yn) return xn === yn ? a - b : xn ? 1 : -1;
      return x < y ? -direction : x > y ? direction : a - b;
    });
    for (const each of columns) {
      if (each.id === view.sort) each.th.setAttribute("aria-sort", view.up ? "ascending" : "descending");
      else each.th.removeAttribute("aria-sort");
    }
    clear();
  }
  function clear() {
    for (const row of rendered.values()) row.remove();
    rendered.clear();
    stop();
  }
  function searchable(i) {
    return [R.prompt[i], what(i), R.key[i], R.external[i] || "", R.failure[i] || "", R.message[i] || "", R.device[i] || "",
      ...mods(i).map(([pool, text]) => pool + " " + text)].join("\n").toLowerCase();
  }
  function filter() {
    const words = byId("f-text").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const state = byId("f-state").value;
    const modifier = byId("f-mod").value;
    const metric = byId("f-metric").value;
    const least = byId("f-min").value === "" ? null : Number(byId("f-min").value);
    view.relative = byId("f-rel").checked;
    if (words.length > 0 && texts === null) texts = Array.from({ length: N }, (_, i) => searchable(i));
    const rows = [];
    for (let i = 0; i < N; i++) {
      if (state !== "" && R.state[i] !== state) continue;
      if (modifier !== "" && !R.mods[i].includes(Number(modifier))) continue;
      if (least !== null) {
        const value = metric === "overall" ? overall(i) : score(i, Number(metric));
        if (!has(value) || value < least) continue;
      }
      if (words.length > 0 && !words.every((word) => texts[i].includes(word))) continue;
      rows.push(i);
    }
    view.rows = rows;
    arrange();
    byId("count").textContent = rows.length === N ? plural(N, "job") : count(rows.length) + " of " + plural(N, "job");
    byId("table").setAttribute("aria-rowcount", rows.length + 1);
    scroll.classList.toggle("short", rows.length * ROW < 520);
    scroll.scrollTop = 0;
    render();
  }
  function scoreCell(i, d) {
    const value = view.relative ? relative(i, d) : score(i, d);
    if (!has(value)) return el("td", { class: "score c-defect none" }, "–");
    const mix = Math.min(60, Math.round(Math.abs(value) * 64));
    return el("td", { class: "score c-defect" + (value < 0 ? " low" : ""), "--mix": mix + "%" },
      view.relative ? signed(value, 2) : value.toFixed(2));
  }
  function rowOf(place) {
    const i = view.rows[place];
    const worst = worstDefect(i);
    const state = R.state[i];
    return el("tr", { "aria-rowindex": place + 2, "data-place": place, onclick: () => openDetail(i) },
      el("td", { class: "num c-rank" }, R.rank[i] ? String(R.rank[i]) : "–"),
      el("td", { class: "c-film" }, film(i, title(i))),
      el("td", { class: "c-prompt" }, el("div", { class: "what" },
        el("button", { class: trialOf.has(i) ? "open three" : "open", type: "button", dir: "auto", title: trialOf.has(i) ? what(i) : null }, what(i).slice(0, 300) || R.key[i]),
        trialOf.has(i) ? null
          : el("div", { class: "chips" }, mods(i).map(([pool, text]) => el("span", { class: "chip", dir: "auto", title: pool ? pool + ": " + text : text }, text))))),
      el("td", { class: "score c-quality" }, has(overall(i))
        ? [fixed(overall(i), 0), el("span", { class: "bar" }, el("i", { "--v": overall(i) + "%" }))]
        : el("span", { class: "none" }, "–")),
      el("td", { class: "c-worst" }, worst === null ? el("span", { class: "none" }, "–") : DEFECTS[worst].id + " " + fixed(score(i, worst), 2)),
      DEFECTS.map((_, d) => scoreCell(i, d)),
      el("td", { class: "c-state state" }, el("span", { class: "s-" + state }, state.toLowerCase().replace("_", " ")),
        R.failure[i] && state !== "DONE" ? el("small", {}, R.failure[i].toLowerCase()) : null),
      el("td", { class: "num c-latency" }, fixed(R.latency[i], 1)),
      el("td", { class: "num c-cost" }, money(R.cost[i])));
  }
  function render() {
    const height = scroll.clientHeight || 600;
    const top = Math.max(0, scroll.scrollTop - 40);
    const first = Math.max(0, Math.floor(top / ROW) - 6);
    const last = Math.min(view.rows.length, Math.ceil((top + height) / ROW) + 6);
    for (const [place, row] of rendered) {
      if (place < first || place >= last) {
        if (row.contains(document.activeElement)) scroll.focus({ preventScroll: true });
        if (playing !== null && row.contains(playing.button)) stop();
        row.remove();
        rendered.delete(place);
      }
    }
    if (above.parentNode !== body) body.append(above, below);
    let before = above;
    for (let place = first; place < last; place++) {
      let row = rendered.get(place);
      if (!row) {
        row = rowOf(place);
        rendered.set(place, row);
      }
      if (before.nextSibling !== row) before.after(row);
      before = row;
    }
    above.firstChild.style.height = first * ROW + "px";
    below.firstChild.style.height = (view.rows.length - last) * ROW + "px";
  }
  let pending = false;
  const later = () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => { pending = false; render(); });
  };
  scroll.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);
  body.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const row = event.target.closest("tr[data-place]");
    if (!row) return;
    event.preventDefault();
    const place = Number(row.dataset.place) + (event.key === "ArrowDown" ? 1 : -1);
    if (place < 0 || place >= view.rows.length) return;
    const y = place * ROW;
    if (y < scroll.scrollTop) scroll.scrollTop = y;
    else if (y + ROW + 44 > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = y + ROW + 44 - scroll.clientHeight;
    render();
    rendered.get(place).querySelector(".open").focus({ preventScroll: true });
  });
  const option = (value, text) => el("option", { value }, text);
  byId("f-state").append(option("", "any"), ...[...new Set(R.state)].map((state) => option(state, state.toLowerCase().replace("_", " "))));
  byId("f-mod").parentNode.hidden = data.modifiers.length === 0;
  byId("f-rel").parentNode.hidden = (R.relative || []).every((each) => each === null);
  if (has(data.sweep)) byId("f-text").placeholder = "setting, id, failure …";
  byId("f-mod").append(option("", "any"), ...data.modifiers.map(([pool, text], m) => [m, pool ? pool + ": " + text : text])
    .sort((a, b) => a[1] < b[1] ? -1 : 1).map(([m, text]) => option(m, text.length > 60 ? text.slice(0, 60) + "…" : text)));
  byId("f-metric").append(option("overall", "quality (0–100)"), ...DEFECTS.map((defect, d) => option(d, defect.id + " (0–1)")));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", filter);
  byId("filters").addEventListener("reset", () => setTimeout(filter, 0));

  // One clip.
  const dialog = byId("detail");
  let following = null;
  function bytes(text) {
    const binary = atob(text);
    return Array.from(binary, (letter) => letter.charCodeAt(0) / 100);
  }
  function timeline(line, video) {
    const W = 640, LEFT = 66, RIGHT = 8, LANE = 26, TOP = 16;
    const lanes = [...DEFECTS.map((defect) => defect.id), "motion"].filter((id) => line.lanes[id] !== undefined);
    const H = TOP + lanes.length * LANE + 24;
    const seconds = line.seconds > 0 ? line.seconds : 1;
    const x = (t) => LEFT + (W - LEFT - RIGHT) * Math.min(1, Math.max(0, t / seconds));
    const picture = svg("svg", { viewBox: "0 0 " + W + " " + H, class: "timeline", role: "img", "aria-label": "Defects over time; the list of findings and scores says the same in words" });
    lanes.forEach((id, lane) => {
      const base = TOP + (lane + 1) * LANE;
      const values = bytes(line.lanes[id]);
      const step = (W - LEFT - RIGHT) / Math.max(1, values.length);
      let path = "M" + LEFT + " " + base;
      values.forEach((value, n) => {
        const y = (base - value * (LANE - 5)).toFixed(1);
        path += "L" + (LEFT + n * step).toFixed(1) + " " + y + "L" + (LEFT + (n + 1) * step).toFixed(1) + " " + y;
      });
      picture.append(svg("line", { x1: LEFT, x2: W - RIGHT, y1: base, y2: base, class: "rule" }));
      picture.append(svg("path", { d: path + "L" + (W - RIGHT) + " " + base + "Z", class: id === "motion" ? "quiet" : "lane" }));
      picture.append(svg("text", { x: LEFT - 8, y: base - 4, "text-anchor": "end" }, id));
    });
    const bottom = TOP + lanes.length * LANE;
    for (let tick = 0; tick <= 4; tick++) {
      picture.append(svg("text", { x: x(seconds * tick / 4), y: bottom + 16, "text-anchor": tick === 4 ? "end" : tick === 0 ? "start" : "middle" }, (seconds * tick / 4).toFixed(1) + " s"));
    }
    for (const cut of line.cuts) picture.append(svg("line", { x1: x(cut), x2: x(cut), y1: TOP, y2: bottom, class: "cut" }));
    for (const finding of line.physics) {
      const mark = svg("path", { d: "M" + x(finding.seconds) + " " + TOP + "l-5 -9h10z", class: "mark" });
      mark.append(svg("title", {}, at(finding.seconds) + ": " + finding.text));
      picture.append(mark);
    }
    const head = svg("line", { x1: LEFT, x2: LEFT, y1: TOP - 4, y2: bottom, class: "head" });
    picture.append(head);
    const seek = (event) => {
      const box = picture.getBoundingClientRect();
      const share = ((event.clientX - box.left) / box.width * W - LEFT) / (W - LEFT - RIGHT);
      if (video) video.currentTime = Math.min(1, Math.max(0, share)) * seconds;
    };
    picture.addEventListener("pointerdown", (event) => { picture.setPointerCapture(event.pointerId); seek(event); });
    picture.addEventListener("pointermove", (event) => { if (event.buttons > 0) seek(event); });
    return { picture, show: (t) => { head.setAttribute("x1", x(t)); head.setAttribute("x2", x(t)); } };
  }
  function openDetail(i) {
    stop();
    cancelAnimationFrame(following);
    const line = data.timelines[i];
    const place = view.rows.indexOf(i);
    const fps = line && line.fps > 0 ? line.fps : 24;
    const left = el("div"), right = el("div");
    let video = null;
    if (R.clip[i]) {
      video = el("video", { class: "player", controls: true, loop: true, playsinline: true, preload: "metadata", src: R.clip[i], poster: R.poster[i], "aria-label": "Clip " + title(i) });
      video.muted = true;
      const clock = el("output", {}, at(0));
      const step = (by) => { video.pause(); video.currentTime = Math.max(0, video.currentTime + by / fps); };
      left.append(video, el("div", { class: "transport" },
        el("button", { class: "plain", type: "button", onclick: () => step(-1), "aria-label": "One frame back" }, "◀ frame"),
        el("button", { class: "plain", type: "button", onclick: () => (video.paused ? video.play().catch(() => {}) : video.pause()) }, "Play / pause"),
        el("button", { class: "plain", type: "button", onclick: () => step(1), "aria-label": "One frame on" }, "frame ▶"),
        el("button", { class: "plain", type: "button", onclick: () => { video.playbackRate = video.playbackRate === 1 ? 0.25 : 1; } }, "¼ speed"),
        clock));
      const lanes = line ? timeline(line, video) : null;
      if (lanes) left.append(lanes.picture);
      const follow = () => {
        clock.textContent = at(video.currentTime) + " · frame " + Math.round(video.currentTime * fps);
        if (lanes) lanes.show(video.currentTime);
        following = requestAnimationFrame(follow);
      };
      follow();
      video.addEventListener("error", () => video.replaceWith(el("p", { class: "note" }, "The clip cannot be played: " + R.clip[i])), { once: true });
    } else {
      left.append(el("p", { class: "note" }, R.missing[i] ? "The file of this clip is not in the run folder any more." : "This job gave no clip."));
      if (line) left.append(timeline(line, null).picture);
    }
    if (!line && has(overall(i))) {
      left.append(el("p", { class: "note" }, "Only the worst clips have their timeline in this page. This one's is in ",
        el("a", { href: "defects/" + R.sha[i] + ".json" }, "defects/" + R.sha[i].slice(0, 10) + "….json"), "."));
    }
    if (line) {
      left.append(el("h3", {}, "Physics"), line.physics.length === 0
        ? el("p", { class: "note" }, line.objects === 0 ? "Nothing could be followed for long enough to judge its motion." : plural(line.objects, "object") + " followed; none moved without cause.")
        : el("ul", { class: "findings" }, line.physics.map((finding) => el("li", {},
          el("button", { class: "plain", type: "button", onclick: () => { if (video) { video.pause(); video.currentTime = finding.seconds; } } }, at(finding.seconds)),
          " " + finding.text + " (strength " + finding.strength.toFixed(2) + ")"))));
    }
    if (data.roasts[i]) right.append(el("p", { class: "quote", dir: "auto" }, data.roasts[i]));
    if (has(overall(i))) {
      const rows = [["quality", overall(i) / 100, fixed(overall(i), 1), R.overallRelative[i], 1]];
      DEFECTS.forEach((defect, d) => rows.push([defect.id, score(i, d), fixed(score(i, d), 2), relative(i, d), 2, defect.summary]));
      data.extras.forEach((id, n) => { if (R.extra[i] && has(R.extra[i][n])) rows.push([id, null, fixed(R.extra[i][n], 3), null, 2]); });
      right.append(el("h3", {}, "Scores"), el("div", { class: "scores" }, rows.map(([id, share, text, difference, digits, hint]) => [
        el("span", { title: hint }, id),
        el("span", { class: "bar" }, has(share) ? el("i", { "--v": Math.min(100, share * 100) + "%" }) : null),
        el("span", {}, text),
        el("em", {}, has(difference) ? signed(difference, digits) + " vs siblings" : "")])));
    }
    if (settings(i).length > 0) {
      right.append(el("h3", {}, "Settings of trial " + data.sweep.trials.number[trialOf.get(i)]), el("dl", { class: "facts" },
        settings(i).map(([name, value]) => [el("dt", { dir: "auto" }, name), el("dd", { dir: "auto" }, value)])));
    }
    right.append(el("h3", {}, "Prompt"), el("pre", { class: "prompt", dir: "auto", tabindex: "0" }, R.prompt[i]));
    if (R.cut[i]) right.append(el("p", { class: "note" }, "Cut here; the prompt has " + count(R.cut[i]) + " characters. All of it is in scores.csv."));
    if (R.mods[i].length > 0) {
      right.append(el("h3", {}, "Modifiers"), el("ul", { class: "mods" }, mods(i).map(([pool, text]) => el("li", { dir: "auto" }, pool ? el("span", {}, pool + ": ") : null, text))));
    }
    const facts = [["State", R.state[i].toLowerCase().replace("_", " ")], ["Attempts", R.attempts[i]],
      ["Failure", R.failure[i] ? R.failure[i].toLowerCase() + (R.message[i] ? ": " + R.message[i] : "") : null],
      ["Cost", R.cost[i] === null ? null : money(R.cost[i])], ["Seconds", has(R.latency[i]) ? fixed(R.latency[i], 1) : null],
      ["Device", R.device[i]], ["External id", R.external[i]], ["Job", R.key[i]], ["File", R.clip[i]]];
    right.append(el("h3", {}, "Job"), el("dl", { class: "facts" }, facts.filter(([, value]) => has(value) && value !== "")
      .map(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, String(value))])));
    const go = (by) => () => openDetail(view.rows[place + by]);
    dialog.replaceChildren(
      el("div", { class: "d-top" }, el("h2", { id: "d-title" }, title(i) + (has(overall(i)) ? " · quality " + fixed(overall(i), 0) : "")),
        el("button", { class: "plain", type: "button", disabled: place <= 0, onclick: go(-1), "aria-label": "Previous clip" }, "←"),
        el("button", { class: "plain", type: "button", disabled: place < 0 || place + 1 >= view.rows.length, onclick: go(1), "aria-label": "Next clip" }, "→"),
        el("button", { class: "plain", type: "button", onclick: () => dialog.close() }, "Close")),
      el("div", { class: "d-body" }, left, right));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }
  dialog.addEventListener("close", () => { cancelAnimationFrame(following); dialog.replaceChildren(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  // Failures and definitions.
  if (data.failures.length > 0) {
    byId("failures").hidden = false;
    const head = ["Category", "Submissions", "Jobs", "Billed", "What was said"];
    byId("failure-table").append(el("thead", {}, el("tr", {}, head.map((text, n) => el("th", { scope: "col", class: n === 1 || n === 2 ? "num" : null }, text)))),
      el("tbody", {}, data.failures.map((group) => el("tr", {},
        el("th", { scope: "row" }, group.category.toLowerCase()), el("td", { class: "num" }, count(group.submissions)),
        el("td", { class: "num" }, count(group.jobs)), el("td", {}, group.billed),
        el("td", { class: "wide" }, el("ul", {}, group.messages.map(([text, times]) => el("li", { dir: "auto" }, count(times) + " × " + text))))))));
  }
  byId("metric-table").append(
    el("thead", {}, el("tr", {}, ["Score", "Meaning", "Range", "Better", "Source"].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, data.metrics.map((metric) => el("tr", {}, el("th", { scope: "row" }, metric.id), el("td", { class: "wide" }, metric.meaning),
      el("td", {}, metric.range), el("td", {}, metric.up ? "higher" : "lower"), el("td", {}, metric.source)))));

  filter();
  byId("clips").hidden = N === 0 && has(data.sweep);
  window.moviola = Object.freeze({ data, el, byId, has, count, plural, film, title, openDetail });
  if (!has(data.sweep)) document.documentElement.dataset.ready = "1";
})();
