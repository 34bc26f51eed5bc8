"use strict";
// Canvas painting: fills with a pattern, so that an outcome is never told by colour alone, and
// point symbols of several shapes.
window.Desk = window.Desk || {};

(function (Desk) {
  const TILE = 8; // side of a pattern tile, CSS pixels
  const SHARP = 2; // patterns are drawn at twice their size for dense screens
  const tiles = new Map();
  Desk.fine = 1; // share of the full stroke that fine outlines have at this zoom
  Desk.metre = 0; // pixels that a metre takes at this zoom

  const strokes = {
    horizontal(pen) {
      for (const y of [2, 6]) { pen.moveTo(0, y); pen.lineTo(TILE, y); }
    },
    diagonal(pen) {
      for (const x of [-TILE, 0, TILE]) { pen.moveTo(x - 1, TILE + 1); pen.lineTo(x + TILE + 1, -1); }
    },
    back(pen) {
      for (const x of [-TILE, 0, TILE]) { pen.moveTo(x - 1, -1); pen.lineTo(x + TILE + 1, TILE + 1); }
    },
    cross(pen) {
      strokes.diagonal(pen);
      strokes.back(pen);
    },
  };

  Desk.patternTile = function (pattern, ink) {
    const key = pattern + ink;
    if (tiles.has(key)) return tiles.get(key);
    const tile = document.createElement("canvas");
    tile.width = tile.height = TILE * SHARP;
    const pen = tile.getContext("2d");
    pen.scale(SHARP, SHARP);
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = 1.15;
    pen.beginPath();
    if (pattern === "dots") {
      for (const [x, y] of [[2, 2], [6, 6]]) {
        pen.moveTo(x + 1.1, y);
        pen.arc(x, y, 1.1, 0, 2 * Math.PI);
      }
      pen.fill();
    } else {
      strokes[pattern](pen);
      pen.stroke();
    }
    tiles.set(key, tile);
    return tile;
  };

  function filled(pen, options) {
    pen.globalAlpha = options.fillOpacity;
    pen.fillStyle = options.fillColor || options.color;
    pen.fill(options.fillRule || "evenodd");
    if (!options.pattern || options.pattern === "none") return;
    const pattern = pen.createPattern(Desk.patternTile(options.pattern, options.ink), "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / SHARP));
    pen.globalAlpha = (options.patternOpacity || 0.75) * (options.fine ? Desk.fine : 1);
    pen.fillStyle = pattern;
    pen.fill(options.fillRule || "evenodd");
  }

  function stroked(pen, options) {
    const metres = (options.metres || 0) * Desk.metre;
    const weight = options.fine ? options.weight * Desk.fine : Math.max(options.weight, metres);
    pen.lineCap = options.lineCap;
    pen.lineJoin = options.lineJoin;
    if (options.casing) {
      pen.globalAlpha = options.casingOpacity || 0.9;
      pen.lineWidth = weight + 2 * (options.casingWidth || 1.25);
      pen.strokeStyle = options.casing;
      pen.setLineDash([]);
      pen.stroke();
    }
    pen.globalAlpha = options.opacity;
    pen.lineWidth = weight;
    pen.strokeStyle = options.color;
    pen.setLineDash(options._dashArray || []);
    pen.stroke();
    pen.setLineDash([]);
  }

  const symbols = {
    square(pen, x, y, r) { pen.rect(x - r, y - r, 2 * r, 2 * r); },
    diamond(pen, x, y, r) {
      const s = r * 1.3;
      pen.moveTo(x, y - s); pen.lineTo(x + s, y); pen.lineTo(x, y + s); pen.lineTo(x - s, y);
      pen.closePath();
    },
    triangle(pen, x, y, r) {
      const s = r * 1.25;
      pen.moveTo(x, y - s); pen.lineTo(x + s, y + s * 0.8); pen.lineTo(x - s, y + s * 0.8);
      pen.closePath();
    },
    circle(pen, x, y, r) { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 2 * Math.PI); },
  };

  Desk.paintSymbol = function (pen, x, y, options) {
    pen.beginPath();
    symbols[options.symbol || "circle"](pen, x, y, options.radius);
    if (options.fill !== false) filled(pen, options);
    if (options.stroke !== false) stroked(pen, options);
    if (!options.letter) return;
    pen.globalAlpha = 1;
    pen.fillStyle = options.letterColor || "#fff";
    pen.font = `600 ${Math.round(options.radius * 1.45)}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(options.letter, x, y + 0.5);
  };

  Desk.paintSwatch = function (canvas, look, kind) {
    const [width, height] = [22, 16];
    canvas.width = width * SHARP;
    canvas.height = height * SHARP;
    const pen = canvas.getContext("2d");
    pen.scale(SHARP, SHARP);
    const options = { opacity: 1, fillOpacity: 1, lineCap: "round", lineJoin: "round", ...look };
    if (typeof options.dashArray === "string") options._dashArray = options.dashArray.split(" ").map(Number);
    if (kind === "point") {
      Desk.paintSymbol(pen, width / 2, height / 2, { ...options, radius: Math.min(options.radius, 5.5) });
      return;
    }
    pen.beginPath();
    if (kind === "line") {
      pen.moveTo(1, height / 2);
      pen.lineTo(width - 1, height / 2);
    } else {
      pen.rect(1.5, 1.5, width - 3, height - 3);
      if (options.fill !== false) filled(pen, options);
    }
    if (options.stroke !== false) stroked(pen, options);
  };

  Desk.Painter = L.Canvas.extend({
    _fillStroke(pen, layer) {
      const options = layer.options;
      if (options.fill) filled(pen, options);
      if (options.stroke && options.weight) stroked(pen, options);
      Desk.painted += 1;
    },
    _updateCircle(layer) {
      if (!this._drawing || layer._empty()) return;
      Desk.paintSymbol(this._ctx, layer._point.x, layer._point.y, layer.options);
    },
  });
  Desk.painted = 0;
})(window.Desk);
