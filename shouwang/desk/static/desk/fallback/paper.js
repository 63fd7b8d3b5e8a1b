// Cards on paper: two to a sheet, each with its square code, which holds all that stands on it.

import { encode } from "/static/vendor/uqr.mjs";
import { numberOf } from "./cards.js";
import { encoded } from "./coding.js";
import { time } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules of white around it

/** The code as a picture that prints sharp. */
export function square(text) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join(""));
  svg.append(path);
  return svg;
}

/** One card, from the template the server wrote. */
export async function sheet(card, template) {
  const drawn = template.content.firstElementChild.cloneNode(true);
  const say = (slot, text) => drawn.querySelectorAll(`[data-slot=${slot}]`).forEach((place) => { place.textContent = text ?? ""; });
  say("no", numberOf(card));
  for (const name of ["kind", "place", "words", "number", "unit", "urgency"]) say(name, String(card[name] ?? ""));
  say("written", time(card.writtenAt, true));
  for (const name of ["sent", "arrived", "cleared"]) say(name, card[name] ? time(card[name]) : "＿＿：＿＿");
  drawn.querySelector("[data-slot=drill]").hidden = !card.drill;
  drawn.querySelector("[data-slot=code]").replaceChildren(square(await encoded(card)));
  return drawn;
}

/** Lay these cards out and open the printing of the browser. */
export async function print(cards, place, template) {
  place.replaceChildren(...(await Promise.all(cards.map((card) => sheet(card, template)))));
  window.print();
}
