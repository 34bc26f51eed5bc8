"use strict";
// Names on the map: each tries its places in turn and stands where it covers no other; zones come
// first and always show, others are left out when there is no room.
window.Desk = window.Desk || {};

(function (Desk) {
  const HEIGHT = 22;
  const ROOM = 3; // pixels kept free around a name
  const KINDS = {
    zone: { font: "600 12.5px", pad: 20 },
    plain: { font: "600 12px", pad: 4 },
    quiet: { font: "500 11px", pad: 4, spaced: 1.06 },
  };
  const pen = document.createElement("canvas").getContext("2d");

  function width(text, kind) {
    const { font, pad, spaced } = KINDS[kind];
    pen.font = `${font} system-ui, sans-serif`;
    return pen.measureText(text).width * (spaced || 1) + pad;
  }

  function boxAt(point, anchor, wide) {
    const left = anchor === "beside" ? point.x + 9 : point.x - wide / 2;
    const top = { above: point.y - HEIGHT - 5, below: point.y + 5 }[anchor] ?? point.y - HEIGHT / 2;
    return [left - ROOM, top - ROOM, left + wide + ROOM, top + HEIGHT + ROOM];
  }

  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  // Text at a place, as a marker whose words are set as text.
  Desk.nameMarker = function (text, latlng, className) {
    const label = Desk.made("span", `desk-name ${className}`);
    label.textContent = text;
    return L.marker(latlng, {
      pane: "names", interactive: false, keyboard: false,
      icon: L.divIcon({ className: "desk-anchor", html: label, iconSize: [0, 0] }),
    });
  };

  // Places for the name of a shape: its top, its bottom, its middle.
  Desk.placesOf = function (parts, onlyInside) {
    const inside = Desk.inside(parts);
    if (onlyInside) return inside ? [{ latlng: inside, anchor: "middle" }] : [];
    const vertices = parts.flatMap((rings) => rings[0]);
    const top = vertices.reduce((best, each) => (each[0] > best[0] ? each : best));
    const low = vertices.reduce((best, each) => (each[0] < best[0] ? each : best));
    const places = [{ latlng: L.latLng(top), anchor: "above" }, { latlng: L.latLng(low), anchor: "below" }];
    return inside ? [...places, { latlng: inside, anchor: "middle" }] : places;
  };

  Desk.Names = class {
    constructor(map) {
      this.map = map;
      this.all = [];
    }

    // rank: the lowest is placed first
    add({ part, text, kind, rank, places }) {
      if (!text || !places.length) return;
      this.all.push({ part, text, kind, rank, places, wide: width(text, kind), marker: null });
      this.all.sort((a, b) => a.rank - b.rank);
    }

    arrange(isNamed) {
      const taken = [];
      for (const name of this.all) {
        if (name.marker) name.marker.remove();
        name.marker = null;
        if (!isNamed(name.part)) continue;
        const tried = name.places.map((place) => ({
          ...place, box: boxAt(this.map.latLngToLayerPoint(place.latlng), place.anchor, name.wide),
        }));
        const found = tried.find(({ box }) => !taken.some((each) => meet(each, box)))
          || (name.kind === "zone" ? tried[0] : null);
        if (!found) continue;
        taken.push(found.box);
        name.marker = Desk.nameMarker(name.text, found.latlng, `desk-${name.kind} desk-${found.anchor}`);
        name.marker.addTo(this.map);
      }
    }
  };
})(window.Desk);
