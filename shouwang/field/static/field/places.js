// The ground of the day: visits that are due, and streets, buildings and rooms down to the form to fill in.

import { dropGround, ground, takeDwellings, takeGround } from "./ground.js";
import { canScan, placeSaid, saidBy, scan, wordsIn } from "./scan.js";
import { drafts, dropDraft } from "./drafts.js";
import { begin, goOn } from "./entry.js";
import { putDown, taken } from "./taken.js";
import { fill, hhmm, part, press, screen } from "./screens.js";
import "./map.js";

const MOST = 40;
let here = null; // number of the element one stands on
let asked = "";

export async function placesScreen(app) {
  const fresh = app.dataset.screen !== "places";
  screen(app, "places");
  const [begun, records] = [await drafts(), await taken()];
  const found = await ground(); // last, so that what is drawn below is what is held now
  fill(app, { unit: app.now.unit?.name ?? app.now.person.name, crew: app.now.crew_line, clock: hhmm(new Date().toISOString()) });
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => (here === null ? app.choose(null) : go(app, parentOf(found, here))));
  press(app, "take", () => trying(app, () => takeGround(part(app, "grid").value || undefined, () => app.show())));
  press(app, "forget", () => dropGround().then(() => app.show()));
  drawBegun(app, begun.filter((draft) => draft.act));
  drawTaken(app, records);
  part(app, "taken").hidden = !found?.grid;
  part(app, "nothing").hidden = Boolean(found?.grid);
  part(app, "scan").hidden = !canScan();
  for (const name of ["since", "gridchoice", "forget"]) part(app, name).hidden = !found;
  if (!found) return;
  const field = part(app, "find");
  if (fresh) field.value = asked;
  field.oninput = () => { asked = field.value; draw(app, found); };
  press(app, "scan", () => scanned(app));
  const map = part(app, "mapped");
  map.hidden = !found.box;
  map.textContent = found.map ? map.dataset.here : map.dataset.coming;
  drawGrids(app, found);
  draw(app, found);
}

/** Do what needs the network, and say what kept it from being done. */
async function trying(app, act) {
  try {
    await act();
    app.problem = "";
  } catch (fault) {
    app.problem = fault.offline ? part(app, "take").dataset.offline : fault.message;
  }
  await app.show();
}

async function scanned(app) {
  part(app, "noplate").hidden = part(app, "nocamera").hidden = true;
  const text = await scan(part(app, "camera")).catch(() => undefined);
  part(app, "nocamera").hidden = text !== undefined;
  const found = await ground(); // now: another grid may have been taken along meanwhile
  if (!text || !found) return;
  const said = saidBy(text);
  const place = placeSaid(found.places, said);
  if (place) return go(app, place.number);
  part(app, "find").value = asked = wordsIn(text);
  part(app, "noplate").hidden = asked !== "";
  draw(app, found);
}

function drawGrids(app, found) {
  const choice = part(app, "grid");
  if (choice.dataset.of === found.at) return;
  choice.dataset.of = found.at;
  choice.replaceChildren(...found.grids.map((one) => new Option(one.name, one.id, false, one.id === found.grid)));
  fill(app, { takenat: hhmm(found.at), nplaces: found.places.length });
  const list = part(app, "visits");
  list.replaceChildren(list.querySelector("template"), ...found.visits.map((visit) => visitRow(app, list, visit)));
  part(app, "due").hidden = found.visits.length === 0;
}

/** Forms that were begun and left for later. */
function drawBegun(app, left) {
  part(app, "begunforms").hidden = left.length === 0;
  const list = part(app, "begun");
  list.replaceChildren(list.querySelector("template"), ...left.map((draft) => {
    const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
    fill(row, { what: app.now.acts[draft.act], place: draft.record?.name ?? draft.place.text, at: hhmm(draft.at) });
    press(row, "goon", () => goOn(app, draft));
    press(row, "drop", () => dropDraft(draft.key).then(() => app.show()));
    return row;
  }));
}

