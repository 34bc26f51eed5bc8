"use strict";
// The map of the desk. Geometry is in the page; outcome codes, selection, evidence and words come
// from the page around it by message, and only the id of a clicked parcel goes back.
window.Desk = window.Desk || {};

(function (Desk) {
  const PANES = { ground: 210, parcels: 300, over: 350, marks: 400, names: 450 };
  const NEAR = 9; // pixels within which a point symbol is under the pointer

  class DeskMap {
    constructor(map) {
      this.map = map;
      this.drawing = JSON.parse(document.getElementById("drawing").textContent);
      this.state = { codes: "", selected: [], evidence: null, texts: {}, language: "fr", shown: [], focus: null };
      this.choices = { layers: {}, base: null };
      this.channel = location.hash.slice(1);
      this.painters = {};
      for (const [name, level] of Object.entries(PANES)) {
        const pane = map.createPane(name);
        pane.style.zIndex = level;
        pane.style.pointerEvents = "none";
        if (name !== "names") this.painters[name] = new Desk.Painter({ pane: name, padding: 0.2, tolerance: 4 });
      }
      map.setMinZoom(10).setMaxZoom(21);
      // First of all, for they take room from the first view.
      this.zoom = L.control.zoom({ position: "topleft" }).addTo(map);
      this.legend = new Desk.Legend(map, this.drawing.outcomes);
      this.legend.show({}, this.drawing.outcomes.map(() => 0), "fr");
      this.home();
      this.scale();
      this.drawParcels();
      this.drawContext();
      this.addControls();
      this.listen();
    }

    home() {
      const [west, south, east, north] = this.drawing.bounds;
      this.map.fitBounds([[south, west], [north, east]], { ...this.room(), animate: false });
    }

    // What the buttons and the legend leave free, with room for a name above and beside a zone.
    room() {
      const { y } = this.map.getSize();
      const most = 0.4 * y;
      return {
        paddingTopLeft: [48, Math.min(most, this.zoom.getContainer().offsetHeight + 40)],
        paddingBottomRight: [48, Math.min(most, this.legend.root.offsetHeight + 24)],
      };
    }

    // Strokes of parcels grow with the zoom, roads and water have their width on the ground.
    scale() {
      const { lat } = this.map.getCenter();
      Desk.fine = Math.min(1, Math.max(0.2, (this.map.getZoom() - 12.5) / 3));
      Desk.metre = 2 ** (this.map.getZoom() + 8) / (40075016.686 * Math.cos((lat * Math.PI) / 180));
    }

    // Parcels -----------------------------------------------------------------------------------

    drawParcels() {
      const flat = this.drawing.parcels;
      this.ids = flat.ids;
      this.place = new Map(this.ids.map((id, index) => [id, index]));
      this.shapes = Desk.decoded(flat, this.drawing.origin);
      this.finder = new Desk.Finder(this.shapes);
      this.parcels = this.shapes.map((shape) => L.polygon(shape, {
        renderer: this.painters.parcels, pane: "parcels", interactive: false, smoothFactor: 0.5, fine: true,
        ...this.parcelLook(undefined),
      }).addTo(this.map));
      this.site = L.featureGroup().addTo(this.map);
      this.evidence = L.featureGroup().addTo(this.map);
      this.hover = L.polygon([], { renderer: this.painters.marks, pane: "marks", interactive: false, ...Desk.HOVER }).addTo(this.map);
      this.painted = "";
    }

    parcelLook(code) {
      const look = this.drawing.outcomes[code];
      if (!look) {
        return { ...Desk.UNJUDGED, color: Desk.UNJUDGED.ink, weight: 0.7, opacity: 0.7, fill: true, fillOpacity: 0.85 };
      }
      return {
        fill: true, fillColor: look.colour, fillOpacity: 0.82, pattern: look.pattern, ink: look.ink,
        patternOpacity: 0.5, color: look.ink, weight: 0.8, opacity: 0.75,
      };
    }

    paintCodes(codes) {
      for (let index = 0; index < this.parcels.length; index += 1) {
        if (codes[index] !== this.painted[index]) {
          this.parcels[index].setStyle(this.parcelLook(codes[index]));
        }
      }
      this.painted = codes;
    }

    paintSelection(selected) {
      this.site.clearLayers();
      for (const id of selected) {
        if (!this.place.has(id)) continue;
        L.polygon(this.shapes[this.place.get(id)], {
          renderer: this.painters.marks, pane: "marks", interactive: false, ...Desk.SITE,
        }).addTo(this.site);
      }
    }

    paintEvidence(collection) {
      this.evidence.clearLayers();
      if (!collection) return;
      const looked = (feature) => {
        const role = feature.properties && feature.properties.role;
        return Object.hasOwn(Desk.EVIDENCE, role) ? Desk.EVIDENCE[role] : Desk.EVIDENCE.target;
      };
      const drawn = { renderer: this.painters.marks, pane: "marks", interactive: false };
      const named = [];
      L.geoJSON(collection, {
        style: (feature) => ({ ...drawn, ...looked(feature) }),
        pointToLayer: (feature, latlng) => L.circleMarker(latlng, { ...drawn, radius: 6, ...looked(feature) }),
        onEachFeature: (feature, layer) => {
          layer.addTo(this.evidence);
          const label = feature.properties && feature.properties.label;
          if (label) named.push({ label: String(label), layer, isPoint: Boolean(layer.getLatLng) });
        },
      });
      // A line and the point it leads to often have one name: it is said once, at the point.
      const told = new Set();
      for (const { label, layer, isPoint } of named.sort((a, b) => b.isPoint - a.isPoint)) {
        if (told.has(label)) continue;
        told.add(label);
        const place = `desk-evidence ${isPoint ? "desk-above" : ""}`;
        this.evidence.addLayer(Desk.nameMarker(label, this.middle(layer), place));
      }
    }

    middle(layer) {
      if (layer.getLatLng) return layer.getLatLng();
      if (layer instanceof L.Polygon) {
        const deep = layer.getLatLngs();
        const parts = Array.isArray(deep[0][0]) ? deep : [deep];
        const inside = Desk.inside(parts.map((rings) => rings.map((ring) => ring.map((each) => [each.lat, each.lng]))));
        if (inside) return inside;
      }
      return layer.getBounds().getCenter();
    }

    // Context -----------------------------------------------------------------------------------

    drawContext() {
      this.names = new Desk.Names(this.map);
      this.context = this.drawing.layers
        .filter((flat) => Object.hasOwn(Desk.LOOKS, flat.id))
        .map((flat) => ({ id: flat.id, kind: flat.kind, look: Desk.LOOKS[flat.id], group: L.layerGroup(), points: [], flat }));
    }

    // The shapes of a layer are made when it is first shown: most layers never are.
    build(found) {
      const { flat, look, group } = found;
      found.flat = null;
      const shapes = Desk.decoded(flat, this.drawing.origin);
      const options = { renderer: this.painters[look.pane], pane: look.pane, interactive: false, smoothFactor: 0.5 };
      shapes.forEach((shape, index) => {
        if (!shape.length) return;
        const style = { ...options, ...Desk.lookOf(flat.id, flat.styles[index]) };
        const name = flat.names[index] || "";
        let places = [];
        if (flat.kind === "point") {
          const latlng = L.latLng(shape[0][0][0]);
          group.addLayer(L.circleMarker(latlng, style));
          found.points.push({ latlng, name, word: flat.styles[index] || "" });
          places = [{ latlng, anchor: "beside" }];
        } else if (flat.kind === "line") {
          group.addLayer(L.polyline(shape.map((rings) => rings[0]), { ...style, fill: false }));
        } else {
          group.addLayer(L.polygon(shape, style));
          if (look.names) places = Desk.placesOf(shape, look.names.kind !== "zone");
        }
        if (look.names) this.names.add({ part: found, text: name, places, kind: look.names.kind, rank: look.names.rank });
      });
    }

    visible() {
      const shown = new Set(this.state.shown);
      return new Set(this.context
        .filter(({ id, look }) => shown.has(id) || (this.choices.layers[id] ?? look.on))
        .map(({ id }) => id));
    }

    showContext() {
      const visible = this.visible();
      const zoom = this.map.getZoom();
      let moved = false;
      for (const part of this.context) {
        const near = !part.look.from || zoom >= part.look.from || this.state.shown.includes(part.id);
        const on = visible.has(part.id) && near;
        if (on && part.flat) this.build(part);
        moved = this.put(part.group, on) || moved;
        part.on = on;
      }
      this.names.arrange(({ on, look }) => on && zoom >= look.names.from && zoom <= (look.names.to || 99));
      if (!moved) return;
      // What is added last is drawn on top: put the layers back in their order.
      for (const part of this.context) if (part.on) part.group.invoke("bringToFront");
      this.site.bringToFront();
      this.evidence.bringToFront();
    }

    put(group, on) {
      if (on === this.map.hasLayer(group)) return false;
      if (on) group.addTo(this.map); else group.remove();
      return true;
    }

    // Base map ----------------------------------------------------------------------------------

    setBase(id) {
      this.choices.base = id === "none" ? null : id;
      if (this.tiles) this.tiles.remove();
      this.tiles = null;
      this.warn("");
      this.credit("");
      this.map.getContainer().classList.toggle("desk-on-base", Boolean(this.choices.base));
      const base = this.drawing.base_maps.find((each) => each.id === this.choices.base);
      if (!base) return;
      this.credit(base.attribution);
      let failures = 0;
      this.tiles = L.tileLayer(base.url, { maxNativeZoom: base.max_zoom, maxZoom: 21 });
      this.tiles.on("tileerror", () => {
        failures += 1;
        this.warn(Desk.word(this.state.texts, "controls", "unavailable"));
      });
      this.tiles.on("loading", () => { failures = 0; });
      this.tiles.on("load", () => { if (!failures) this.warn(""); });
      this.tiles.addTo(this.map);
    }

    // Controls, words ---------------------------------------------------------------------------

    addControls() {
      L.control.scale({ imperial: false, position: "bottomright", maxWidth: 130 }).addTo(this.map);
      this.credit = Desk.note(this.map, "bottomright", "desk-credit");
      this.warn = Desk.note(this.map, "topright", "desk-warning");
      const listed = [];
      for (const part of this.context) if (!listed.some(({ id }) => id === part.id)) listed.push(part);
      this.list = new Desk.LayerList(this.map, {
        layers: listed,
        bases: this.drawing.base_maps,
        act: {
          layer: (id, on) => { this.choices.layers[id] = on; this.showContext(); this.remember(); },
          base: (id) => { this.setBase(id); this.remember(); },
        },
      });
      this.card = new Desk.Card(this.map.getContainer());
      const cross = Desk.made("div", "desk-cross", this.map.getContainer());
      cross.setAttribute("aria-hidden", "true");
    }

    say() {
      const { texts, language } = this.state;
      document.documentElement.lang = language;
      this.map.getContainer().setAttribute("aria-label", Desk.word(texts, "controls", "map"));
      for (const [name, key] of [["in", "zoom_in"], ["out", "zoom_out"]]) {
        const button = this.map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
        button.title = Desk.word(texts, "controls", key);
        button.setAttribute("aria-label", button.title);
      }
      this.list.show(texts, { visible: this.visible(), base: this.choices.base });
      if (this.choices.base && this.tiles) this.credit(this.drawing.base_maps.find((each) => each.id === this.choices.base).attribution);
    }

    count() {
      const counts = this.drawing.outcomes.map(() => 0);
      for (const code of this.painted) if (counts[code] !== undefined) counts[code] += 1;
      this.legend.show(this.state.texts, counts, this.state.language);
    }

    // What the pointer and the keyboard do --------------------------------------------------------

    under(latlng, point) {
      for (const part of [...this.context].reverse()) {
        if (!part.on) continue;
        for (const each of part.points) {
          if (this.map.latLngToContainerPoint(each.latlng).distanceTo(point) <= NEAR) return { part, each };
        }
      }
      return null;
    }

    listen() {
      const { map } = this;
      map.on("click", (event) => this.click(event.latlng));
      let waiting = null;
      map.on("mousemove", (event) => {
        if (!waiting) requestAnimationFrame(() => { this.move(waiting); waiting = null; });
        waiting = event;
      });
      map.on("mouseout", () => this.leave());
      map.on("zoom", () => this.scale());
      map.on("zoomend", () => this.showContext());
      map.on("moveend", () => this.remember());
      // Leaflet takes the focus at a press of the mouse too; the cross is for who uses keys.
      const keys = (on) => map.getContainer().classList.toggle("desk-keys", on);
      document.addEventListener("mousedown", () => keys(false), true);
      document.addEventListener("keydown", () => keys(true), true);
      map.getContainer().addEventListener("focus", (event) => { if (event.relatedTarget) keys(true); });
      map.getContainer().addEventListener("keydown", (event) => {
        if (event.target !== map.getContainer()) return;
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.click(map.getCenter()); }
      });
      new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
      window.addEventListener("message", (event) => {
        if (event.source !== window.parent || !event.data || event.data.channel !== this.channel) return;
        if (event.data.type === "state") this.receive(event.data);
      });
      this.post({ type: "ready" });
    }

    click(latlng) {
      const index = this.finder.at(latlng.lat, latlng.lng);
      if (index >= 0) this.post({ type: "click", parcel: this.ids[index] });
    }

    move({ latlng, containerPoint }) {
      this.pointed = { latlng, containerPoint };
      const found = this.under(latlng, containerPoint);
      const index = this.finder.at(latlng.lat, latlng.lng);
      const { texts } = this.state;
      this.map.getContainer().classList.toggle("desk-pointing", index >= 0);
      this.outline(index);
      const size = this.map.getSize();
      if (found) {
        const kind = Desk.word(texts, "kinds", found.part.id);
        const note = [kind, found.each.word && Desk.word(texts, "words", found.each.word)].filter(Boolean).join(" · ");
        this.card.show(containerPoint, size, found.each.name || kind, found.each.name ? note : "");
      } else if (index >= 0) {
        const look = this.drawing.outcomes[this.painted[index]];
        this.card.show(containerPoint, size, this.ids[index], look ? Desk.word(texts, "outcomes", look.key) : "");
      } else this.card.hide();
    }

    outline(index) {
      if (index === this.hovered) return;
      this.hovered = index;
      this.hover.setLatLngs(index >= 0 ? this.shapes[index] : []);
    }

    leave() {
      this.pointed = null;
      this.card.hide();
      this.outline(-1);
    }

    // Messages ----------------------------------------------------------------------------------

    post(message) {
      // The page around the map is of the same house: `frame-ancestors 'self'` sees to it.
      window.parent.postMessage({ ...message, channel: this.channel }, location.origin);
    }

    remember() {
      const { lat, lng } = this.map.getCenter();
      const focus = JSON.stringify(this.state.focus);
      this.post({ type: "memory", memory: { choices: this.choices, view: [lat, lng, this.map.getZoom()], focus } });
    }

    receive({ state, memory }) {
      const before = this.state;
      const changed = (key) => JSON.stringify(before[key]) !== JSON.stringify(state[key]);
      this.state = state;
      if (memory && !this.told) {
        this.choices = memory.choices;
        this.map.setView(memory.view.slice(0, 2), memory.view[2], { animate: false });
        this.setBase(this.choices.base || "none");
      }
      if (changed("codes")) this.paintCodes(state.codes);
      if (changed("selected")) this.paintSelection(state.selected);
      if (changed("evidence")) this.paintEvidence(state.evidence);
      const speaks = changed("texts") || changed("language") || !this.told;
      if (speaks || changed("codes")) this.count();
      if (speaks || changed("shown")) { this.showContext(); this.say(); }
      // Who comes back finds the map as it was left, unless another place is asked for meanwhile.
      const asked = this.told || !memory ? changed("focus") : JSON.stringify(state.focus) !== memory.focus;
      if (asked && state.focus) this.look(state.focus.bounds);
      if (this.pointed) this.move(this.pointed); // the card speaks of the new verdict
      this.told = true;
      this.post({ type: "shown", round: state.round });
    }

    look([west, south, east, north]) {
      const bounds = L.latLngBounds([south, west], [north, east]).pad(0.25);
      const isSeen = this.map.getBounds().contains(bounds) && this.map.getBoundsZoom(bounds) - this.map.getZoom() < 1;
      if (!isSeen) this.map.fitBounds(bounds, { maxZoom: 18, animate: false });
      this.remember();
    }
  }

  Desk.open = function (map) {
    Desk.map = new DeskMap(map);
  };
})(window.Desk);
