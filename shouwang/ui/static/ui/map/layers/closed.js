// Roads that are closed now: a line of crosses with the name of the road (properties name, one_way).

import { put, take, token } from "../colours.js";

const layers = () => [
  { id: "closed-case", type: "line", layout: { "line-cap": "butt" }, paint: { "line-color": token("--m-casing"), "line-width": 8 } },
  { id: "closed-line", type: "line", layout: { "line-cap": "butt" }, paint: { "line-color": token("--m-hole"), "line-width": 5, "line-dasharray": [1, 0.8] } },
  { id: "closed-name", type: "symbol", layout: { "symbol-placement": "line-center", "text-field": ["get", "name"], "text-size": 13, "text-offset": [0, 1.1] }, paint: { "text-color": token("--m-hole"), "text-halo-color": token("--m-halo"), "text-halo-width": 2 } },
];

export const closed = {
  add: (map) => put(map, "closed", layers()),
  update: (map, data) => map.getSource("closed")?.setData(data),
  remove: (map) => take(map, "closed", layers()),
};
