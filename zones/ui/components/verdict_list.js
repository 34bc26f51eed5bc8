// The articles of one site: a list of buttons, the chosen one opened. All text is set as text.
const kept = new WeakMap();

function node(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function symbol(name, ink) {
  const made = node("span", "vl-symbol", name);
  made.setAttribute("aria-hidden", "true");
  made.style.color = ink;
  return made;
}

function gauge(row) {
  const made = node("div", "vl-gauge");
  made.setAttribute("aria-hidden", "true");
  const bar = node("span", "vl-bar");
  bar.style.width = `${100 * row.gauge.value}%`;
  bar.style.background = row.colour;
  const mark = node("span", "vl-mark");
  mark.style.left = `${100 * row.gauge.threshold}%`;
  made.append(bar, mark);
  return made;
}

function facts(row, texts) {
  const list = node("dl", "vl-facts");
  for (const [key, values] of [
    ["measured", row.value && [row.value]],
    ["required", row.threshold && [row.threshold]],
    ["margin", row.margin && [row.margin]],
    ["change", row.changes],
    ["inputs", row.inputs],
    ["sources", row.sources],
    ["data", row.layers],
    ["nature", [row.nature]],
  ]) {
    if (!values || !values.length) continue;
    list.append(node("dt", "", texts[key]));
    const cell = node("dd");
    for (const value of values) cell.append(node("div", "", value));
    list.append(cell);
  }
  return list;
}

function detail(row, texts, trigger) {
  const made = node("div", "vl-detail");
  made.append(node("p", "vl-reason", row.reason));
  if (row.gauge) made.append(gauge(row));
  if (row.remedy) {
    const remedy = node("p", "vl-remedy");
    remedy.append(node("strong", "", `${texts.to_do} `), row.remedy);
    made.append(remedy);
  }
  made.append(facts(row, texts));
  if (row.note) made.append(node("p", "vl-note", row.note));
  if (row.to_check) made.append(node("p", "vl-note", texts.to_check));
  if (row.evidence) made.append(node("p", "vl-note", texts.evidence));
  const read = node("button", "vl-read", texts.read);
  read.type = "button";
  read.addEventListener("click", () => trigger("read", row.id));
  made.append(read);
  return made;
}

function item(row, data, trigger) {
  const isOpen = row.id === data.chosen;
  const made = node("li", isOpen ? "vl-item vl-open" : "vl-item");
  const button = node("button", "vl-head");
  button.type = "button";
  button.dataset.article = row.id;
  button.dataset.outcome = row.outcome;
  button.setAttribute("aria-expanded", String(isOpen));
  const words = node("span", "vl-words");
  const title = node("span", "vl-title");
  title.append(node("span", "vl-id", row.id), row.title);
  words.append(title, node("span", "vl-brief", row.brief));
  const outcome = node("span", "vl-outcome", row.outcome_text);
  outcome.style.color = row.ink;
  button.append(symbol(row.symbol, row.ink), words, outcome);
  button.addEventListener("click", () => trigger("choose", row.id));
  made.append(button);
  if (isOpen) made.append(detail(row, data.texts, trigger));
  return made;
}

function group(section, data, trigger, open) {
  const list = node("ul", "vl-list");
  list.setAttribute("aria-label", section.title);
  for (const row of section.rows) list.append(item(row, data, trigger));
  if (!section.folded) {
    const made = node("section");
    made.append(node("h3", "vl-section", section.title), list);
    return made;
  }
  const made = node("details", "vl-folded");
  made.open = open.has(section.key);
  made.addEventListener("toggle", () => (made.open ? open.add(section.key) : open.delete(section.key)));
  made.append(node("summary", "vl-section", section.title), list);
  return made;
}

// The panel keeps the place of what it showed before: a list that is opened begins at the chosen
// article, or at its top.
function begin(root) {
  const panel = root.closest(".st-key-scroll");
  if (!panel) return;
  const open = root.querySelector(".vl-open");
  const top = () => open.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  panel.scrollTop = 0;
  if (open && top() > panel.clientHeight / 2) panel.scrollTop = top() - 8;
}

export default function show({ data, parentElement, setTriggerValue }) {
  let isNew = false;
  if (!kept.has(parentElement)) {
    const root = node("div", "vl-root");
    parentElement.append(root);
    kept.set(parentElement, { root, open: new Set() });
    isNew = true;
  }
  const { root, open } = kept.get(parentElement);
  const focused = document.activeElement && document.activeElement.dataset.article;
  for (const section of data.sections) {
    if (section.folded && section.rows.some((row) => row.id === data.chosen)) open.add(section.key);
  }
  root.replaceChildren(...data.sections.map((each) => group(each, data, setTriggerValue, open)));
  root.dataset.language = data.language;
  if (isNew) requestAnimationFrame(() => begin(root)); // once the panel has its new height
  if (focused) {
    const again = [...root.querySelectorAll("button")].find((each) => each.dataset.article === focused);
    if (again) again.focus({ preventScroll: true });
  }
}
