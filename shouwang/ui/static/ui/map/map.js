// <sw-map data-source="…json" data-bounds="w,s,e,n" data-style="…{theme}…">: the one map object of a page.
//
// data-source answers { matters, units, grids, rings, closed, route } as GeoJSON, any of them or none; it is asked again when
// there is news, unless together.js brings them (data-together). Each layer is a module with add(map, library),
// update(map, data), remove(map); layers do not talk to each other. choose(id, point) puts the lamp on a place.
// data-whole: what data-bounds says is what is shown. data-still: a picture without controls; data-far: read from four metres. Without WebGL the space becomes a table;
// nothing else on the page changes.

import * as maplibregl from "/static/vendor/maplibre-gl.mjs";
import { forced, fromAfar, lineDrawing } from "./colours.js";
import { chosen } from "./layers/chosen.js";
import { closed } from "./layers/closed.js";
import { grids } from "./layers/grids.js";
import { matters } from "./layers/matters.js";
import { rings } from "./layers/rings.js";
import { offered } from "./layers/offered.js";
import { route } from "./layers/route.js";
import { units } from "./layers/units.js";
import { t } from "../i18n.js";
import { health } from "./health.js";
import { plainTable } from "./plain.js";
import { fanOut } from "./spreading.js";

const LAYERS = { grids, rings, closed, route, units, matters }; // low to high
const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';
const GATHER_MS = 200;
const PACE_MS = 1_500; // news may come ten times a second
const AGING_MS = 5_000; // positions grow old without news
const SOON_MS = 60; // what else changed with the choice is drawn first: moving the ground takes every frame for a while
const TYPING_MS = 300; // between two keys of somebody who types: drawing the ground takes his frames where no card draws it
const TYPING_MOST_MS = 1_000;
const SPREAD_MS = 1_000; // symbols follow every position, how they make room for each other does not

maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");

let typed = -TYPING_MS;
document.addEventListener("keydown", () => (typed = performance.now()), { capture: true, passive: true });

/** Once nobody types, or after a second of typing. */
function calm(act, from = performance.now()) {
  const now = performance.now();
  const wait = Math.min(typed + TYPING_MS, from + TYPING_MOST_MS) - now;
  if (wait > 0) setTimeout(() => calm(act, from), wait);
  else act();
}

const numbers = (text) => text?.split(",").map(Number);
const hasWebGL = () => Boolean(document.createElement("canvas").getContext("webgl2"));

