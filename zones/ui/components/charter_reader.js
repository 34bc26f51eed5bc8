// A charter to read. All text is set as text; the search folds accents, case and kinds of spaces.
const kept = new WeakMap();

function node(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function button(name, text, act) {
  const made = node("button", name, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function symbol(name, ink) {
  const made = node("span", "cr-symbol", name);
  made.setAttribute("aria-hidden", "true");
  if (ink) made.style.color = ink;
  return made;
}

// Folded text, and for each of its signs the place in the text it comes from.
function folded(text) {
  const signs = [], places = [];
  let place = 0;
  for (const sign of text) {
    const plain = sign.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘]/g, "'").replace(/\s/g, " ").replace(/œ/g, "oe").replace(/æ/g, "ae");
    for (const one of plain) { signs.push(one); places.push(place); }
    place += sign.length;
  }
  places.push(place);
  return { text: signs.join(""), places };
}

function hits(text, words) {
  const fold = folded(text), found = [];
  for (const word of words) {
    for (let at = fold.text.indexOf(word); at >= 0; at = fold.text.indexOf(word, at + word.length)) {
      let end = fold.places[at + word.length];
      const start = fold.places[at];
      if (end <= start) end = start + 1;
      found.push([start, end]);
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}

function marked(text, words) {
  const made = document.createDocumentFragment();
  let last = 0;
  for (const [start, end] of hits(text, words)) {
    if (start < last) continue;
    made.append(text.slice(last, start), node("mark", "cr-mark", text.slice(start, end)));
    last = end;
  }
  made.append(text.slice(last));
  return made;
}

function mark(root, words) {
  for (const old of root.querySelectorAll("mark.cr-mark")) old.replaceWith(old.textContent);
  root.normalize();
  if (!words.length) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(".cr-actions, .cr-symbol, .cr-elsewhere")) texts.push(walker.currentNode);
  }
  for (const each of texts) if (hits(each.data, words).length) each.replaceWith(marked(each.data, words));
}

function row(label, ...content) {
  const made = node("div", "cr-row");
  made.append(node("div", "cr-label", label));
  const cell = node("div", "cr-cell");
  cell.append(...content);
  made.append(cell);
  return made;
}

function outline(tree) {
  if (!tree.parts.length) return node("span", "", tree.text);
  const made = node("div", "cr-outline", tree.text), list = node("ul");
  for (const part of tree.parts) {
    const item = node("li");
    item.append(outline(part));
    list.append(item);
  }
  made.append(list);
  return made;
}

function value(item, data) {
  const made = node("li", `cr-value cr-${item.phase}`);
  const head = node("span", "cr-figure", item.text);
  made.append(head, node("span", "cr-phase", data.phases[item.phase]), node("span", "cr-period", item.period), node("span", "cr-source", item.source));
  if (item.doubt) made.append(node("span", "cr-doubt", item.doubt));
  return made;
}

function timeline(figure, data) {
  const made = node("div", figure.values.length > 1 ? "cr-figures cr-dated" : "cr-figures");
  made.append(node("div", "cr-figure-title", figure.title));
  const list = node("ol", "cr-time");
  list.append(...figure.values.map((each) => value(each, data)));
  made.append(list);
  return made;
}

function folder(title, content) {
  const made = node("details", "cr-more");
  made.append(node("summary", "", title), content);
  return made;
}

function facts(items) {
  const list = node("ul", "cr-list");
  for (const fact of items) {
    const item = node("li", "", fact.title);
    const rest = [fact.unit, fact.tolerance, fact.origin, fact.reads].filter(Boolean).join(" · ");
    item.append(node("span", "cr-soft", ` · ${rest}`));
    list.append(item);
  }
  return list;
}

function demand(item, place) {
  const parts = [node("div", "cr-demand", item.demands[place])];
  if (item.formulas[place]) parts.push(node("div", "cr-formula", item.formulas[place]));
  return parts;
}

function requirement(item, data, isOnly, trigger) {
  const { texts } = data, colon = data.language === "fr" ? "\u00a0:" : ":";
  const made = node("section", "cr-requirement");
  made.dataset.requirement = item.id;
  if (!isOnly) made.append(node("h4", "cr-sub", `${item.id} · ${item.title}`));
  const nature = node("div", "cr-nature");
  nature.append(node("span", `cr-badge cr-${item.severity}`, item.nature));
  if (data.has_verdict) {
    const act = button("cr-act", texts.verdict, () => trigger("verdict", item.id));
    act.setAttribute("aria-label", `${texts.verdict} ${item.id}`);
    const box = node("span", "cr-actions");
    box.append(act);
    nature.append(box);
  }
  made.append(nature, row(texts.applies, outline(item.applies)));
  if (item.demands.length === 1) made.append(row(item.verb, ...demand(item, 0)));
  else {
    const list = node("ul", "cr-list");
    for (const place of item.demands.keys()) {
      const each = node("li");
      each.append(...demand(item, place));
      list.append(each);
    }
    made.append(row(item.verb, node("span", "cr-soft", texts.any_of), list));
  }
  const [head, ...rest] = item.otherwise.split(/\s*:\s*/);
  made.append(row(head, node("span", "", rest.join(" "))));
  if (item.exceptions.length) made.append(row(texts.exceptions, ...item.exceptions.map((each) => node("div", "", `${each}.`))));
  if (item.figures.length) made.append(row(texts.figures, ...item.figures.map((each) => timeline(each, data))));
  if (item.shown) made.append(row(texts.shown, node("span", "", item.shown)));
  made.append(row(texts.remedy, node("span", "", item.remedy)));
  if (item.levers.length) made.append(row(texts.levers, node("span", "", item.levers.join(", "))));
  made.append(folder(texts.facts.replace("{count}", item.facts.length), facts(item.facts)));
  return made;
}

function examples(items, data) {
  const list = node("ul", "cr-list");
  for (const each of items) {
    const given = each.given.map(([name, found]) => `${name} ${found}`).join(", ");
    const item = node("li");
    item.append(node("span", "cr-soft", `${each.requirement} · ${each.on} · `), `${given} → `);
    const look = data.looks[each.outcome], out = node("span", "cr-outcome", each.outcome_text);
    out.style.color = look.ink;
    item.append(symbol(look.symbol, look.ink), out);
    list.append(item);
  }
  return list;
}

function sources(items) {
  const list = node("ul", "cr-list");
  for (const each of items) {
    const item = node("li");
    item.append(node("span", "cr-source", each.id), ` ${each.text}${each.date ? ` · ${each.date}` : ""} `, node("span", "cr-soft", `[${each.verified}] `));
    if (/^https?:\/\//i.test(each.url)) {
      const link = node("a", "", each.url);
      link.href = each.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      item.append(link);
    }
    list.append(item);
  }
  return list;
}

function article(item, data, trigger) {
  const { texts } = data, made = node("article", "cr-article");
  made.dataset.article = item.id;
  made.tabIndex = -1;
  const head = node("header", "cr-head"), title = node("h3", "cr-title");
  title.append(node("span", "cr-id", item.id), item.title);
  const actions = node("span", "cr-actions");
  if (data.can_edit) {
    const act = button("cr-act", texts.edit, () => trigger("edit", item.id));
    act.setAttribute("aria-label", `${texts.edit} ${item.id}`);
    actions.append(act);
  }
  head.append(title, actions);
  const state = node("div", "cr-state", item.period);
  if (!item.is_in_force) state.append(node("span", "cr-badge cr-off", texts.not_in_force));
  if (item.is_to_check) state.append(node("span", "cr-badge cr-check", texts.to_check));
  made.append(head, state, node("p", "cr-elsewhere"));
  for (const each of item.requirements) made.append(requirement(each, data, item.requirements.length === 1, trigger));
  if (item.note) made.append(node("p", "cr-note", item.note));
  made.append(folder(texts.examples.replace("{count}", item.examples.length), examples(item.examples, data)));
  made.append(folder(texts.sources.replace("{count}", item.sources.length), sources(item.sources)));
  return made;
}

function checkbox(group, key, text, view) {
  const label = node("label", "cr-filter"), box = node("input");
  box.type = "checkbox";
  box.checked = view.filters.has(`${group}:${key}`);
  box.addEventListener("change", () => {
    const name = `${group}:${key}`;
    box.checked ? view.filters.add(name) : view.filters.delete(name);
    view.refresh();
    view.parts.body.scrollTop = 0;
  });
  label.append(box, text);
  return label;
}

function side(data, view) {
  const { texts } = data, made = node("div", "cr-side");
  const search = node("input", "cr-search");
  search.type = "search";
  search.placeholder = texts.search_hint;
  search.setAttribute("aria-label", texts.search);
  search.value = view.query;
  search.addEventListener("input", () => {
    view.query = search.value;
    view.at = -1;
    view.refresh();
    if (view.marked) view.next(1); // what is found is in view, wherever the reader was
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); view.next(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { event.preventDefault(); search.value = view.query = ""; view.refresh(); }
  });
  const count = node("div", "cr-count");
  count.setAttribute("role", "status");
  const filters = node("fieldset", "cr-filters");
  filters.append(node("legend", "", texts.filters));
  for (const [key, text] of Object.entries(data.kinds)) filters.append(checkbox("kind", key, text, view));
  for (const [key, text] of Object.entries(data.severities)) filters.append(checkbox("severity", key, text, view));
  filters.append(checkbox("check", "1", texts.to_check, view));
  const contents = node("nav", "cr-contents");
  contents.setAttribute("aria-label", texts.contents);
  for (const chapter of data.chapters) {
    const group = node("div", "cr-chapter");
    group.append(node("div", "cr-chapter-title", chapter.title));
    for (const place of chapter.articles) {
      const item = data.sheet.articles[place];
      const made = button("cr-link", null, () => view.open(item.id));
      made.append(node("span", "cr-id", item.id), node("span", "", item.title));
      made.dataset.to = item.id;
      group.append(made);
    }
    contents.append(group);
  }
  contents.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...contents.querySelectorAll("button")].filter((each) => !each.hidden);
    const to = links[links.indexOf(document.activeElement) + step];
    if (to) { event.preventDefault(); to.focus(); }
  });
  made.append(search, node("div", "cr-keys", texts.keys), count, filters, contents);
  return { made, search, count, contents };
}

