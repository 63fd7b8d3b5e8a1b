// Without WebGL the space becomes a table: what, place, distance and bearing from what is chosen, time of the position.

import { t } from "../i18n.js";
import { ageOf } from "./ages.js";

const M_PER_DEG = 111_320;
const BEARINGS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

/** Metres and compass word from `from` to `to` ([lon, lat]); a few kilometres, so the ground is flat. */
export function apart(from, to) {
  const north = (to[1] - from[1]) * M_PER_DEG;
  const east = (to[0] - from[0]) * M_PER_DEG * Math.cos((from[1] * Math.PI) / 180);
  const turn = (Math.atan2(east, north) * 180) / Math.PI;
  return { metres: Math.hypot(north, east), bearing: BEARINGS[Math.round((turn + 360) / 45) % 8] };
}

export function metresInWords(metres) {
  if (metres < 950) return t("{n} m", { n: Math.max(10, Math.round(metres / 10) * 10) });
  return t("{n} km", { n: (metres / 1000).toFixed(1) });
}

function row(cells, name = "td") {
  const line = document.createElement("tr");
  for (const cell of cells) line.append(Object.assign(document.createElement(name), { textContent: cell ?? "" }));
  return line;
}

function away(point, from) {
  if (!from) return ["", ""];
  const { metres, bearing } = apart(from, point);
  return [metresInWords(metres), t(bearing)];
}

/** Draw the table into `host`; `from` is the chosen point, if there is one. */
export function plainTable(host, { matters, units }, from) {
  const head = document.createElement("thead");
  head.append(row([t("What"), t("Place"), t("Distance"), t("Direction"), t("Position")], "th"));
  const body = document.createElement("tbody");
  for (const { properties, geometry } of matters?.features ?? []) {
    body.append(row([`${properties.number} ${properties.kind}`, properties.place, ...away(geometry.coordinates, from), ""]));
  }
  for (const { properties, geometry } of units?.features ?? []) {
    const age = ageOf(properties);
    body.append(row([properties.name, properties.words ?? "", ...away(geometry.coordinates, from), properties.fixed ? "" : t("{n} s", { n: Math.round(age) })]));
  }
  const table = document.createElement("table");
  table.className = "sw-table";
  table.append(head, body);
  let box = host.querySelector(":scope > .plain");
  if (!box) {
    box = document.createElement("div");
    box.className = "plain";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", t("The map as a table"));
    host.prepend(box);
  }
  box.replaceChildren(table);
}
