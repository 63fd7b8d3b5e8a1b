// Reach: where somebody can be within minutes (property minutes), and holes where nobody can (property hole, words).

import { put, take, token } from "../colours.js";

const ring = ["!", ["has", "hole"]];
const layers = () => [
  { id: "rings-ground", type: "fill", filter: ring, paint: { "fill-color": token("--m-ring"), "fill-opacity": 0.07 } },
  { id: "rings-edge", type: "line", filter: ["all", ring, ["<", ["get", "minutes"], 5]], paint: { "line-color": token("--m-ring"), "line-width": 1.4, "line-opacity": 0.7 } },
  { id: "rings-five", type: "line", filter: ["all", ring, [">=", ["get", "minutes"], 5]], paint: { "line-color": token("--m-ring"), "line-width": 1.4, "line-opacity": 0.7, "line-dasharray": [1.5, 3] } },
  { id: "rings-hole", type: "line", filter: ["has", "hole"], paint: { "line-color": token("--m-hole"), "line-width": 2.2, "line-dasharray": [4, 3] } },
];

let library = null;
let words = [];

function clear() {
  for (const marker of words) marker.remove();
  words = [];
}

export const rings = {
  add(map, maplibregl) {
    library = maplibregl;
    put(map, "rings", layers());
  },

  update(map, data) {
    map.getSource("rings")?.setData(data);
    clear();
    for (const { properties } of data.features) {
      if (!properties.hole || !properties.at) continue;
      const element = document.createElement("span");
      element.className = "hole";
      element.append(Object.assign(document.createElement("b"), { textContent: properties.words }), properties.until ?? "");
      words.push(new library.Marker({ element }).setLngLat(properties.at).addTo(map));
    }
  },

  remove(map) {
    clear();
    take(map, "rings", layers());
  },
};