function passes(item, filters) {
  const chosen = (group) => [...filters].filter((each) => each.startsWith(`${group}:`)).map((each) => each.split(":")[1]);
  const kinds = chosen("kind"), weights = chosen("severity");
  const fits = (each) => (!kinds.length || kinds.includes(each.kind)) && (!weights.length || weights.includes(each.severity));
  return item.requirements.some(fits) && (!filters.has("check:1") || item.is_to_check);
}

function build(root, data, view, trigger) {
  const { texts, sheet } = data;
  const panel = side(data, view);
  const body = node("div", "cr-body"), top = node("div", "cr-top");
  top.append(node("h2", "cr-name", sheet.title), node("div", "cr-edition", `${sheet.edition} · ${sheet.day} · ${texts.model}`), node("p", "cr-notice", sheet.notice));
  body.append(top);
  const articles = new Map(), groups = [];
  for (const chapter of data.chapters) {
    const group = node("section", "cr-part");
    group.append(node("h3", "cr-part-title", chapter.title));
    for (const place of chapter.articles) {
      const item = sheet.articles[place], made = article(item, data, trigger);
      articles.set(item.id, { made, item, text: null, elsewhere: data.elsewhere[place], far: null });
      group.append(made);
    }
    groups.push(group);
    body.append(group);
  }
  const empty = node("div", "cr-empty");
  empty.append(node("p", "", texts.none), button("cr-act", texts.clear, () => {
    view.query = ""; view.filters.clear(); view.rebuild(); view.parts.search.focus();
  }));
  body.append(empty);
  root.replaceChildren(panel.made, body);
  view.parts = { ...panel, body, articles, groups, empty };
}

