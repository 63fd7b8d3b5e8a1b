// Matters stand on the ground: a square pin, frame and shape in the status colour, its tip on the point.
//
// Properties: number, kind, place, status. A press says "sw:chosen" with the id.

import { shape } from "./shapes.js";

const FRAME = "M15 38 9 28H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3h22a3 3 0 0 1 3 3v21a3 3 0 0 1-3 3h-5Z";
let library = null;
const shown = new Map();

function pin(feature) {
  const { status, number, kind, place } = feature.properties;
  const element = document.createElement("button");
  element.type = "button";
  element.className = `pin c-${status}`; // before the library adds its own
  element.dataset.id = feature.id;
  element.setAttribute("aria-label", `${number} ${kind} ${place ?? ""}`);
  element.innerHTML = `<svg width="30" height="40" viewBox="0 0 30 40" aria-hidden="true"><path class="frame" d="${FRAME}"/><g transform="translate(4.500 4) scale(.875)">${shape(status)}</g></svg><span class="tag"><b></b><small></small></span>`;
  element.querySelector("b").textContent = `${number} ${kind}`;
  element.querySelector("small").textContent = place ?? "";
  element.onclick = () => document.dispatchEvent(new CustomEvent("sw:chosen", { detail: { id: feature.id } }));
  return element;
}

export const matters = {
  add(map, maplibregl) {
    library = maplibregl;
  },

  update(map, { features }) {
    const now = new Map(features.map((feature) => [feature.id, feature]));
    for (const [id, old] of shown) {
      if (now.get(id)?.properties.status === old.status) continue;
      old.marker.remove();
      shown.delete(id);
    }
    for (const [id, feature] of now) {
      const known = shown.get(id);
      if (known) {
        known.marker.setLngLat(feature.geometry.coordinates);
        known.marker.getElement().where = feature.geometry.coordinates;
        continue;
      }
      const marker = new library.Marker({ element: pin(feature), anchor: "bottom" });
      marker.getElement().where = feature.geometry.coordinates;
      marker.setLngLat(feature.geometry.coordinates).addTo(map);
      shown.set(id, { marker, status: feature.properties.status });
    }
  },

  remove() {
    for (const { marker } of shown.values()) marker.remove();
    shown.clear();
  },
};
