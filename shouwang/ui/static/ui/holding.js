// A list never jumps under a pointer or focus: what came in waits behind “2 new ↑” until the hand is gone.
//
// Rows are the elements with data-row. New rows fade in at their place (class came).

import { t } from "./i18n.js";

const FADING_MS = 2_000; // .came in components/rows.css
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
  const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Shouwang-Passive": "1" } }).catch(() => null);
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

/** Rows that were not there before the coming swap fade in, for two seconds, also when the list is drawn again meanwhile. */
export function markNew(place) {
  const before = new Set(rowsOf(place));
  if (!before.size) return;
  place.came ??= new Map();
  place.addEventListener("htmx:afterSettle", () => { // settling would take the class away again
    for (const row of place.querySelectorAll("[data-row]")) {
      if (!before.has(row.dataset.row)) place.came.set(row.dataset.row, Date.now());
      const age = Date.now() - (place.came.get(row.dataset.row) ?? 0);
      if (age > FADING_MS) continue;
      row.classList.add("came");
      row.style.animationDelay = `-${age}ms`;
    }
  }, { once: true });
}
