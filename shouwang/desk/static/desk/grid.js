// The work map: borders, and one layer for each kind of place; each can be switched off.

import { put, take, token } from "/static/ui/map/colours.js";

const ground = document.querySelector(".workmap sw-map");
const data = JSON.parse(document.querySelector("#grid-data").textContent);
const off = new Set();

const drawn = (name) => [
  { id: `${name}-disc`, type: "circle", paint: { "circle-radius": 11, "circle-color": token("--surface"), "circle-stroke-color": token("--ink"), "circle-stroke-width": 1.5 } },
  { id: `${name}-letter`, type: "symbol", layout: { "text-field": ["get", "letter"], "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": token("--ink") } },
  { id: `${name}-name`, type: "symbol", minzoom: 15, layout: { "text-field": ["get", "name"], "text-size": 12, "text-anchor": "left", "text-offset": [1.2, 0], "text-optional": true }, paint: { "text-color": token("--ink"), "text-halo-color": token("--m-halo"), "text-halo-width": 2 } },
];

function draw() {
  for (const [name, features] of Object.entries(data.layers)) {
    if (off.has(name)) {
      take(ground.map, name, drawn(name));
      continue;
    }
    put(ground.map, name, drawn(name));
    ground.map.getSource(name).setData(features);
    for (const { id } of drawn(name)) ground.map.moveLayer(id);
  }
}

customElements.whenDefined("sw-map").then(() => {
  ground.show({ grids: data.grids });
  if (!ground.map) return;
  ground.map.on("style.load", draw);
  if (ground.map.isStyleLoaded()) draw();
});

document.querySelector(".workmap .sw-layers").addEventListener("click", ({ target }) => {
  const button = target.closest("[data-layer]");
  if (!button || !ground.map) return;
  const name = button.dataset.layer;
  if (!off.delete(name)) off.add(name);
  button.setAttribute("aria-pressed", String(!off.has(name)));
  draw();
});
