// A list never jumps under a pointer or focus: what came in waits behind “2 new ↑” until the hand is gone.
//
// Rows are the elements with data-row. New rows fade in at their place (class came).

import { t } from "./i18n.js";

const RESTING_MS = 10_000; // a pointer that lies still for so long is nobody's hand
let moved = 0;
for (const name of ["pointermove", "keydown", "wheel"]) document.addEventListener(name, () => { moved = Date.now(); }, { passive: true });

const rowsOf = (root) => [...root.querySelectorAll("[data-row]")].map((row) => row.dataset.row);
const handOn = (place) => Date.now() - moved < RESTING_MS && (place.matches(":hover") || place.contains(document.activeElement));

/** True when the refresh of `place` waits; it then happens by itself as soon as the hand is gone. */
export async function holdBack(place) {
  const before = rowsOf(place);
  const address = place.getAttribute("hx-get");
  if (!address || !before.length || !handOn(place)) return false;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const after = rowsOf(page);
  if (after.join() === before.join()) return false; // nothing would move
  const news = after.filter((row) => !before.includes(row)).length;
  announce(place, news);
  wait(place);
  return true;
}

function announce(place, news) {
  let strip = place.querySelector(":scope > .sw-held");
  if (!strip) {
    strip = document.createElement("div");
    strip.className = "sw-held";
    strip.setAttribute("role", "status");
    strip.innerHTML = '<button type="button" class="btn"></button>';
    strip.firstChild.onclick = () => release(place);
    place.prepend(strip);
  }
  strip.firstChild.textContent = news ? t("{n} new ↑", { n: news }) : t("The order changed ↑");
}

function wait(place) {
  clearInterval(place.holding);
  place.holding = setInterval(() => {
    if (!place.isConnected) clearInterval(place.holding);
    else if (!handOn(place)) release(place);
  }, 500);
}

function release(place) {
  clearInterval(place.holding);
  markNew(place);
  place.dispatchEvent(new CustomEvent("sw:refresh"));
}

/** Rows that were not there before the coming swap fade in. */
export function markNew(place) {
  const before = new Set(rowsOf(place));
  if (!before.size) return;
  place.addEventListener("htmx:afterSwap", () => {
    for (const row of place.querySelectorAll("[data-row]")) row.classList.toggle("came", !before.has(row.dataset.row));
  }, { once: true });
}
