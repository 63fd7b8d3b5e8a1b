// Drawing one area of a free layer: a click on the map is a corner, and so is a typed line; each shows the other.

import { put, token } from "/static/ui/map/colours.js";

const NAME = "drawn-area";
const ground = document.querySelector("sw-map");
const typed = document.querySelector("#corners");
const open = typed.closest("form[data-line]") !== null; // a line, not the border of an area
const back = document.querySelector("[data-back]");
const paints = () => [
  { id: `${NAME}-fill`, type: "fill", paint: { "fill-color": token("--ink"), "fill-opacity": 0.08 } },
  { id: `${NAME}-line`, type: "line", paint: { "line-color": token("--ink"), "line-width": 3, "line-dasharray": [2, 1] } },
];

const lines = () => typed.value.split("\n").filter((line) => line.trim());
const corners = () => lines().map((line) => line.trim().split(/[\s,，]+/).map(Number)).filter((one) => one.length === 2 && one.every(Number.isFinite));

function show() {
  back.hidden = !lines().length;
  if (!ground.map || !ground.dataset.ready) return;
  const places = corners();
  ground.offer(places.map((point, n) => ({ number: n + 1, point, on: n === places.length - 1 })));
  put(ground.map, NAME, paints());
  const closed = places.length > 2 && !open;
  const ring = closed ? [...places, places[0]] : places;
  const geometry = closed ? { type: "Polygon", coordinates: [ring] } : { type: "LineString", coordinates: ring };
  ground.map.getSource(NAME).setData({ type: "FeatureCollection", features: ring.length > 1 ? [{ type: "Feature", geometry, properties: {} }] : [] });
}

function write(all) {
  typed.value = all.join("\n");
  show();
}

ground.addEventListener("sw:tapped", ({ detail }) => write([...lines(), detail.point.map((part) => part.toFixed(6)).join(", ")]));
typed.addEventListener("input", show);
back.addEventListener("click", () => write(lines().slice(0, -1)));
customElements.whenDefined("sw-map").then(() => ground.map?.on("style.load", show));
