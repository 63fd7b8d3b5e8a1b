// Free layers on a map: <button data-free="…geojson" aria-pressed="…">. A layer is fetched when it is switched on; the
// desk (a map with data-ground) remembers which are on in the browser.

import { put, take, token } from "/static/ui/map/colours.js";

const KEPT = "sw-free-on";
const ground = document.querySelector("sw-map");
const buttons = [...document.querySelectorAll(".sw-layers [data-free]")];
const remembers = ground?.dataset.ground !== undefined;
const areas = new Map();

const paints = (name) => [
  { id: `${name}-fill`, type: "fill", paint: { "fill-color": token("--ink-2"), "fill-opacity": 0.06 } },
  { id: `${name}-line`, type: "line", paint: { "line-color": token("--ink-2"), "line-width": 2, "line-dasharray": [1, 1.5] } },
  { id: `${name}-name`, type: "symbol", layout: { "text-field": ["get", "title"], "text-size": 13 }, paint: { "text-color": token("--ink-2"), "text-halo-color": token("--m-halo"), "text-halo-width": 2 } },
];

const isOn = (button) => button.getAttribute("aria-pressed") === "true";

async function draw(button) {
  if (!ground.map) return;
  const name = `free-${buttons.indexOf(button)}`;
  if (!isOn(button)) {
    take(ground.map, name, paints(name));
    return;
  }
  const address = button.dataset.free;
  if (!areas.has(address)) {
    const answer = await fetch(address, { headers: { Accept: "application/json", "X-Shouwang-Passive": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    areas.set(address, await answer.json());
  }
  if (!isOn(button) || !ground.dataset.ready) return;
  put(ground.map, name, paints(name));
  ground.map.getSource(name).setData(areas.get(address));
}

const drawAll = () => buttons.forEach(draw);

for (const button of buttons) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isOn(button)));
    if (remembers) localStorage.setItem(KEPT, JSON.stringify(buttons.filter(isOn).map((one) => one.dataset.free)));
    draw(button);
  });
}

if (ground && buttons.length) {
  const kept = remembers ? JSON.parse(localStorage.getItem(KEPT) ?? "[]") : [];
  for (const button of buttons) if (kept.includes(button.dataset.free)) button.setAttribute("aria-pressed", "true");
  customElements.whenDefined("sw-map").then(() => {
    ground.map?.on("style.load", drawAll);
    if (ground.dataset.ready) drawAll();
  });
}
