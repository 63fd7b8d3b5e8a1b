// Units lie on the ground: the status shape on a casing disc. A position that ages fades, then is hollow and turned no more.
//
// Properties: name, status, at (of the fix), interval_s, heading_deg, fixed (a booth), words (second line).

import { t } from "../../i18n.js";
import { ageOf, freshness } from "../ages.js";
import { shape } from "./shapes.js";

let library = null;
const shown = new Map();

function ageWords(properties, fresh) {
  const age = ageOf(properties);
  if (fresh === "fresh") return properties.words ?? "";
  if (fresh === "stale") return t("position {n} s old", { n: Math.round(age) });
  return age < 3600 ? t("{n} min ago", { n: Math.floor(age / 60) }) : t("{h} h ago", { h: Math.floor(age / 3600) });
}

function draw(element, { properties }) {
  const fresh = freshness(properties);
  const look = fresh === "lost" ? "lost" : properties.status;
  const heading = look === "way" && Number.isFinite(properties.heading_deg) ? `rotate(${properties.heading_deg} 12 12)` : "";
  const key = `${look}|${fresh}|${properties.name}`;
  if (element.dataset.key !== key) {
    element.words = null;
    element.dataset.key = key;
    element.classList.remove(...[...element.classList].filter((one) => !one.startsWith("maplibregl")));
    element.classList.add("unit", `c-${look}`, fresh);
    element.innerHTML = `<svg width="27" height="27" viewBox="0 0 27 27" aria-hidden="true"><circle class="casing" cx="13.500" cy="13.500" r="13.500"/><g transform="translate(4 4) scale(.79)"><g class="heading">${shape(look)}</g></g></svg><span class="tag"><b></b><small></small></span>`;
    element.querySelector("b").textContent = properties.name;
    element.led = element.said = element.turned = null; // spreading.js begins anew
  }
  if (element.turned !== heading) element.querySelector(".heading").setAttribute("transform", heading);
  element.turned = heading;
  const words = ageWords(properties, fresh);
  if (element.words === words) return;
  element.words = words;
  element.querySelector("small").textContent = words;
  element.setAttribute("aria-label", `${properties.name} ${words}`);
}

/** What is drawn already, where it is now. */
function place(marker, feature) {
  marker.getElement().where = feature.geometry.coordinates;
  draw(marker.getElement(), feature);
  marker.setLngLat(feature.geometry.coordinates);
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
      place(marker, feature);
    }
  },

  /** Only these have moved. */
  move(features) {
    for (const feature of features) if (shown.has(feature.id)) place(shown.get(feature.id), feature);
  },

  remove() {
    for (const marker of shown.values()) marker.remove();
    shown.clear();
  },
};
