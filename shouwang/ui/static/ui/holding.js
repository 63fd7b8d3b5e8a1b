// A list never jumps under a pointer or focus: what came in waits behind “2 new ↑” until the hand is gone.
//
// Rows are the elements with data-row. New rows fade in at their place (class came).

import { t } from "./i18n.js";

const FADING_MS = 2_000;
const FADING_STEP_MS = 250;
const RESTING_MS = 10_000; // a pointer that lies still for so long is nobody's hand
let moved = 0;
for (const name of ["pointermove", "keydown", "wheel"]) document.addEventListener(name, () => { moved = Date.now(); }, { passive: true });

const rowsOf = (root) => [...root.querySelectorAll("[data-row]")].map((row) => row.dataset.row);
const handOn = (place) => Date.now() - moved < RESTING_MS && (place.matches(":hover") || place.contains(document.activeElement));

/** True when a part drawn anew waits, because rows would move under a hand; `renew` is called when it may go on. */
export function held(place, drawn, renew) {
  const before = !place.released && handOn(place) ? rowsOf(place) : [];
  const after = before.length ? rowsOf(new DOMParser().parseFromString(drawn, "text/html")) : [];
  const waits = after.join() !== before.join();
  if (waits) hold(place, after.filter((row) => !before.includes(row)).length, renew);
  else letGo(place);
  return waits;
}

/** Nothing waits any more. */
export function letGo(place) {
  clearInterval(place.holding);
  place.released = false;
  place.querySelector(":scope > .sw-held")?.remove();
}

function hold(place, news, renew) {
  const go = () => {
    clearInterval(place.holding);
    place.released = true;
    if (place.isConnected) renew();
  };
  clearInterval(place.holding);
  place.holding = setInterval(() => {
    if (!place.isConnected || !handOn(place)) go();
  }, 500);
  const strip = place.querySelector(":scope > .sw-held") ?? stripOn(place);
  strip.firstChild.onclick = go;
  strip.firstChild.textContent = news ? t("{n} new ↑", { n: news }) : t("The order changed ↑");
}

function stripOn(place) {
  const strip = document.createElement("div");
  strip.className = "sw-held";
  strip.setAttribute("role", "status");
  strip.innerHTML = '<button type="button" class="btn"></button>';
  place.prepend(strip);
  return strip;
}

/** Rows that were not there before the coming swap fade out of the lamp's ground, also when the list is drawn again meanwhile. */
export function markNew(place) {
  const before = new Set(rowsOf(place));
  if (!before.size) return;
  place.came ??= new Map();
  place.addEventListener("htmx:afterSettle", () => { // settling would take the class away again
    for (const row of rowsOf(place)) if (!before.has(row)) place.came.set(row, Date.now());
    fade(place);
  }, { once: true });
}

/** In a few steps: an animation of the ground draws the whole page sixty times a second for as long as calls come in. */
function fade(place) {
  clearTimeout(place.fading);
  for (const [row, at] of place.came) if (Date.now() - at > FADING_MS) place.came.delete(row);
  for (const row of place.querySelectorAll("[data-row]")) {
    const at = place.came.get(row.dataset.row);
    row.classList.toggle("came", at !== undefined);
    row.style.setProperty("--came", at === undefined ? "" : `${Math.round(100 - (100 * (Date.now() - at)) / FADING_MS)}%`);
  }
  if (place.came.size && place.isConnected) place.fading = setTimeout(fade, FADING_STEP_MS, place);
}
