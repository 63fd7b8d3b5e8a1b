// The way of a crew: dotted = proposed, solid = being driven, on a casing of its own (property proposed).

import { put, take, token } from "../colours.js";

const round = { "line-cap": "round", "line-join": "round" };
const proposed = ["==", ["get", "proposed"], true];
const layers = () => [
  { id: "route-case", type: "line", layout: round, paint: { "line-color": token("--m-casing"), "line-width": 7 } },
  { id: "route-driven", type: "line", layout: round, filter: ["!", proposed], paint: { "line-color": token("--m-track"), "line-width": 4 } },
  { id: "route-proposed", type: "line", layout: round, filter: proposed, paint: { "line-color": token("--m-track"), "line-width": 4, "line-dasharray": [0.01, 2] } },
];

export const route = {
  add: (map) => put(map, "route", layers()),
  update: (map, data) => map.getSource("route")?.setData(data),
  remove: (map) => take(map, "route", layers()),
};
