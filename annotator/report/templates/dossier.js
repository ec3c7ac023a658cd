"use strict";
// Shows what an annotation says, filters, searches and lists. All text goes through textContent; nothing is fetched.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const LABELS = { DATE: "Date", ACTOR: "Actor", AGREEMENT: "Agreement", CITATION: "Footnote", EVENT: "Event" };

  // The records are read when they are first needed: the page stands before that.
  let known;
  const data = () => {
    if (!known) {
      known = JSON.parse($("#data").textContent);
      known.byId = new Map([
        ...known.gold.map((record) => ["g-" + record.id, record]),
        ...known.records.map((record) => ["r-" + record.id, record]),
      ]);
      known.deals = new Map(); // years and parties of agreements and dates, from their events
      for (const record of known.records) {
        if (record.label !== "EVENT") continue;
        const date = known.byId.get("r-" + record.date);
        note(record.entity, record, date);
        note(record.id, record, date);
        if (date) note(date.id, record, date);
      }
    }
    return known;
  };
  const note = (key, event, date) => {
    const entry = known.deals.get(key) || { years: [], actors: new Set() };
    if (date && date.earliest) entry.years.push([year(date.earliest), year(date.latest)]);
    for (const party of event.parties || []) entry.actors.add(party);
    known.deals.set(key, entry);
  };
  const year = (day) => parseInt(day, 10);
  const name = (entity) => data().names[entity] || entity;
  const gapsOf = (id) => {
    const { found, golden } = data();
    return (id.startsWith("g-") ? golden : found)[id.slice(2)] || [];
  };

  // What a record says, in rows.
  const rows = (record) => {
    const said = [];
    const add = (term, text) => { if (text) said.push([term, text]); };
    add("Type", record.type || record.kind);
    add("Event", record.event && record.event.replace("_", " ") + (record.modality === "actual" ? "" : `, ${record.modality}`));
    add("Name", record.name);
    add("Identity", record.entity);
    add("Value", record.value && record.value + (record.mod ? `, ${record.mod}` : ""));
    if (record.earliest) add("Days", record.earliest === record.latest ? record.earliest : `${record.earliest} to ${record.latest}`);
    if (record.anchor) {
      const anchor = data().byId.get("r-" + record.anchor);
      add("Counted from", anchor ? `“${anchor.text}”` : record.anchor);
    }
    add("Parties", record.parties && record.parties.map(name).join(", "));
    add("Footnotes", record.notes && record.notes.join(", "));
    add("Rule", record.rule);
    return said;
  };
  const json = (record) => {
    const details = make("details");
    details.append(make("summary", "", "Record as JSON"));
    details.addEventListener("toggle", () => {
      if (details.open && !$("pre", details)) details.append(make("pre", "", JSON.stringify(record, null, 1)));
    });
    return details;
  };

  // The inspector shows one annotation: the one pointed at or focused, or the one that was chosen.
  const inspector = $("#inspector");
  let pinned = null;
  let current = null;
  const show = (element, pin) => {
    const id = element.hash.slice(1);
    const record = data().byId.get(decodeURIComponent(id));
    if (!record) return;
    if (current) current.classList.remove("on");
    current = element;
    element.classList.add("on");
    if (pin) pinned = element;
    inspector.className = `inspector scripted ${record.label}${pin ? " pinned" : ""}`;
    const head = make("p", "head");
    head.append(make("span", "", LABELS[record.label] + (id.startsWith("g-") ? ", only in gold" : "")));
    const close = make("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", release);
    head.append(close);
    const list = make("dl");
    for (const [term, text] of rows(record)) {
      const row = make("div");
      row.append(make("dt", "", term), make("dd", "", text));
      list.append(row);
    }
    const lead = (term, words, to) => {
      const row = make("div");
      const cell = make("dd");
      const link = make("a", "", words);
      link.href = to;
      cell.append(link);
      row.append(make("dt", "", term), cell);
      list.append(row);
    };
    const noted = record.label === "CITATION" && document.getElementById(`n-${record.value}`);
    if (noted) lead("Note", noted.parentElement.textContent, `#n-${encodeURIComponent(record.value)}`);
    for (const number of gapsOf(decodeURIComponent(id))) {
      lead("Gap", `${number}: ${data().gaps[number].join(", ")}`, `#gap-${number}`);
    }
    inspector.replaceChildren(head, make("p", "quote", record.text), list, json(record));
    const description = make("span", "", rows(record).map((row) => row.join(" ")).join("; "));
    description.id = "said";
    description.hidden = true;
    inspector.append(description);
    element.setAttribute("aria-describedby", "said");
  };
  const release = () => {
    const back = pinned;
    pinned = null;
    inspector.classList.remove("pinned");
    if (current) current.classList.remove("on");
    current = null;
    if (back && inspector.contains(document.activeElement)) back.focus();
  };
  const text = $("#text article");
  const marked = (target) => target.closest && target.closest("#text article a.m, #text article a.e");
  text.addEventListener("pointerover", (event) => {
    const element = marked(event.target);
    if (element && !pinned && event.pointerType !== "touch") show(element);
  });
  text.addEventListener("focusin", (event) => {
    const element = marked(event.target);
    if (!element) return;
    rove(element);
    if (!pinned || pinned !== element) show(element, Boolean(pinned));
  });
  text.addEventListener("click", (event) => {
    const element = marked(event.target);
    if (!element) return;
    event.preventDefault();
    try { history.replaceState(null, "", element.hash); } catch { /* a page opened from a mail may not keep its place */ }
    show(element, true);
  });

  // One stop of the Tab key for all annotations; the arrow keys walk among them.
  const stops = all("a.m, a.e", text);
  let stop = stops[0];
  for (const element of stops) element.tabIndex = -1;
  if (stop) stop.tabIndex = 0;
  const rove = (element) => {
    if (stop) stop.tabIndex = -1;
    stop = element;
    stop.tabIndex = 0;
  };
  text.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!marked(event.target) || (!step && event.key !== "Home" && event.key !== "End")) return;
    const shown = stops.filter((element) => !element.classList.contains("off"));
    const here = shown.indexOf(event.target.closest("a"));
    const next = event.key === "Home" ? shown[0] : event.key === "End" ? shown[shown.length - 1] : shown[here + step];
    event.preventDefault();
    if (next) next.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") release();
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      form.elements.q.focus();
    }
  });

  // Filters.
  const form = $(".filters");
  const status = $(".status");
  const wish = () => {
    const values = new FormData(form);
    return {
      labels: new Set(values.getAll("label")), actor: values.get("actor"), kind: values.get("kind"),
      from: values.get("from") ? Number(values.get("from")) : -Infinity,
      to: values.get("to") ? Number(values.get("to")) : Infinity,
      dated: Boolean(values.get("from") || values.get("to")),
      q: values.get("q").trim().toLowerCase(),
    };
  };
  const plain = (w) => w.labels.size === 5 && !w.actor && !w.kind && !w.dated && !w.q;
  const within = (years, w) => years.some(([first, last]) => first <= w.to && last >= w.from);
  const fits = (id, record, w) => {
    if (!w.labels.has(record.label)) return false;
    const more = data().deals.get(record.label === "AGREEMENT" ? record.entity : record.id);
    if (w.actor && record.entity !== w.actor && !(record.parties || []).includes(w.actor) && !(more && more.actors.has(w.actor))) return false;
    if (w.dated) {
      const years = record.earliest ? [[year(record.earliest), year(record.latest)]] : more ? more.years : [];
      if (!within(years, w)) return false;
    }
    if (w.kind && !gapsOf(id).some((number) => data().gaps[number][0] === w.kind)) return false;
    if (w.q) {
      const words = [record.text, record.name, record.value, record.entity, record.event, ...(record.parties || []).map(name)];
      if (!words.some((word) => word && word.toLowerCase().includes(w.q))) return false;
    }
    return true;
  };
  const fitsRow = (row, w) => {
    const set = (key) => (row.dataset[key] || "").split(" ");
    if (!set("label").some((label) => w.labels.has(label) || label === "DOCUMENT")) return false;
    if (w.actor && "actors" in row.dataset && !set("actors").includes(w.actor)) return false;
    if (w.dated && "from" in row.dataset && !(row.dataset.from && within([[Number(row.dataset.from), Number(row.dataset.to)]], w))) return false;
    if (w.kind && "kinds" in row.dataset && !set("kinds").includes(w.kind)) return false;
    return !w.q || row.textContent.toLowerCase().includes(w.q);
  };
  const GROUPS = [[".row", "on the timeline"], [".deal", "agreements"], [".sentence", "sentences with gaps"], [".actors li", "actors"]];
  const apply = () => {
    const w = wish();
    const off = plain(w);
    const told = [];
    let shown = 0;
    for (const element of stops) {
      const id = decodeURIComponent(element.hash.slice(1));
      const fit = off || fits(id, data().byId.get(id) || {}, w);
      shown += fit;
      element.classList.toggle("off", !fit);
    }
    told.push(`${shown} of ${stops.length} annotations`);
    for (const [selector, words] of GROUPS) {
      const rows = all(selector);
      let count = 0;
      for (const row of rows) {
        row.hidden = !(off || fitsRow(row, w));
        count += !row.hidden;
      }
      if (rows.length) told.push(`${count} of ${rows.length} ${words}`);
    }
    for (const lane of all(".lane")) lane.hidden = !$(".row:not([hidden])", lane);
    const hits = find(w.q);
    status.textContent = off ? "" : told.join(" · ") + (w.q ? ` · ${hits} places in the text` : "");
    if (listed) list(true);
  };
  // Words searched for are lit in the text, where the browser can do so without changing it.
  const find = (q) => {
    const ranges = [];
    if (q) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const words = node.data.toLowerCase();
        for (let at = words.indexOf(q); at >= 0; at = words.indexOf(q, at + q.length)) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, Math.min(at + q.length, node.length));
          ranges.push(range);
        }
      }
    }
    if (window.Highlight && CSS.highlights) CSS.highlights.set("search", new Highlight(...ranges));
    return ranges.length;
  };
  let waiting;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());

  // The list of all records, some at a time.
  const SOME = 200;
  const more = $(".more");
  let listed = 0;
  const list = (anew) => {
    const place = $(".records");
    if (anew) { place.replaceChildren(); listed = 0; }
    const w = wish();
    const fitting = data().records.filter((record) => fits("r-" + record.id, record, w));
    const items = fitting.slice(listed, listed + SOME).map((record) => {
      const item = make("li");
      const link = make("a", "", record.text);
      link.href = "#r-" + encodeURIComponent(record.id);
      item.append(make("span", `key ${record.label}`, LABELS[record.label]), link, " ");
      item.append(make("small", "", [record.value, record.name, record.event].filter(Boolean).join(", ")), json(record));
      return item;
    });
    place.append(...items);
    listed = Math.max(1, listed + items.length);
    const left = fitting.length - place.children.length;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(SOME, left)} more of ${left}`;
  };
  more.addEventListener("click", () => list(false));

  // A link leads to its place also when a filter hides it; the place then says what it is.
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); apply(); target.scrollIntoView(); }
    if (marked(target)) { show(target, false); target.focus({ preventScroll: true }); }
    else if (target.classList.contains("cause")) target.focus({ preventScroll: true });
  };
  for (const element of all(".scripted[hidden]")) element.hidden = false;
  if (matchMedia("(max-width: 59.99rem)").matches) $(".filters details").open = false;
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();
  document.documentElement.dataset.ready = "";
})();
