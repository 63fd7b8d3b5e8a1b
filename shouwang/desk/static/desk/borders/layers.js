// What the map shows of a drawing: areas by number and line, corners, faults, and the line that is being drawn.

import { put, take, token } from "/static/ui/map/colours.js";

const empty = { type: "FeatureCollection", features: [] };
const chosenOnly = ["==", ["get", "chosen"], true];

const LAYERS = {
  cells: () => [
    { id: "cells-fill", type: "fill", paint: { "fill-color": token("--m-grid"), "fill-opacity": ["case", chosenOnly, 0.14, 0.04] } },
    { id: "cells-line", type: "line", layout: { "line-join": "round" }, paint: { "line-color": token("--m-grid"), "line-width": ["case", chosenOnly, 3.4, 2.2] } },
  ],
  faults: () => [
    { id: "faults-fill", type: "fill", paint: { "fill-color": token("--m-hole"), "fill-opacity": 0.3 } },
    { id: "faults-line", type: "line", paint: { "line-color": token("--m-hole"), "line-width": 3, "line-dasharray": [2, 1.5] } },
  ],
  numbers: () => [
    { id: "numbers", type: "symbol", layout: { "text-field": ["get", "name"], "text-size": 15, "text-allow-overlap": true, "text-max-width": 8 }, paint: { "text-color": token("--ink"), "text-halo-color": token("--m-halo"), "text-halo-width": 3 } },
  ],
  line: () => [
    { id: "drawn-line", type: "line", paint: { "line-color": token("--ink"), "line-width": 3, "line-dasharray": [2, 1] } },
    { id: "drawn-ends", type: "circle", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": token("--ink") } },
  ],
  corners: () => [
    { id: "corners", type: "circle", minzoom: 13, paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 14, ["case", ["get", "on"], 8, 3.5], 17, ["case", ["get", "on"], 9, 6]],
      "circle-color": ["case", ["get", "on"], token("--lamp"), token("--surface")],
      "circle-stroke-color": ["case", ["get", "on"], token("--lamp-edge"), token("--m-grid")], "circle-stroke-width": 2,
    } },
  ],
};

/** Put every layer; again after each change of the theme. */
export function addLayers(map) {
  for (const [name, layers] of Object.entries(LAYERS)) {
    put(map, name, layers());
    for (const layer of layers()) map.moveLayer(layer.id); // above the labels of the ground: this is what is worked on
  }
}

export function removeLayers(map) {
  for (const [name, layers] of Object.entries(LAYERS)) take(map, name, layers());
}

/** Draw these: { cells, faults, numbers, corners, line }, each a list of features. */
export function draw(map, data) {
  for (const [name, features] of Object.entries(data)) {
    map.getSource(name)?.setData(features ? { type: "FeatureCollection", features } : empty);
  }
}
