// Taking a call beside the map: places that may be meant stand on it with their numbers; a tap on it places the call.

const map = () => document.querySelector("sw-map");
const places = () => document.querySelector(".intake #places");
let shown = "";

/** Draw what the list says; after a change also look at the one that is taken. */
function draw() {
  const found = [...(places()?.querySelectorAll("[data-place]") ?? [])].map((choice, n) => ({
    number: n + 1, point: choice.dataset.place.split(",").map(Number), on: choice.checked,
  }));
  const now = JSON.stringify(found);
  if (now === shown) return;
  shown = now;
  map()?.offer?.(found);
  const taken = found.find((one) => one.on);
  if (taken) map()?.look?.(taken.point);
}

if (new URLSearchParams(location.search).has("intake")) history.replaceState(history.state, "", location.pathname); // once

document.addEventListener("htmx:afterSettle", draw);
document.addEventListener("sw:tapped", (event) => {
  const list = places();
  if (!list || event.target === list) return;
  list.querySelector("[name=tap]").value = event.detail.point.map((part) => part.toFixed(6)).join(",");
  list.dispatchEvent(new CustomEvent("sw:tapped"));
});