class GroundMap extends HTMLElement {
  connectedCallback() {
    this.data = {};
    this.drawn = {};
    this.known = new Map(); // units by id
    this.switchedOff = new Set();
    this.stop = new AbortController();
    const { signal } = this.stop;
    if (!this.dataset.together) document.addEventListener("sw:live", (event) => this.#heard(event.detail), { signal });
    document.addEventListener("sw:positions", (event) => this.#moved(event.detail), { signal });
    document.addEventListener("sw:theme", () => this.#style(), { signal });
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.#style(), { signal });
    if (hasWebGL() && this.dataset.plain === undefined) this.#draw();
    else this.plain = true;
    this.refresh();
    this.timer = setInterval(() => this.#redraw(["units"]), AGING_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    clearTimeout(this.soon);
    clearTimeout(this.resting);
    clearTimeout(this.bringing);
    cancelAnimationFrame(this.spreading);
    this.stop.abort();
    for (const layer of Object.values(LAYERS)) layer.remove(this.map);
    chosen.remove();
    offered.remove();
    this.map?.remove();
  }

  /** The ground in the theme of the page. */
  #style() {
    const theme = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
    const address = (this.dataset.style ?? "/map/style-{theme}.json").replace("{theme}", theme);
    const far = (next) => (this.dataset.far === undefined ? next : fromAfar(next));
    this.map?.setStyle(address, { diff: false, transformStyle: (_before, next) => far(forced() ? lineDrawing(next) : next) });
  }

  #draw() {
    const bounds = numbers(this.dataset.bounds);
    const point = numbers(this.dataset.point);
    const room = document.createElement("div");
    room.className = "room";
    this.prepend(room);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = new maplibregl.Map({
      container: room, bounds: bounds && [[bounds[0], bounds[1]], [bounds[2], bounds[3]]],
      center: point, zoom: point ? 15.5 : undefined, fitBoundsOptions: { padding: 24 }, interactive: this.dataset.still === undefined,
      localIdeographFontFamily: FONT, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 19,
      fadeDuration: still ? 0 : 150,
      locale: { "ScaleControl.Meters": t("m"), "ScaleControl.Kilometers": t("km") },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.getCanvas().setAttribute("aria-label", this.getAttribute("aria-label") ?? "");
    if (this.dataset.still === undefined) this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.map.on("style.load", () => this.#styled());
    this.map.on("moveend", () => this.#spread());
    this.map.on("click", (event) => this.#tapped(event));
    this.#style();
  }

  #styled() {
    for (const [name, layer] of Object.entries(LAYERS)) if (!this.switchedOff.has(name)) layer.add(this.map, maplibregl);
    chosen.add(this.map, maplibregl);
    offered.add(this.map, maplibregl);
    this.loaded = true;
    this.dataset.ready = "yes";
    this.#redraw();
    if (this.at) chosen.update(this.map, this.at);
    if (this.places) offered.update(this.map, this.places);
  }

  /** Fetch what the layers draw once more. */
  async refresh() {
    if (!this.dataset.source) return;
    const answer = await fetch(this.dataset.source, { headers: { Accept: "application/json", "X-Shouwang-Passive": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    this.show(await answer.json());
  }

  /** Draw these layers: { matters, units, grids, rings, closed, route }, each GeoJSON. */
  show(data) {
    const changed = Object.keys(data).filter((name) => this.#differs(name, data[name]));
    Object.assign(this.data, data);
    if (data.units) this.known = new Map(data.units.features.map((feature) => [feature.id, feature]));
    calm(() => {
      if (!this.isConnected) return;
      this.#fit();
      this.#redraw(changed);
    });
  }

  /** Drawing the ground anew costs a frame of the whole map: a layer that came as it was is left alone. */
  #differs(name, layer) {
    const drawn = JSON.stringify(layer);
    if (this.drawn[name] === drawn) return false;
    this.drawn[name] = drawn;
    return true;
  }

  /** Once, when it opens: near enough to tell the open matters apart; the rest of the ground is a drag away. */
  #fit() {
    const places = this.data.matters?.features.map((feature) => feature.geometry.coordinates) ?? [];
    if (this.fitted || !this.map || !this.dataset.bounds || this.dataset.whole !== undefined || places.length < 2) return;
    this.fitted = true;
    const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
    const box = [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
    this.map.fitBounds(box, { padding: 72, maxZoom: 16, duration: 0 });
  }

  /** Show or hide one layer by name; what is chosen is kept by the page. */
  toggle(name, visible) {
    if (visible) this.switchedOff.delete(name);
    else this.switchedOff.add(name);
    if (!visible) LAYERS[name]?.remove(this.map);
    if (visible && this.loaded) LAYERS[name]?.add(this.map, maplibregl);
    this.#redraw();
  }

  #heard({ topic }) {
    if (!/^(matter|assignment|shift|unit)\./.test(topic)) return;
    this.soon ??= setTimeout(() => this.#fetchPaced(), Math.max(GATHER_MS, (this.next ?? 0) - Date.now()));
  }

  #fetchPaced() {
    this.soon = null;
    this.next = Date.now() + PACE_MS;
    this.refresh();
  }

  #moved(fixes) {
    const moved = [];
    for (const fix of fixes) {
      const feature = this.known.get(fix.unit);
      if (!feature) continue;
      feature.geometry.coordinates = [fix.lon, fix.lat];
      Object.assign(feature.properties, { at: fix.at, heading_deg: fix.heading_deg, fixed: false });
      moved.push(feature);
    }
    if (this.loaded && !this.plain && !this.switchedOff.has("units")) units.move(moved);
    this.resting ??= setTimeout(() => this.#rest(), SPREAD_MS);
  }

  /** Symbols have moved: what depends on where all of them stand. */
  #rest() {
    this.resting = null;
    if (this.plain) this.#redraw(["units"]);
    else health(this, this.data.units);
    this.#spread();
  }

  #redraw(names = Object.keys(LAYERS)) {
    health(this, this.data.units);
    if (this.plain) {
      plainTable(this, this.data, this.at);
      return;
    }
    if (!this.loaded) return;
    for (const name of names) {
      if (this.data[name] && !this.switchedOff.has(name)) LAYERS[name]?.update(this.map, this.data[name]);
    }
    this.#lamp();
    this.#spread();
  }

  #lamp() {
    for (const pin of this.querySelectorAll(".pin")) pin.toggleAttribute("data-on", pin.dataset.id === this.chosenId);
  }

  #spread() {
    if (!this.loaded || this.spreading) return;
    this.spreading = requestAnimationFrame(() => {
      this.spreading = 0;
      fanOut(this.map, this.querySelectorAll(".pin, .unit"), this.dataset.far === undefined ? 1 : 1.35);
    });
  }

  /** The lamp on a place (null: on none); the map moves only if it would lie outside the middle 60 %. */
  choose(id, point) {
    this.at = point;
    this.chosenId = id;
    this.#lamp();
    if (this.plain) this.#redraw();
    if (!this.loaded) return;
    chosen.update(this.map, point);
    clearTimeout(this.bringing);
    if (point) this.bringing = setTimeout(() => calm(() => this.at === point && this.#bring(point)), SOON_MS);
  }

  /** The lamp on a place that is not a matter yet. */
  look(point) {
    this.choose(null, point);
  }

  /** Places that may be meant, numbered as in the list: [{ number, point, on }]. */
  offer(places) {
    this.places = places;
    if (this.loaded) offered.update(this.map, places);
  }

  /** The ground itself was tapped, no pin or crew on it. */
  #tapped({ lngLat, originalEvent }) {
    if (originalEvent.target.closest(".pin, .unit")) return;
    this.dispatchEvent(new CustomEvent("sw:tapped", { bubbles: true, detail: { point: [lngLat.lng, lngLat.lat] } }));
  }

  #bring(point) {
    const { clientWidth: width, clientHeight: height } = this;
    const { x, y } = this.map.project(point);
    const inside = x > width * 0.2 && x < width * 0.8 && y > height * 0.2 && y < height * 0.8;
    if (!inside) this.map.panTo(point, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 240 });
  }
}

customElements.define("sw-map", GroundMap);
