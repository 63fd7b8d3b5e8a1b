// Lines of responsibility. Properties: mine. One's own grid is solid with a breath of ground, the others are dashed.

import { put, take, token } from "../colours.js";

const layers = () => [
  { id: "grids-mine", type: "fill", filter: ["==", ["get", "mine"], true], paint: { "fill-color": token("--m-grid"), "fill-opacity": 0.05 } },
  { id: "grids-others", type: "line", minzoom: 13, filter: ["!=", ["get", "mine"], true], paint: { "line-color": token("--m-grid"), "line-width": 1.4, "line-opacity": 0.55, "line-dasharray": [5, 3] } },
  { id: "grids-own", type: "line", filter: ["==", ["get", "mine"], true], paint: { "line-color": token("--m-grid"), "line-width": 2.2, "line-opacity": 0.9 } },
  { id: "grids-name", type: "symbol", minzoom: 14, filter: ["==", ["geometry-type"], "Point"], layout: { "text-field": ["get", "name"], "text-size": 12, "text-max-width": 8 }, paint: { "text-color": token("--m-grid"), "text-halo-color": token("--m-halo"), "text-halo-width": 2 } },
];

export const grids = {
  add: (map) => put(map, "grids", layers()),
  update: (map, data) => map.getSource("grids")?.setData(data),
  remove: (map) => take(map, "grids", layers()),
};
