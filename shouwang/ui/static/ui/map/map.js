// <sw-map data-source="…json" data-bounds="w,s,e,n" data-grid="/1/2/">: the one map object of a page.
// Each layer is a module with add(map), update(map, data), remove(map); layers do not talk to each other.

import * as maplibregl from "/static/vendor/maplibre-gl.mjs";
import { matters } from "./layers/matters.js";
import { units } from "./layers/units.js";
import { chosen } from "./layers/chosen.js";
import { plainTable } from "./plain.js";

const LAYERS = { matters, units };
const FONT = '"PingFang SC", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';

maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
}

class GroundMap extends HTMLElement {
  connectedCallback() {
    this.tabIndex = this.tabIndex < 0 ? 0 : this.tabIndex;
    this.data = { matters: null, units: null };
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("sw:live", (event) => this.#heard(event.detail), { signal });
    document.addEventListener("sw:positions", (event) => this.#moved(event.detail), { signal });
    document.addEventListener("sw:theme", () => this.#style(), { signal });
    if (hasWebGL()) this.#draw();
    else this.plain = true;
    this.refresh();
    this.timer = setInterval(() => this.#redraw(), 5_000); // positions age without news
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.stop.abort();
    this.map?.remove();
  }

  #styleAddress() {
    const dark = document.documentElement.dataset.theme === "dark";
    return `/map/style-${dark ? "dark" : "light"}.json`;
  }

  #draw() {
    const bounds = this.dataset.bounds?.split(",").map(Number);
    const point = this.dataset.point?.split(",").map(Number);
    this.map = new maplibregl.Map({
      container: this, style: this.#styleAddress(), bounds: bounds ? [[bounds[0], bounds[1]], [bounds[2], bounds[3]]] : undefined,
      center: point ?? undefined, zoom: point ? 15.5 : undefined, fitBoundsOptions: { padding: 24 },
      localIdeographFontFamily: FONT, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 19,
      keyboard: true, fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.map.on("load", () => {
      this.loaded = true;
      for (const layer of Object.values(LAYERS)) layer.add(this.map, maplibregl);
      chosen.add(this.map, maplibregl);
      this.dataset.ready = "yes";
      this.#redraw();
    });
  }

  #style() {
    this.map?.setStyle(this.#styleAddress());
  }

  async refresh() {
    if (!this.dataset.source) return;
    const response = await fetch(this.dataset.source, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok) return;
    this.data = await response.json();
    this.#redraw();
  }

  #heard({ topic }) {
    if (!/^(matter|assignment|shift|unit)\./.test(topic)) return;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), 200);
  }

  #moved(fixes) {
    const known = new Map((this.data.units?.features ?? []).map((feature) => [feature.id, feature]));
    for (const fix of fixes) {
      const feature = known.get(fix.unit);
      if (!feature) continue;
      feature.geometry.coordinates = [fix.lon, fix.lat];
      Object.assign(feature.properties, { at: fix.at, heading_deg: fix.heading_deg, fixed: false });
    }
    this.#redraw();
  }

  #redraw() {
    if (this.plain) return plainTable(this, this.data);
    if (!this.loaded) return undefined;
    for (const [name, layer] of Object.entries(LAYERS)) if (this.data[name]) layer.update(this.map, this.data[name]);
    return undefined;
  }

  /** Lamp on a matter; the map moves only if it would lie outside the middle 60 %. */
  choose(id, point) {
    this.chosenPoint = point;
    if (!this.map || !this.loaded) return;
    chosen.update(this.map, point);
    if (point) this.#bring(point);
  }

  look(point) {
    if (!this.map || !this.loaded) return;
    chosen.update(this.map, point);
    this.#bring(point);
  }

  #bring(point) {
    const { clientWidth: width, clientHeight: height } = this;
    const { x, y } = this.map.project(point);
    const inside = x > width * 0.2 && x < width * 0.8 && y > height * 0.2 && y < height * 0.8;
    if (!inside) this.map.panTo(point, { duration: 240 });
  }
}

customElements.define("sw-map", GroundMap);
