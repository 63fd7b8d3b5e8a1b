// Finding somebody: what for, then a name or a number, at most twenty masked, one opened. Nothing stays on the phone.

import { fill, hhmm, part, press, screen } from "./screens.js";
import { call } from "./talk.js";

let sitting = null;
let search = null;

export async function findScreen(app) {
  const fresh = app.dataset.screen !== "find";
  screen(app, "find");
  fill(app, { unit: app.now.unit?.name ?? app.now.person.name, crew: app.now.crew_line, clock: hhmm(new Date().toISOString()) });
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => leave(app));
  press(app, "begin", () => trying(app, () => begin(app)));
  press(app, "another", () => { sitting = null; return draw(app); });
  press(app, "go", () => trying(app, () => seek(app)));
  part(app, "words").onsubmit = (event) => { event.preventDefault(); part(app, "go").click(); };
  if (fresh) await trying(app, () => ask(app));
}

const matterOf = (app) => app.now.assignments[0]?.matter.id ?? null;

async function trying(app, act) {
  const said = part(app, "said");
  said.textContent = "";
  try {
    await act();
  } catch (fault) {
    said.textContent = fault.offline ? said.dataset.offline : fault.message;
    if (fault.code === "registry.purpose_first") [sitting, search] = [null, null];
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
  if (!sitting && matter && told.purposes.length === 1) await begin(app);
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
  const asked = { sitting: sitting.id, who: part(app, "who").value, place: part(app, "where").value };
  const found = await call("POST", "/field/find/candidates/", asked);
  search = found.search;
  const list = part(app, "rows");
  list.replaceChildren(list.querySelector("template"), ...found.candidates.map((one) => candidate(app, list, one)));
  part(app, "none").hidden = found.candidates.length > 0;
  part(app, "record").hidden = true;
}

function candidate(app, list, one) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  fill(row, { shown: one.shown, street: one.street, grid: one.grid });
  press(row, "open", () => trying(app, () => open(app, one.id)));
  return row;
}

async function open(app, record) {
  const seen = await call("POST", "/field/find/record/", { sitting: sitting.id, search, record });
  const facts = part(app, "lines");
  facts.replaceChildren(...seen.lines.flatMap(([label, text]) => [made("dt", label), made("dd", text)]));
  fill(app, { name: seen.name });
  part(app, "stale").hidden = !seen.stale;
  part(app, "record").hidden = false;
  part(app, "record").scrollIntoView({ block: "start" });
}

function made(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

function draw(app) {
  part(app, "why").hidden = Boolean(sitting);
  part(app, "seek").hidden = !sitting;
  if (sitting) fill(app, { purpose: sitting.label, until: hhmm(sitting.until) });
}

function leave(app) {
  [sitting, search] = [null, null];
  return app.choose(null);
}
