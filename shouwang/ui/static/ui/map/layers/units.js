// Units lie on the ground: the status shape on a casing disc. A position that ages fades, then is hollow.

import { shape } from "./shapes.js";

const STALE_S = 30;
const LOST_S = 120;
let library = null;
const shown = new Map();

/** fresh, stale or lost; a booth that stands still and never reports is always fresh. */
export function freshness({ at, interval_s: interval, fixed }, now = Date.now()) {
  if (fixed || !at) return "fresh";
  const age = (now - Date.parse(at)) / 1000;
  if (age > Math.max(LOST_S, 4 * interval)) return "lost";
  return age > Math.max(STALE_S, 2 * interval) ? "stale" : "fresh";
}

function draw(element, feature) {
  const { status, name, heading_deg: heading, at } = feature.properties;
  const fresh = freshness(feature.properties);
  const look = fresh === "lost" ? "lost" : status;
  const turned = look === "way" && heading !== null ? ` rotate(${heading} 12 12)` : "";
  const key = `${look}|${fresh}|${turned}|${name}`;
  element.classList.remove(...[...element.classList].filter((one) => !one.startsWith("maplibregl")));
  element.classList.add("unit", `c-${look}`, fresh);
  const age = fresh === "fresh" ? "" : `${Math.round((Date.now() - Date.parse(at)) / 60_000) || 1}′`;
  if (element.dataset.key === key) {
    element.querySelector("small").textContent = age;
    return;
  }
  element.dataset.key = key;
  element.innerHTML = `<svg width="27" height="27" viewBox="0 0 27 27" aria-hidden="true"><circle class="casing" cx="13.500" cy="13.500" r="13.500"/><g transform="translate(4 4) scale(.79)${turned}">${shape(look)}</g></svg><span class="tag"><b></b><small></small></span>`;
  element.querySelector("b").textContent = name;
  element.querySelector("small").textContent = age;
  element.setAttribute("aria-label", name);
}

export const units = {
  add(map, maplibregl) {
    library = maplibregl;
  },

  update(map, { features }) {
    const now = new Map(features.map((feature) => [feature.id, feature]));
    for (const [id, marker] of shown) {
      if (now.has(id)) continue;
      marker.remove();
      shown.delete(id);
    }
    for (const [id, feature] of now) {
      let marker = shown.get(id);
      if (!marker) {
        const element = document.createElement("span");
        element.setAttribute("role", "img");
        marker = new library.Marker({ element, anchor: "center" }).setLngLat(feature.geometry.coordinates).addTo(map);
        shown.set(id, marker);
      }
      draw(marker.getElement(), feature);
      marker.setLngLat(feature.geometry.coordinates);
    }
  },

  remove() {
    for (const marker of shown.values()) marker.remove();
    shown.clear();
  },
};
