"use strict";
// From the flat integer lists of the document to rings of latitude and longitude, and the search
// of the parcel under a point.
window.Desk = window.Desk || {};

(function (Desk) {
  const STEP = 1e-6;

  // features -> parts -> rings -> [latitude, longitude]
  Desk.decoded = function (flat, origin) {
    let [x, y] = [0, 0];
    let [vertex, ring, part] = [0, 0, 0];
    return flat.features.map((parts) => Array.from({ length: parts }, () => {
      const rings = flat.parts[part++];
      return Array.from({ length: rings }, () => {
        const vertices = flat.rings[ring++];
        const line = new Array(vertices);
        for (let place = 0; place < vertices; place += 1) {
          x += flat.points[vertex++];
          y += flat.points[vertex++];
          line[place] = [origin[1] + y * STEP, origin[0] + x * STEP];
        }
        return line;
      });
    }));
  };

  function box(parts) {
    const found = [Infinity, Infinity, -Infinity, -Infinity];
    for (const rings of parts) {
      for (const [lat, lng] of rings[0] || []) {
        if (lat < found[0]) found[0] = lat;
        if (lng < found[1]) found[1] = lng;
        if (lat > found[2]) found[2] = lat;
        if (lng > found[3]) found[3] = lng;
      }
    }
    return found;
  }

  function covers(parts, lat, lng) {
    let inside = false;
    for (const rings of parts) {
      for (const ring of rings) {
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
          const [a, b] = [ring[i], ring[j]];
          if ((a[0] > lat) !== (b[0] > lat)
            && lng < ((b[1] - a[1]) * (lat - a[0])) / (b[0] - a[0]) + a[1]) inside = !inside;
        }
      }
    }
    return inside;
  }

  // A grid of about one shape per cell: finding the shape under a point does not depend on how
  // many there are.
  Desk.Finder = class {
    constructor(shapes) {
      this.shapes = shapes;
      this.boxes = shapes.map(box);
      this.whole = this.boxes.reduce(
        (all, each) => [Math.min(all[0], each[0]), Math.min(all[1], each[1]),
          Math.max(all[2], each[2]), Math.max(all[3], each[3])],
        [Infinity, Infinity, -Infinity, -Infinity],
      );
      this.side = Math.max(1, Math.ceil(Math.sqrt(shapes.length)));
      this.cells = new Map();
      this.boxes.forEach((each, index) => {
        if (each[0] > each[2]) return;
        const [row0, column0] = this.cell(each[0], each[1]);
        const [row1, column1] = this.cell(each[2], each[3]);
        for (let row = row0; row <= row1; row += 1) {
          for (let column = column0; column <= column1; column += 1) {
            const key = row * this.side + column;
            if (!this.cells.has(key)) this.cells.set(key, []);
            this.cells.get(key).push(index);
          }
        }
      });
    }

    cell(lat, lng) {
      const [south, west, north, east] = this.whole;
      const at = (value, low, high) => Math.min(
        this.side - 1,
        Math.max(0, Math.floor(((value - low) / (high - low || 1)) * this.side)),
      );
      return [at(lat, south, north), at(lng, west, east)];
    }

    at(lat, lng) {
      const [row, column] = this.cell(lat, lng);
      const near = this.cells.get(row * this.side + column) || [];
      const found = near.find((index) => {
        const [south, west, north, east] = this.boxes[index];
        return lat >= south && lat <= north && lng >= west && lng <= east
          && covers(this.shapes[index], lat, lng);
      });
      return found === undefined ? -1 : found;
    }

    bounds(index) {
      const [south, west, north, east] = this.boxes[index];
      return L.latLngBounds([south, west], [north, east]);
    }
  };

  // A point well inside a shape, to hang a name on: the middle of the widest run of the middle
  // line of its box.
  Desk.inside = function (parts) {
    const [south, , north] = box(parts);
    const lat = (south + north) / 2 + 1e-9;
    const cuts = [];
    for (const rings of parts) {
      for (const ring of rings) {
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
          const [a, b] = [ring[i], ring[j]];
          if ((a[0] > lat) !== (b[0] > lat)) {
            cuts.push(((b[1] - a[1]) * (lat - a[0])) / (b[0] - a[0]) + a[1]);
          }
        }
      }
    }
    cuts.sort((a, b) => a - b);
    let best = null;
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      if (!best || cuts[i + 1] - cuts[i] > best[1] - best[0]) best = [cuts[i], cuts[i + 1]];
    }
    return best ? L.latLng(lat, (best[0] + best[1]) / 2) : null;
  };
})(window.Desk);
