"use strict";
// How each context layer looks: pane, group of the layer list, first visibility, style by word.
// Legible without a base map: paper ground, water blue, white roads, dark zone outlines.
window.Desk = window.Desk || {};

(function (Desk) {
  const road = (weight, metres, casing, color) => ({
    color: color || "#fffefa", weight, metres, casing, casingWidth: 0.8, opacity: 1, lineCap: "round", lineJoin: "round",
  });
  const area = (color, more) => ({ color, weight: 1.2, fill: true, fillColor: color, fillOpacity: 0.18, ...more });
  const spot = (color, more) => ({
    color: "#ffffff", weight: 1.5, fill: true, fillColor: color, fillOpacity: 1, opacity: 1, radius: 6, ...more,
  });
  const line = (color, weight, more) => ({
    color, weight, opacity: 1, casing: "#ffffff", casingOpacity: 0.85, lineCap: "round", lineJoin: "round", ...more,
  });

  // Groups in the order of the list; the words come by message under the same keys.
  Desk.GROUPS = ["territory", "planning", "mobility", "energy", "economy"];

  Desk.LOOKS = {
    communes: {
      group: "territory", pane: "ground", on: true, names: { kind: "quiet", rank: 9, from: 0, to: 15 },
      style: { fill: false, color: "#a29a86", weight: 1.2, dashArray: "7 3 1.5 3", opacity: 0.9 },
    },
    context: {
      group: "territory", pane: "ground", listed: "river", on: true,
      style: area("#cfe0c3", { fillOpacity: 1, weight: 0 }),
      styles: {
        river: { color: "#b3d5e8", weight: 4, metres: 36, opacity: 1, lineCap: "round", lineJoin: "round", fill: true, fillColor: "#b9d9ea", fillOpacity: 1 },
        railway: { color: "#fbfaf6", weight: 1.5, metres: 3.5, casing: "#77736a", casingOpacity: 1, casingWidth: 1, dashArray: "6 6", lineCap: "butt", opacity: 1 },
        park: area("#cfe0c3", { fillOpacity: 1, weight: 0 }),
      },
    },
    roads: {
      group: "territory", pane: "ground", listed: "high_traffic", on: true,
      style: road(1.5, 8, "#d2ccbd"),
      styles: {
        motorway: road(4, 22, "#c08d3e", "#fbe3ae"),
        high_traffic: road(3.5, 14, "#cfa55c", "#fdf0cb"),
        boulevard: road(3, 13, "#b9b2a0"),
        street: road(1.5, 8, "#d2ccbd"),
      },
    },
    streets: {
      group: "mobility", pane: "over", on: false,
      style: line("#55606b", 1.4, { opacity: 0.85 }),
    },
    neighbourhoods: {
      group: "territory", pane: "over", on: false, names: { kind: "quiet", rank: 8, from: 12 },
      style: area("#5c7390", { weight: 1.6, dashArray: "5 3", fillOpacity: 0.05 }),
    },
    land_cover: {
      group: "planning", pane: "over", listed: "True", on: false,
      style: area("#6f9a58", { weight: 0.5, fillOpacity: 0.25 }),
      styles: { True: area("#8a4b3a", { weight: 0.5, fillOpacity: 0.3, pattern: "dots", ink: "#8a4b3a", patternOpacity: 0.4 }) },
    },
    buildings: {
      group: "territory", pane: "over", on: true,
      style: { color: "#5d584d", weight: 0.6, opacity: 0.55, fill: true, fillColor: "#5d584d", fillOpacity: 0.28 },
    },
    zones: {
      group: "planning", pane: "marks", on: true, names: { kind: "zone", rank: 0, from: 0 },
      style: { color: "#24404c", weight: 3, opacity: 1, fill: false, casing: "#ffffff", casingWidth: 1.75, lineJoin: "round" },
      styles: { station: { color: "#24404c", weight: 2.5, opacity: 1, fill: false, casing: "#ffffff", casingWidth: 1.75, dashArray: "9 6", lineCap: "butt" } },
    },
    plu_zones: {
      group: "planning", pane: "over", listed: "U", on: false, names: { kind: "plain", rank: 5, from: 14.5 },
      style: area("#8a6f9e", { weight: 1.8, fillOpacity: 0.09 }),
      styles: {
        U: area("#8a6f9e", { weight: 1.8, fillOpacity: 0.09 }),
        AUc: area("#b5679a", { weight: 1.8, fillOpacity: 0.09, pattern: "back", ink: "#b5679a", patternOpacity: 0.35 }),
        AUs: area("#b5679a", { weight: 1.8, fillOpacity: 0.09, pattern: "back", ink: "#b5679a", patternOpacity: 0.35 }),
        A: area("#a39a3c", { weight: 1.8, fillOpacity: 0.09 }),
        N: area("#5f9157", { weight: 1.8, fillOpacity: 0.09 }),
      },
    },
    plu_prescriptions: {
      group: "planning", pane: "over", on: false,
      style: area("#a8487c", { weight: 2, dashArray: "2 4", fillOpacity: 0.08, radius: 5 }),
    },
    flood_zones: {
      group: "planning", pane: "over", listed: "1", on: false,
      style: area("#2d79b8", { pattern: "horizontal", ink: "#2d79b8", patternOpacity: 0.4 }),
      styles: {
        1: area("#12508c", { fillOpacity: 0.3, pattern: "cross", ink: "#12508c", patternOpacity: 0.45, weight: 1.6 }),
        2: area("#2368a8", { fillOpacity: 0.24, pattern: "back", ink: "#2368a8", patternOpacity: 0.45 }),
        3: area("#3f86c2", { fillOpacity: 0.2, pattern: "horizontal", ink: "#3f86c2", patternOpacity: 0.4 }),
        4: area("#6ba6d6", { fillOpacity: 0.16, pattern: "dots", ink: "#3f86c2", patternOpacity: 0.5 }),
      },
    },
    urbanised_areas: {
      group: "planning", pane: "over", listed: "urbanised", on: false,
      style: area("#8c7a3d", { weight: 1.6, fillOpacity: 0.08 }),
      styles: {
        urbanised: area("#8c7a3d", { weight: 1.6, fillOpacity: 0.08 }),
        study: area("#8c7a3d", { weight: 2, dashArray: "5 4", fillOpacity: 0.05, pattern: "back", ink: "#8c7a3d", patternOpacity: 0.45 }),
      },
    },
    ort_perimeters: {
      group: "planning", pane: "over", on: false, names: { kind: "plain", rank: 4, from: 13 },
      style: area("#35707a", { weight: 2.2, dashArray: "10 4", fillOpacity: 0.07 }),
    },
    moratoriums: {
      group: "planning", pane: "over", on: false, names: { kind: "plain", rank: 4, from: 13 },
      style: area("#9c2f0c", { weight: 2.2, dashArray: "3 4", fillOpacity: 0.06, pattern: "cross", ink: "#9c2f0c", patternOpacity: 0.35 }),
    },
    cycle_links: {
      group: "mobility", pane: "over", on: false,
      style: line("#2f8f46", 2.5, { dashArray: "7 4", lineCap: "butt" }),
    },
    transit_lines: {
      group: "mobility", pane: "over", listed: "bhns", on: true,
      style: line("#7d5ba6", 2),
      styles: { bhns: line("#6a3d9a", 2.75, { opacity: 0.9 }), bus: line("#8f79ad", 2, { dashArray: "5 4" }) },
    },
    transit_stops: {
      group: "mobility", pane: "marks", listed: "bhns", on: false, from: 13, names: { kind: "plain", rank: 7, from: 15 },
      style: spot("#8f79ad", { radius: 4 }),
      styles: { bhns: spot("#6a3d9a", { radius: 5.5 }), bus: spot("#8f79ad", { radius: 4, symbol: "square" }) },
    },
    stations: {
      group: "mobility", pane: "marks", on: true, names: { kind: "plain", rank: 1, from: 12 },
      style: spot("#24404c", { symbol: "square", radius: 7, letter: "G" }),
    },
    heat_perimeters: {
      group: "energy", pane: "over", on: false,
      style: area("#b3402e", { weight: 1.6, dashArray: "8 5", fillOpacity: 0.07 }),
    },
    heat_mains: {
      group: "energy", pane: "over", on: false,
      style: line("#b3402e", 3, { dashArray: "12 3 2 3", lineCap: "butt" }),
    },
    economic_sites: {
      group: "economy", pane: "over", on: false, names: { kind: "plain", rank: 4, from: 12.5 },
      style: area("#7a6a53", { weight: 2, dashArray: "3 3", fillOpacity: 0.1 }),
    },
    economic_lands: {
      group: "economy", pane: "over", listed: "inoccupé", on: false,
      style: area("#7a6a53", { weight: 1, fillOpacity: 0.12 }),
      styles: {
        "inoccupé": area("#5f9157", { weight: 1.4, fillOpacity: 0.3 }),
        vacant: area("#c2681c", { weight: 1.4, fillOpacity: 0.3, pattern: "back", ink: "#c2681c", patternOpacity: 0.5 }),
      },
    },
    brownfields: {
      group: "economy", pane: "over", listed: "vacant", on: false, names: { kind: "plain", rank: 4, from: 14.5 },
      style: area("#6d5a46", { weight: 1.6, fillOpacity: 0.12 }),
      styles: {
        vacant: area("#6d5a46", { weight: 2, fillOpacity: 0.22, pattern: "cross", ink: "#6d5a46", patternOpacity: 0.5 }),
        project: area("#6d5a46", { weight: 1.6, dashArray: "6 4", fillOpacity: 0.12 }),
      },
    },
    hotel_sectors: {
      group: "economy", pane: "over", on: false, names: { kind: "plain", rank: 4, from: 12.5 },
      style: area("#8c2f5b", { weight: 2, dashArray: "2 5", fillOpacity: 0.07 }),
    },
    commercial_sectors: {
      group: "economy", pane: "over", listed: "centre", on: false, names: { kind: "plain", rank: 3, from: 12 },
      style: area("#c2681c", { weight: 2, fillOpacity: 0.08 }),
      styles: {
        centre: area("#c2681c", { weight: 2.2, fillOpacity: 0.14 }),
        periphery: area("#c2681c", { weight: 2.2, dashArray: "6 4", fillOpacity: 0.06 }),
      },
    },
    shops: {
      group: "economy", pane: "marks", on: false, from: 13,
      style: spot("#c2681c", { symbol: "triangle", radius: 4.5 }),
    },
    hotels: {
      group: "economy", pane: "marks", on: false, names: { kind: "plain", rank: 6, from: 15.5 },
      style: spot("#8c2f5b", { symbol: "square", radius: 7, letter: "H" }),
      styles: {
        authorised: spot("#ffffff", { color: "#8c2f5b", symbol: "square", radius: 7, letter: "H", letterColor: "#8c2f5b" }),
        pending: spot("#ffffff", { color: "#8c2f5b", symbol: "square", radius: 7, letter: "H", letterColor: "#8c2f5b", dashArray: "2 2" }),
      },
    },
    openings: {
      group: "economy", pane: "marks", listed: "authorised", on: false, names: { kind: "plain", rank: 6, from: 16 },
      style: spot("#ffffff", { color: "#77736a", symbol: "triangle", radius: 6 }),
      styles: {
        authorised: spot("#3b6d3f", { symbol: "triangle", radius: 6.5 }),
        pending: spot("#ffffff", { color: "#3b6d3f", symbol: "triangle", radius: 6.5 }),
      },
    },
    opinions: {
      group: "economy", pane: "marks", on: false, names: { kind: "plain", rank: 6, from: 15 },
      style: spot("#4b4f8c", { symbol: "diamond", radius: 6 }),
    },
    cluster_anchors: {
      group: "economy", pane: "marks", on: false, names: { kind: "plain", rank: 2, from: 12 },
      style: spot("#0f5c6e", { symbol: "diamond", radius: 6.5 }),
    },
  };

  Desk.lookOf = function (layer, word) {
    const look = Desk.LOOKS[layer];
    return (look.styles && Object.hasOwn(look.styles, word) && look.styles[word]) || look.style;
  };

  // Evidence of an article, by role; a role that is not listed is drawn as "target".
  Desk.EVIDENCE = {
    link: line("#111d22", 2.5, { dashArray: "2 6", lineCap: "round", casingWidth: 1.75 }),
    target: {
      ...line("#0f5c6e", 4, { casingWidth: 1.75 }), fill: true, fillColor: "#0f5c6e", fillOpacity: 0.12, radius: 8,
    },
    clip: area("#111d22", { weight: 2, fillOpacity: 0.1, pattern: "cross", ink: "#111d22", patternOpacity: 0.6, opacity: 1 }),
    frontage: line("#9c2f0c", 6, { casingWidth: 1.5, lineCap: "butt" }),
    reach: { color: "#111d22", weight: 1.8, opacity: 0.9, dashArray: "6 5", fill: true, fillColor: "#111d22", fillOpacity: 0.04, casing: "#ffffff" },
  };

  Desk.SITE = { color: "#10242c", weight: 3.5, opacity: 1, casing: "#ffffff", casingWidth: 2, fill: true, fillColor: "#10242c", fillOpacity: 0.08, lineJoin: "round" };
  Desk.HOVER = { color: "#10242c", weight: 2, opacity: 0.85, fill: true, fillColor: "#ffffff", fillOpacity: 0.22, lineJoin: "round" };
  Desk.UNJUDGED = { fillColor: "#f1efe8", ink: "#8d8878", pattern: "none" };
})(window.Desk);