function refresh(view, data) {
  const { articles, groups, empty, count, contents } = view.parts;
  const words = folded(view.query).text.split(" ").filter((each) => each.length > 0);
  view.found = [];
  for (const [id, each] of articles) {
    each.text ??= folded(each.made.textContent).text;
    each.far ??= folded(each.elsewhere).text;
    const isHere = words.every((word) => each.text.includes(word));
    const isFar = !isHere && words.every((word) => each.text.includes(word) || each.far.includes(word));
    const isShown = passes(each.item, view.filters) && (isHere || isFar);
    each.made.hidden = !isShown;
    contents.querySelector(`[data-to="${CSS.escape(id)}"]`).hidden = !isShown;
    if (isShown) view.found.push(id);
    if (view.marked || words.length) mark(each.made, isShown ? words : []);
    const note = each.made.querySelector(".cr-elsewhere");
    note.replaceChildren();
    if (isShown && isFar) {
      const word = words.find((one) => !each.text.includes(one));
      const [start] = hits(each.elsewhere, [word])[0];
      note.append(data.texts.elsewhere, "…", marked(each.elsewhere.slice(Math.max(0, start - 40), start + 80), words), "…");
    }
    for (const more of each.made.querySelectorAll("details")) {
      if (words.length && more.querySelector("mark")) { more.open = true; more.dataset.opened = "1"; }
      else if (!words.length && more.dataset.opened) { more.open = false; delete more.dataset.opened; }
    }
  }
  view.marked = words.length > 0;
  for (const group of groups) group.hidden = ![...group.querySelectorAll("article")].some((each) => !each.hidden);
  for (const group of contents.querySelectorAll(".cr-chapter")) group.hidden = ![...group.querySelectorAll("button")].some((each) => !each.hidden);
  empty.hidden = view.found.length > 0;
  const counted = view.found.length < (data.language === "fr" ? 2 : 1) ? data.texts.count_one : data.texts.count;
  count.textContent = counted.replace("{shown}", view.found.length).replace("{all}", articles.size);
}

