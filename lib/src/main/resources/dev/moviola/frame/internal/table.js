(function (data) {
  "use strict";
  const SILENCE = 20000;
  function make(parent, name, text) {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    parent.appendChild(node);
    return node;
  }
  function count(number) {
    return number.toLocaleString("en");
  }
  function unique() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  // Jupyter's server hands messages on to the kernel for every page that it serves.
  function Line(address) {
    const session = unique();
    const waiting = new Map();
    let socket = null, rest = 0;
    function place() {
      const tag = document.getElementById("jupyter-config-data");
      const config = tag ? JSON.parse(tag.textContent) : {};
      const base = config.baseUrl || document.body.getAttribute("data-base-url");
      if (!base) throw new Error("there is no Jupyter server behind this page");
      const url = new URL(config.wsUrl || base, location.href);
      url.protocol = /^(https|wss):$/.test(url.protocol) ? "wss:" : "ws:";
      url.pathname = url.pathname.replace(/\/?$/, "/") + "api/kernels/" + encodeURIComponent(address.kernel)
          + "/channels";
      url.searchParams.set("session_id", session);
      if (config.token) url.searchParams.set("token", config.token);
      return url.href;
    }
    function send(type, content) {
      const header = {msg_id: unique(), msg_type: type, username: "", session: session,
        date: new Date().toISOString(), version: "5.3"};
      socket.send(JSON.stringify({channel: "shell", header: header, parent_header: {}, metadata: {},
        content: content, buffers: []}));
    }
    function received(event) {
      if (typeof event.data !== "string") return;
      const message = JSON.parse(event.data), content = message.content;
      const one = waiting.get(content.comm_id);
      if (!one) return;
      if (message.header.msg_type === "comm_close") {
        one(new Error("the kernel has forgotten this table"));
      } else if (message.header.msg_type === "comm_msg") {
        send("comm_close", {comm_id: content.comm_id, data: {}});
        one(content.data.refused ? new Error(content.data.refused) : content.data.answer);
      }
    }
    function open() {
      return new Promise((done, fail) => {
        if (socket && socket.readyState === 1) return done();
        socket = new WebSocket(place());
        const mine = socket;
        const late = setTimeout(() => mine.close(), SILENCE);
        socket.onmessage = received;
        socket.onopen = () => { clearTimeout(late); done(); };
        socket.onclose = () => {
          const gone = new Error("the kernel is gone");
          clearTimeout(late);
          fail(gone);
          waiting.forEach((one) => one(gone));
        };
      });
    }
    return function (question) {
      // A line that is kept open would get all that every cell prints.
      clearTimeout(rest);
      rest = setTimeout(() => socket && socket.close(), 2 * SILENCE);
      return open().then(() => new Promise((done, fail) => {
        const comm = unique();
        const late = setTimeout(() => waiting.get(comm)(new Error("the kernel does not answer now")), SILENCE);
        waiting.set(comm, (result) => {
          clearTimeout(late);
          waiting.delete(comm);
          if (result instanceof Error) fail(result); else done(result);
        });
        send("comm_open", {comm_id: comm, target_name: address.target, data: {id: address.id}});
        send("comm_msg", {comm_id: comm, data: {question: question}});
      }));
    };
  }
  function cell(row, column, value) {
    const td = make(row, "td");
    if (column.picture) {
      if (/^data:image\/jpeg;base64,[A-Za-z0-9+\/=]+$/.test(value)) {
        const picture = make(td, "img");
        picture.alt = "";
        picture.src = value;
      }
    } else if (column.number) {
      td.className = "n";
      if (value === null) return;
      td.textContent = value[0];
      if (column.full) {
        const share = Math.max(0, Math.min(1, Number(value[1]) / column.full));
        make(td, "i").style.width = Math.round(100 * share) + "%";
      }
    } else {
      const text = Array.from(value);
      td.textContent = text.length > 80 ? text.slice(0, 79).join("") + "\u2026" : value;
      if (text.length > 40) td.title = value;
    }
  }
  function ordered(rows, c, descending) {
    const column = data.columns[c], none = column.number ? null : "";
    const key = (row) => column.number ? Number(row[c][1]) : row[c];
    const rank = (a, b) => a < b ? -1 : a > b ? 1 : 0;
    return rows.slice().sort((a, b) => {
      if (a[c] === none || b[c] === none) return (a[c] === none) - (b[c] === none);
      return descending ? rank(key(b), key(a)) : rank(key(a), key(b));
    });
  }
  function setUp(frame) {
    frame.setAttribute("data-ready", "");
    const body = frame.querySelector("tbody");
    const heads = Array.from(frame.querySelectorAll("th"));
    const note = frame.querySelector("p");
    const whole = data.rows.length === data.total;
    const pictures = data.columns[0].picture ? 1 : 0;
    let ask = data.line && !whole ? Line(data.line) : null;
    let state = {from: 0, sort: -1, descending: false};
    let turn = 0, said = "";
    const bar = document.createElement("p");
    note.parentNode.insertBefore(bar, note);
    const reach = () => ask || whole ? data.total : data.rows.length;
    const last = () => Math.floor((reach() - 1) / data.page) * data.page;
    function button(text, title, to) {
      const made = make(bar, "button", text);
      made.type = "button";
      made.title = title;
      made.onclick = () => go({...state, from: to()});
      return made;
    }
    const back = [button("\u00ab", "first page", () => 0),
      button("\u2039", "page before", () => state.from - data.page)];
    const where = make(bar, "span");
    const on = [button("\u203a", "next page", () => state.from + data.page),
      button("\u00bb", "last page", last)];
    const label = make(bar, "label", " row ");
    const row = make(label, "input");
    row.type = "number";
    row.min = 1;
    row.title = "go to a row";
    const jump = () => {
      const wanted = Math.floor(Number(row.value)) - 1;
      row.value = "";
      if (wanted >= 0) go({...state, from: Math.floor(wanted / data.page) * data.page});
    };
    row.onchange = jump;
    row.onkeydown = (event) => {
      if (event.key === "Enter") { event.preventDefault(); jump(); }
    };
    if (data.total <= data.page) bar.style.display = "none";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    note.parentNode.insertBefore(status, note);
    function draw(to, rows) {
      state = to;
      body.replaceChildren();
      for (const cells of rows) {
        const tr = make(body, "tr");
        data.columns.forEach((column, c) => cell(tr, column, cells[c]));
      }
      where.textContent = " rows " + count(to.from + 1) + " to " + count(to.from + rows.length) + " of "
          + (reach() < data.total ? "the first " : "") + count(reach()) + " ";
      back.forEach((made) => { made.disabled = to.from === 0; });
      on.forEach((made) => { made.disabled = to.from >= last(); });
      heads.forEach((head, c) => {
        if (c >= pictures) {
          head.setAttribute("aria-sort",
              c - pictures !== to.sort ? "none" : to.descending ? "descending" : "ascending");
        }
      });
      status.textContent = said;
      status.style.display = said ? "" : "none";
    }
    function here(to) {
      const from = Math.max(0, Math.min(to.from, last()));
      const rows = to.sort < 0 ? data.rows : ordered(data.rows, to.sort + pictures, to.descending);
      draw({...to, from: from}, rows.slice(from, from + data.page));
    }
    function go(to) {
      const mine = ++turn;
      to.from = Math.max(0, Math.min(to.from, last()));
      const known = to.sort < 0 && Math.min(to.from + data.page, data.total) <= data.rows.length
          && (!pictures || to.from === 0);
      if (!ask || known) return here(to);
      frame.style.opacity = ".6";
      ask({from: to.from, count: data.page, sort: to.sort, descending: to.descending}).then((answer) => {
        if (mine !== turn) return;
        said = "";
        draw({...to, from: answer.from}, answer.rows);
      }, (error) => {
        if (mine !== turn) return;
        if (/does not answer/.test(error.message)) {
          status.textContent = error.message;
          status.style.display = "";
          return;
        }
        ask = null;
        said = error.message + ": only the first " + count(data.rows.length)
            + " rows are here, and only they are sorted";
        here(to);
      }).finally(() => { if (mine === turn) frame.style.opacity = ""; });
    }
    heads.forEach((head, c) => {
      if (c < pictures) return;
      head.tabIndex = 0;
      const sort = () => {
        const by = c - pictures;
        const descending = state.sort === by ? !state.descending : Boolean(data.columns[c].number);
        go({from: 0, sort: by, descending: descending});
      };
      head.onclick = sort;
      head.onkeydown = (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
      };
    });
    note.textContent = data.note;
    here(state);
  }
  // Some notebooks run this before they attach the table.
  function find(tries) {
    const frames = document.querySelectorAll('[data-moviola-table="' + data.id + '"]:not([data-ready])');
    frames.forEach(setUp);
    if (frames.length === 0 && tries > 0) setTimeout(() => find(tries - 1), 100);
  }
  find(50);
})
