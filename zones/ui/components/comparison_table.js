// Cases side by side: one column a case, one row an article or a field. All text is set as text.
const roots = new WeakMap();

function node(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function outcome(cell) {
  const made = node("div", "ct-outcome");
  const symbol = node("span", "ct-symbol", cell.symbol);
  symbol.setAttribute("aria-hidden", "true");
  made.style.color = cell.ink;
  made.append(symbol, node("span", "", cell.text));
  return made;
}

function headCell(column, index, data, trigger) {
  const made = node("th", column.mark ? "ct-column ct-current" : "ct-column");
  made.scope = "col";
  made.append(node("div", "ct-name", column.title));
  if (column.note) made.append(node("div", "ct-note", column.note));
  for (const action of column.actions) {
    const button = node("button", "ct-action", action.label);
    button.type = "button";
    button.dataset.act = `${action.act}-${index}`;
    button.setAttribute("aria-label", `${action.label}, ${column.title}`);
    button.addEventListener("click", () => trigger("act", { act: action.act, column: index }));
    made.append(button);
  }
  return made;
}

function rowHead(row) {
  const made = node("th", "ct-row");
  made.scope = "row";
  const mark = node("span", "ct-mark", row.mark);
  if (row.mark_text) mark.title = row.mark_text;
  mark.setAttribute("aria-label", row.mark_text || "");
  const label = node("div", "ct-label");
  label.append(mark);
  if (row.id && !row.kind) label.append(node("span", "ct-id", row.id));
  label.append(node("span", "", row.title));
  made.append(label);
  return made;
}

function verdictCell(cell) {
  const made = node("td");
  if (!cell) {
    made.textContent = "–";
    return made;
  }
  made.dataset.outcome = cell.outcome;
  made.append(outcome(cell));
  if (cell.figures) made.append(node("div", "ct-figures", cell.figures));
  if (cell.margin) made.append(node("div", "ct-margin", cell.margin));
  return made;
}

function field(row, cell, index, data, trigger) {
  const made = node("td", "ct-field");
  if (!cell.editable) {
    made.textContent = cell.text;
    return made;
  }
  const input = node(row.options ? "select" : "input", "ct-input");
  input.dataset.edit = `${index}-${row.id}`;
  input.setAttribute("aria-label", `${row.title}, ${data.columns[index].title}`);
  if (row.options) {
    for (const [value, label] of row.options) {
      const option = node("option", "", label);
      option.value = value;
      input.append(option);
    }
  } else input.inputMode = "decimal";
  input.value = cell.value;
  input.addEventListener("change", () => trigger("edit", { column: index, field: row.id, value: input.value }));
  made.append(input);
  return made;
}

// The heading of a group folds its rows away.
function heading(group, data, isFolded, fold) {
  const row = node("tr", "ct-group");
  const cell = node("th");
  cell.colSpan = data.columns.length + 1;
  cell.scope = "colgroup";
  const button = node("button", "ct-fold");
  button.type = "button";
  button.dataset.act = `fold-${group.key}`;
  button.setAttribute("aria-expanded", String(!isFolded));
  button.append(node("span", "ct-symbol", isFolded ? "chevron_right" : "expand_more"), node("span", "", group.title));
  button.addEventListener("click", fold);
  cell.append(button);
  row.append(cell);
  return row;
}

function body(data, trigger, folds) {
  const made = node("tbody");
  for (const group of data.groups) {
    const isFolded = folds.get(group.key) ?? group.folded;
    made.append(heading(group, data, isFolded, () => {
      folds.set(group.key, !isFolded);
      folds.redraw();
    }));
    for (const row of isFolded ? [] : group.rows) {
      const line = node("tr", row.strong ? "ct-overall" : row.mark === "≠" ? "ct-differs" : "");
      line.dataset.row = row.id;
      line.append(rowHead(row));
      row.cells.forEach((cell, index) => line.append(
        row.kind === "field" ? field(row, cell, index, data, trigger) : verdictCell(cell),
      ));
      made.append(line);
    }
  }
  return made;
}

function table(data, trigger, folds) {
  const made = node("table", "ct-table");
  made.append(node("caption", "ct-caption", data.caption));
  const head = node("thead");
  const row = node("tr");
  const corner = node("td", "ct-corner", data.corner);
  row.append(corner);
  data.columns.forEach((column, index) => row.append(headCell(column, index, data, trigger)));
  head.append(row);
  made.append(head, body(data, trigger, folds));
  return made;
}

export default function show({ data, parentElement, setTriggerValue }) {
  if (!roots.has(parentElement)) {
    const made = node("div", "ct-root");
    made.tabIndex = 0;
    made.setAttribute("role", "region");
    parentElement.append(made);
    roots.set(parentElement, { root: made, folds: new Map() });
  }
  const { root, folds } = roots.get(parentElement);
  folds.redraw = () => {
    const asked = document.activeElement && { ...document.activeElement.dataset };
    root.replaceChildren(table(data, setTriggerValue, folds));
    const key = asked && (asked.edit ? "edit" : asked.act ? "act" : null);
    const again = key && [...root.querySelectorAll(`[data-${key}]`)].find((each) => each.dataset[key] === asked[key]);
    if (again) again.focus({ preventScroll: true });
  };
  root.setAttribute("aria-label", data.caption);
  root.dataset.language = data.language;
  folds.redraw();
}
