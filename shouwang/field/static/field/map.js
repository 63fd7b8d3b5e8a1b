// <sw-field-map data-point="lon,lat">: where the task is, and where one is oneself. Nothing to press.
// One's own dot is drawn from the phone's own fixes and goes nowhere from here.
//
// The map's code and its ground come from the worker's cache where there is no network; where they are not there, or
// this phone draws no maps, the strip closes and the words remain.

import { follow } from "./positions.js";
import { drawOwn } from "./own.js";

const ANSWER_MS = 6_000;

class FieldMap extends HTMLElement {
  static observedAttributes = ["data-point"];

  attributeChangedCallback() {
    if (this.dataset.point) this.#draw().catch(() => this.#close());
  }

  disconnectedCallback() {
    this.stop?.abort();
    this.waits?.abort();
  }

  /** Without its code or its ground there is no map; when the network is back it is tried again. */
  #close() {
    this.parentElement?.setAttribute("hidden", "");
    this.waits ??= new AbortController();
    const again = () => {
      this.parentElement?.removeAttribute("hidden");
      this.#draw().catch(() => this.#close());
    };
    addEventListener("online", again, { once: true, signal: this.waits.signal });
  }

  async #draw() {
    await import("/static/ui/map/map.js");
    const map = document.createElement("sw-map");
    map.dataset.point = this.dataset.point;
    map.dataset.still = "";
    map.setAttribute("aria-label", this.getAttribute("aria-label") ?? "");
    this.replaceChildren(map);
    if (map.plain) return this.#close();
    setTimeout(() => map.dataset.ready || this.#close(), ANSWER_MS);
    const { number, kind, status } = this.dataset;
    map.show({ matters: points([this.dataset.point.split(",").map(Number), { id: "task", number, kind, place: "", status }]) });
    this.stop?.abort();
    this.stop = new AbortController();
    const ends = this.dataset.point.split(",").map(Number);
    let seen = false; // both ends come into view once; afterwards the map stays where it is
    follow((coords) => {
      drawOwn(map.map, coords);
      if (!seen) seeBoth(map.map, ends, [coords.longitude, coords.latitude]);
      seen = true;
    }, this.stop.signal);
  }
}

/** Both ends of the way on the strip. */
function seeBoth(map, [lon, lat], [ownLon, ownLat]) {
  const corners = [[Math.min(lon, ownLon), Math.min(lat, ownLat)], [Math.max(lon, ownLon), Math.max(lat, ownLat)]];
  map.fitBounds(corners, { padding: { top: 56, bottom: 32, left: 48, right: 64 }, maxZoom: 16, duration: 0 });
}

const points = (...found) => ({
  type: "FeatureCollection",
  features: found.map(([coordinates, properties]) => ({ type: "Feature", id: properties.id, geometry: { type: "Point", coordinates }, properties })),
});

customElements.define("sw-field-map", FieldMap);
