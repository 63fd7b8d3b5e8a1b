// Matters stand on the ground: a square pin, frame and shape in the status colour, its tip on the point.

import { shape } from "./shapes.js";

let library = null;
const shown = new Map();

function pin(feature) {
  const { status, number, kind } = feature.properties;
  const element = document.createElement("button");
  element.type = "button";
  element.className = `pin c-${status}`; // before the library adds its own
  element.setAttribute("aria-label", `${number} ${kind}`);
  element.innerHTML = `<svg viewBox="0 0 30 38" aria-hidden="true"><path class="frame" d="M3 1h24a2 2 0 0 1 2 2v24a2 2 0 0 1-2 2h-7l-5 7-5-7H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2Z"/><g transform="translate(4.500 4.500) scale(.875)">${shape(status)}</g></svg>`;
  const tag = document.createElement("span");
  tag.className = "tag";
  tag.textContent = `${number} ${kind}`;
  element.append(tag);
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
      const feature = now.get(id);
      if (feature && feature.properties.status === old.status) continue;
      old.marker.remove();
      shown.delete(id);
    }
    for (const [id, feature] of now) {
      const known = shown.get(id);
      if (known) known.marker.setLngLat(feature.geometry.coordinates);
      else {
        const marker = new library.Marker({ element: pin(feature), anchor: "bottom" });
        marker.setLngLat(feature.geometry.coordinates).addTo(map);
        shown.set(id, { marker, status: feature.properties.status });
      }
    }
  },

  remove() {
    for (const { marker } of shown.values()) marker.remove();
    shown.clear();
  },
};
