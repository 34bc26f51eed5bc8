"use strict";
// Layer list, base map choice, legend, hover card. Every word is set as text, never as markup.
window.Desk = window.Desk || {};

(function (Desk) {
  const made = (tag, name, parent) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (parent) parent.append(element);
    return element;
  };
  Desk.made = made;

  const word = (texts, group, key) => {
    const words = (texts && texts[group]) || {};
    return Object.hasOwn(words, key) ? String(words[key]) : key;
  };
  Desk.word = word;

  function swatch(parent, look, kind) {
    const canvas = made("canvas", "desk-swatch", parent);
    canvas.setAttribute("aria-hidden", "true");
    Desk.paintSwatch(canvas, look, kind);
  }

  function shield(element) {
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
    element.addEventListener("keydown", (event) => event.stopPropagation());
    element.addEventListener("mousemove", (event) => event.stopPropagation());
  }

  function choice(parent, { type, group, value, checked, label, look, kind, act }) {
    const row = made("label", "desk-choice", parent);
    const input = made("input", "", row);
    input.type = type;
    input.name = group;
    input.value = value;
    input.checked = checked;
    input.addEventListener("change", () => act(value, input.checked));
    if (look) swatch(row, look, kind);
    made("span", "", row).textContent = label;
  }

  function stackIcon() {
    const make = (name, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const icon = make("svg", { viewBox: "0 0 18 18", width: 17, height: 17, "aria-hidden": "true" });
    for (const path of ["M9 1.5 16.5 6 9 10.5 1.5 6Z", "M3 9.2 1.5 10.1 9 14.6l7.5-4.5L15 9.2"]) {
      icon.append(make("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linejoin": "round", "stroke-linecap": "round" }));
    }
    return icon;
  }

  Desk.LayerList = class {
    constructor(map, { layers, bases, act }) {
      const order = Object.keys(Desk.LOOKS);
      const sorted = [...layers].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
      Object.assign(this, { layers: sorted, bases, act, open: false });
      const control = L.control({ position: "topright" });
      control.onAdd = () => {
        this.root = made("div", "desk-panel desk-layers");
        this.button = made("button", "desk-button", this.root);
        this.button.type = "button";
        this.button.setAttribute("aria-controls", "desk-layer-list");
        this.button.append(stackIcon());
        this.caption = made("span", "", this.button);
        this.body = made("div", "desk-list", this.root);
        this.body.id = "desk-layer-list";
        this.button.addEventListener("click", () => this.toggle(!this.open));
        this.root.addEventListener("keydown", (event) => {
          if (event.key === "Escape") { this.toggle(false); this.button.focus(); }
        });
        shield(this.root);
        this.toggle(false);
        return this.root;
      };
      control.addTo(map);
    }

    toggle(open) {
      this.open = open;
      this.body.hidden = !open;
      this.button.setAttribute("aria-expanded", String(open));
    }

    show(texts, { visible, base }) {
      this.caption.textContent = word(texts, "controls", "layers");
      this.body.replaceChildren();
      for (const group of Desk.GROUPS) {
        const members = this.layers.filter((each) => Desk.LOOKS[each.id].group === group);
        if (!members.length) continue;
        const set = made("fieldset", "", this.body);
        made("legend", "", set).textContent = word(texts, "groups", group);
        for (const each of members) {
          const look = Desk.LOOKS[each.id];
          const shown = look.listed ? look.styles[look.listed] : look.style;
          choice(set, {
            type: "checkbox", group: "layer", value: each.id, checked: visible.has(each.id),
            label: word(texts, "layers", each.id), look: shown, kind: each.kind,
            act: (id, on) => this.act.layer(id, on),
          });
        }
      }
      const set = made("fieldset", "", this.body);
      made("legend", "", set).textContent = word(texts, "controls", "base_map");
      for (const id of ["none", ...this.bases.map((each) => each.id)]) {
        choice(set, {
          type: "radio", group: "base", value: id, checked: (base || "none") === id,
          label: word(texts, "base_maps", id), act: (value) => this.act.base(value),
        });
      }
    }
  };

  Desk.Legend = class {
    constructor(map, outcomes) {
      this.outcomes = outcomes;
      const control = L.control({ position: "bottomleft" });
      control.onAdd = () => {
        this.root = made("div", "desk-panel desk-legend");
        shield(this.root);
        return this.root;
      };
      control.addTo(map);
    }

    show(texts, counts, language) {
      this.root.replaceChildren();
      made("strong", "", this.root).textContent = word(texts, "controls", "legend");
      // Worst first: what blocks a project is read before what does not.
      for (let code = this.outcomes.length - 1; code >= 0; code -= 1) {
        const look = this.outcomes[code];
        const row = made("div", "desk-row", this.root);
        swatch(row, { fillColor: look.colour, ink: look.ink, color: look.ink, weight: 1, pattern: look.pattern }, "area");
        made("span", "", row).textContent = word(texts, "outcomes", look.key);
        made("span", "desk-count", row).textContent = counts[code].toLocaleString(language);
      }
    }
  };

  // Says what is under the pointer.
  Desk.Card = class {
    constructor(container) {
      this.root = made("div", "desk-card", container);
      this.root.hidden = true;
      this.title = made("strong", "", this.root);
      this.note = made("span", "", this.root);
    }

    show(point, size, title, note) {
      this.title.textContent = title;
      this.note.textContent = note;
      this.note.hidden = !note;
      this.root.hidden = false;
      const right = point.x + this.root.offsetWidth + 24 > size.x;
      const low = point.y + this.root.offsetHeight + 24 > size.y;
      this.root.style.left = `${right ? point.x - this.root.offsetWidth - 14 : point.x + 14}px`;
      this.root.style.top = `${low ? point.y - this.root.offsetHeight - 14 : point.y + 14}px`;
    }

    hide() { this.root.hidden = true; }
  };

  // A text in the map's corner: base map unavailable, whose data the base map is.
  Desk.note = function (map, position, name) {
    const control = L.control({ position });
    let root;
    control.onAdd = () => {
      root = made("div", name);
      root.hidden = true;
      return root;
    };
    control.addTo(map);
    return (text) => { root.textContent = text; root.hidden = !text; };
  };
})(window.Desk);
