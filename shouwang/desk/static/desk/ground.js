// The slow layers of the desk's map: own ground, reach and closed roads (data-ground), the ways of crews (data-routes).
//
// A layer that is switched off is not shown; closed roads always are. Which are on is kept in the address (?on=rings,route) and, without
// one there, in the browser.

const GROUND_MS = 30_000;
const ROUTES_MS = 10_000;
const SOON_MS = 5_000;
const KEPT = "sw-map-on";
const NAMES = ["grids", "rings", "route"];

const map = document.querySelector("sw-map[data-ground]");
const buttons = [...document.querySelectorAll(".sw-layers [data-layer]")];
const inAddress = new URLSearchParams(location.search).get("on") ?? localStorage.getItem(KEPT);
const on = new Set(inAddress === null ? startingWith() : inAddress.split(",").filter((name) => NAMES.includes(name)));

function startingWith() {
  return buttons.length ? buttons.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.layer) : ["grids", "rings"];
}

function mark() {
  for (const button of buttons) button.setAttribute("aria-pressed", String(on.has(button.dataset.layer)));
  for (const name of NAMES) map.toggle(name, on.has(name));
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json", "X-Shouwang-Passive": "1" } }).catch(() => null);
  if (answer?.ok) map.show(await answer.json());
}

const ground = () => fetched(map.dataset.ground);
const routes = () => (on.has("route") && map.dataset.routes ? fetched(map.dataset.routes) : null);

for (const button of buttons) {
  button.addEventListener("click", () => {
    const name = button.dataset.layer;
    if (!on.delete(name)) on.add(name);
    const kept = [...on].join(",");
    localStorage.setItem(KEPT, kept);
    const address = new URL(location.href);
    address.searchParams.set("on", kept);
    history.replaceState(history.state, "", address);
    mark();
    if (name === "route") routes();
    else ground();
  });
}

let soon = null;
document.addEventListener("sw:live", ({ detail }) => {
  if (!/^(assignment|shift|unit|road)\./.test(detail.topic)) return;
  soon ??= setTimeout(() => {
    soon = null;
    routes();
    if (on.has("rings") || detail.topic.startsWith("road.")) ground();
  }, SOON_MS);
});

if (map) {
  customElements.whenDefined("sw-map").then(() => {
    mark();
    ground();
    routes();
    setInterval(ground, GROUND_MS);
    setInterval(routes, ROUTES_MS);
  });
}