// Only the document scrolls: scrollIntoView would move the whole page with it.
function bring(body, target, room) {
  body.scrollTop += target.getBoundingClientRect().top - body.getBoundingClientRect().top - room;
}

function start(root) {
  const view = { query: "", filters: new Set(), at: -1, found: [], opened: -1, drawn: "", marked: false };
  view.open = (id) => {
    const found = view.parts.articles.get(id) ?? [...view.parts.articles.values()].find((each) => each.item.requirements.some((one) => one.id === id));
    if (!found) return;
    if (found.made.hidden) { view.query = ""; view.filters.clear(); view.rebuild(); return view.open(id); }
    const inner = id === found.item.id ? null : found.made.querySelector(`[data-requirement="${CSS.escape(id)}"]`);
    bring(view.parts.body, inner ?? found.made, 8);
    found.made.focus({ preventScroll: true });
    for (const each of view.parts.articles.values()) each.made.classList.toggle("cr-here", each === found);
    for (const each of view.parts.contents.querySelectorAll("button")) {
      if (each.dataset.to === found.item.id) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    }
  };
  view.next = (step) => {
    if (!view.found.length) return;
    view.at = (view.at + step + view.found.length) % view.found.length;
    const { made } = view.parts.articles.get(view.found[view.at]);
    bring(view.parts.body, made.querySelector("mark") ?? made, view.parts.body.clientHeight / 3);
    for (const each of view.parts.articles.values()) each.made.classList.toggle("cr-here", each.made === made);
  };
  root.addEventListener("keydown", (event) => event.stopPropagation());
  view.onKey = (event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", view.onKey);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName)) return;
    event.preventDefault();
    view.parts.search.focus();
    view.parts.search.select();
  };
  document.addEventListener("keydown", view.onKey, true);
  return view;
}

export default function show({ data, parentElement, setTriggerValue }) {
  if (!kept.has(parentElement)) {
    const root = node("div", "cr-root");
    parentElement.append(root);
    kept.set(parentElement, { root, view: start(root) });
  }
  const { root, view } = kept.get(parentElement);
  const drawn = `${data.sheet.id} ${data.sheet.edition} ${data.sheet.day} ${data.language} ${data.can_edit} ${data.has_verdict}`;
  view.refresh = () => refresh(view, data);
  view.rebuild = () => { build(root, data, view, setTriggerValue); view.marked = false; view.refresh(); };
  if (view.drawn !== drawn) {
    const place = view.parts ? view.parts.body.scrollTop : 0;
    view.drawn = drawn;
    view.rebuild();
    view.parts.body.scrollTop = place;
  }
  root.dataset.language = data.language;
  root.dataset.day = data.sheet.day;
  if (data.open.count !== view.opened) {
    view.opened = data.open.count;
    if (data.open.id) view.open(data.open.id);
  }
}
