// The last board as two tables, from what the browser kept.

import { time } from "./words.js";

function cell(text) {
  const made = document.createElement("td");
  made.textContent = text ?? "";
  return made;
}

function rows(table, lines) {
  table.tBodies[0].replaceChildren(...lines.map((line) => {
    const row = document.createElement("tr");
    row.append(...line.map(cell));
    return row;
  }));
}

const age = (seconds) => (seconds === null ? "—" : `${seconds} s`);

/** `kept`: what board.js keeps; null when there is none. */
export function drawBoard(place, kept) {
  place.querySelector("[data-part=no-board]").hidden = Boolean(kept);
  place.querySelector("[data-part=tables]").hidden = !kept;
  if (!kept) return;
  const { board } = kept;
  place.querySelector("[data-slot=at]").textContent = time(Date.parse(board.at));
  place.querySelector("[data-slot=office]").textContent = board.office;
  place.querySelector("[data-slot=lead]").textContent = board.lead;
  rows(place.querySelector("[data-part=matters]"), board.matters.map((one) => [
    one.number, one.kind, one.status, one.urgency, one.place, one.says, one.units.join("、"), one.due_at ? time(Date.parse(one.due_at), true) : "",
  ]));
  rows(place.querySelector("[data-part=crews]"), board.crews.map((one) => [one.name, one.status, one.number ?? "", time(Date.parse(one.since)), age(one.age_s)]));
}
