// What the positions are worth, in words at the foot of the map: 10 live · 1 older · 1 lost.

import { t } from "../i18n.js";
import { freshness } from "./ages.js";

export function health(host, units) {
  if (host.dataset.still !== undefined || host.plain || !units) return;
  let foot = host.querySelector(":scope > .foot");
  if (!foot) {
    foot = document.createElement("p");
    foot.className = "foot";
    host.append(foot);
  }
  const count = { fresh: 0, stale: 0, lost: 0 };
  for (const { properties } of units.features) count[freshness(properties)] += 1;
  foot.textContent = t("Positions: {fresh} live · {stale} older · {lost} lost", count);
}