/** Records of people and units that were looked at for a purpose and wait to be put right. */
function drawTaken(app, records) {
  part(app, "rights").hidden = records.length === 0;
  const list = part(app, "toright");
  list.replaceChildren(list.querySelector("template"), ...records.map((record) => {
    const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
    fill(row, { name: record.name, place: record.place.text });
    press(row, "right", () => begin(app, record.act, record.list, record.place, record));
    press(row, "down", () => putDown(record.record).then(() => app.show()));
    return row;
  }));
}

/** Somebody is looked up for this visit: that is the purpose. */
function lookFor(app, matter) {
  app.inHand = matter;
  return app.choose("find");
}

function visitRow(app, list, visit) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  fill(row, { kind: visit.kind, place: visit.place, due: visit.due ? hhmm(visit.due) : "", number: visit.number });
  const way = part(row, "way");
  way.hidden = visit.lon === null;
  press(row, "who", () => lookFor(app, visit.id));
  way.href = `geo:${visit.lat},${visit.lon}?q=${visit.lat},${visit.lon}`;
  return row;
}

const byNumber = (found, number) => found.places.find((one) => one.number === number);
const childrenOf = (found, number) => found.places.filter((one) => one.up === number);
const parentOf = (found, number) => byNumber(found, byNumber(found, number)?.up)?.number ?? null;

function go(app, number) {
  [here, asked] = [number, ""];
  part(app, "find").value = "";
  return app.show();
}

/** What is below where one stands, or what fits the words that were typed; and what can be done here. */
function draw(app, found) {
  const known = new Set(found.places.map((one) => one.number));
  const place = here === null ? null : byNumber(found, here);
  const words = asked.replaceAll(/\s/g, "");
  const rows = words
    ? found.places.filter((one) => one.text.includes(words)).slice(0, MOST)
    : place ? childrenOf(found, here) : found.places.filter((one) => !known.has(one.up));
  const list = part(app, "rows");
  list.replaceChildren(list.querySelector("template"), ...rows.map((one) => placeRow(app, list, found, one, words)));
  part(app, "none").hidden = rows.length > 0 || Boolean(place);
  fill(app, { where: words ? "" : place?.text });
  drawActs(app, found, words ? null : place);
}

function placeRow(app, list, found, one, words) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  const below = childrenOf(found, one.number).length;
  fill(row, { name: words ? one.text : one.name, n: below || "", held: recordOf(found, one) ? list.dataset.held : "" });
  press(row, "open", () => go(app, one.number));
  return row;
}

const recordOf = (found, place) => found.records.find((record) => record.address === place?.id);

/** Forms are filled in where somebody can live or work: a room, an entrance, a building; not a street. */
function drawActs(app, found, place) {
  const stands = place && ["room", "entrance_unit", "building"].includes(place.element);
  part(app, "acts").hidden = !stands;
  drawMap(app, stands ? place : null);
  if (!stands) return;
  const record = recordOf(found, place);
  const rooms = [place, ...found.places.filter((one) => one.text.startsWith(place.text))].map((one) => one.id);
  press(app, "along", () => trying(app, () => takeDwellings([...new Set(rooms)])));
  press(app, "movein", () => begin(app, "residence.register", "residence", place));
  press(app, "dwelling", () => begin(app, "dwelling.edit", "dwelling", place, record));
  press(app, "organisation", () => begin(app, "organisation.register", "organisation", place));
}

function drawMap(app, place) {
  const strip = part(app, "strip");
  const point = place?.lon ? `${place.lon},${place.lat}` : "";
  strip.hidden = !point;
  const map = part(app, "map");
  if (point && map.dataset.point !== point) {
    map.setAttribute("aria-label", place.text);
    Object.assign(map.dataset, { number: "", kind: place.name, status: "sign", point });
  }
}
