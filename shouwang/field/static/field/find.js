// Finding somebody or a unit: what for, then a name or a number, at most twenty masked, one opened. Nothing stays on the
// phone but what is taken along to be put right.

import { begin as beginForm } from "./entry.js";
import { ground, takeGround } from "./ground.js";
import { fill, hhmm, part, press, screen } from "./screens.js";
import { takeRecord } from "./taken.js";
import { call } from "./talk.js";

let sitting = null;
let search = null;
let asking = 0;

export async function findScreen(app) {
  const fresh = app.dataset.screen !== "find";
  screen(app, "find");
  fill(app, { unit: app.now.unit?.name ?? app.now.person.name, crew: app.now.crew_line, clock: hhmm(new Date().toISOString()) });
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => leave(app));
  press(app, "begin", () => trying(app, () => begin(app)));
  press(app, "another", () => { sitting = null; clear(app); return draw(app); });
  press(app, "tell", () => trying(app, () => tell(app)));
  press(app, "go", () => trying(app, () => seek(app)));
  part(app, "words").oninput = () => clear(app);
  part(app, "words").onsubmit = (event) => { event.preventDefault(); part(app, "go").click(); };
  if (fresh) await trying(app, () => ask(app));
}

const matterOf = (app) => app.inHand ?? app.now.assignments[0]?.matter.id ?? null;
const registerOf = (app) => part(app, "words").querySelector("[name=register]:checked").value;

async function trying(app, act) {
  const said = part(app, "said");
  said.textContent = "";
  try {
    await act();
  } catch (fault) {
    said.textContent = fault.offline ? said.dataset.offline : fault.message;
    if (fault.code === "registry.purpose_first") {
      [sitting, search] = [null, null];
      clear(app);
    }
  }
  draw(app);
}

/** The task in hand is the purpose; without one it is asked for. */
async function ask(app) {
  const matter = matterOf(app);
  const told = await call("GET", matter ? `/field/find.json?matter=${matter}` : "/field/find.json");
  sitting = told.sitting;
  const list = part(app, "purposes");
  list.replaceChildren(list.querySelector("template"), ...told.purposes.map(([value, label]) => choice(list, value, label)));
  if (!sitting && matter && told.purposes[0]?.[0] === "handling") await begin(app);
}

function choice(list, value, label) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  row.querySelector("input").value = value;
  fill(row, { label });
  return row;
}

async function begin(app) {
  const chosen = part(app, "purposes").querySelector("input:checked") ?? part(app, "purposes").querySelector("input");
  ({ sitting } = await call("POST", "/field/find/", { purpose: chosen?.value, matter: matterOf(app) }));
}

async function seek(app) {
  const register = registerOf(app);
  const asked = { sitting: sitting.id, register, who: part(app, "who").value, place: part(app, "where").value };
  clear(app);
  const mine = asking;
  const found = await call("POST", "/field/find/candidates/", asked);
  if (mine !== asking) return; // other words were typed meanwhile
  search = found.search;
  if (found.plate) return showPlate(app, found);
  const list = part(app, "rows");
  list.replaceChildren(list.querySelector("template"), ...found.candidates.map((one) => candidate(app, list, one, register)));
  part(app, "none").hidden = found.candidates.length > 0;
}

/** No earlier answer stands beside a refusal or other words, or outlives its purpose. */
function clear(app) {
  asking += 1;
  const list = part(app, "rows");
  list.replaceChildren(list.querySelector("template"));
  part(app, "none").hidden = true;
  part(app, "record").hidden = true;
  part(app, "owner").hidden = true;
}

/** A plate shows nobody: its owner can be told, by whoever may open a matter. */
function showPlate(app, { plate, reasons }) {
  const list = part(app, "reasons");
  list.replaceChildren(list.querySelector("template"), ...reasons.map(([value, label]) => choice(list, value, label)));
  list.querySelector("input")?.click();
  fill(app, { plate });
  part(app, "stands").value = part(app, "where").value;
  part(app, "call").hidden = reasons.length === 0;
  part(app, "callnot").hidden = reasons.length > 0;
  part(app, "toldyes").hidden = part(app, "toldno").hidden = true;
  part(app, "owner").hidden = false;
}

async function tell(app) {
  const reason = part(app, "reasons").querySelector("input:checked")?.value;
  const asked = { sitting: sitting.id, plate: part(app, "who").value, reason, place: part(app, "stands").value };
  const { told } = await call("POST", "/field/find/owner/", asked);
  part(app, "call").hidden = true;
  part(app, "toldyes").hidden = !told;
  part(app, "toldno").hidden = told;
}

function candidate(app, list, one, register) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  fill(row, { shown: one.shown, street: one.street, grid: one.grid });
  press(row, "open", () => trying(app, () => open(app, one.id, register)));
  return row;
}

async function open(app, record, register) {
  const seen = await call("POST", "/field/find/record/", { sitting: sitting.id, register, search, record });
  const facts = part(app, "lines");
  facts.replaceChildren(...seen.lines.flatMap(([label, text]) => [made("dt", label), made("dd", text)]));
  fill(app, { name: seen.name });
  part(app, "stale").hidden = !seen.stale;
  part(app, "along").hidden = !seen.along;
  part(app, "took").hidden = true;
  press(app, "take", () => trying(app, () => take(app, seen.along)));
  press(app, "right", () => trying(app, () => take(app, seen.along).then(() => putRight(app, seen.along))));
  part(app, "record").hidden = false;
  part(app, "record").scrollIntoView({ block: "start" });
}

/** Keep it sealed on this phone, with the field lists of its form, so that it can be put right without a network. */
async function take(app, along) {
  if (!(await ground())) await takeGround();
  await takeRecord(along, app.now.holds);
  part(app, "took").hidden = false;
}

function putRight(app, along) {
  leaveBehind(app);
  return beginForm(app, along.act, along.list, along.place, along);
}

function made(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

function draw(app) {
  if (app.dataset.screen !== "find") return;
  part(app, "why").hidden = Boolean(sitting);
  part(app, "seek").hidden = !sitting;
  if (sitting) fill(app, { purpose: sitting.label, until: hhmm(sitting.until) });
}

function leaveBehind(app) {
  [sitting, search, app.inHand] = [null, null, null];
}

function leave(app) {
  leaveBehind(app);
  return app.choose(null);
}
