// The task in hand: what, where, in the caller's words; five steps; one next step, full width.

import { noteDialog } from "./note.js";
import { keepFile, keepStep, unsentSteps } from "./outbox.js";
import { fill, hhmm, part, press, screen } from "./screens.js";
import { here, lastPlace } from "./positions.js";
import { reportDialog, supportDialog } from "./report.js";
import { call } from "./talk.js";
import "./map.js";

const CHAIN = ["signed", "departed", "arrived", "reported", "cleared"];
const ACT = { signed: "assignment.sign", departed: "assignment.depart", arrived: "assignment.arrive", reported: "assignment.report", cleared: "assignment.clear" };
const HOLD_MS = 2_000;

const nextOf = (task) => CHAIN.find((stamp) => !task.stamps[stamp]);

export async function taskScreen(app, task) {
  screen(app, "task");
  const { matter } = task;
  fill(app, {
    unit: app.now.unit?.name, crew: app.now.crew_line, clock: hhmm(new Date().toISOString()), number: matter.number,
    area: matter.area, kind: matter.kind_label, place: matter.place, words: matter.words, unrung: matter.unrung,
    state: task.state_label,
  });
  drawState(app, task.state_class.replace("is-", ""));
  drawSteps(app, task);
  drawNext(app, task);
  drawMap(app, task);
  tools(app, task);
}

/** Shape and tint of a status; its word stands beside them. */
function drawState(app, status) {
  const state = part(app, "state");
  state.className = `sw-state is-${status}`;
  state.querySelector("svg").setAttribute("class", `sw-sym c-${status}`);
  const shape = state.querySelector("use");
  shape.setAttribute("href", shape.getAttribute("href").replace(/#.*/, `#s-${status}`));
}

function drawSteps(app, task) {
  const next = nextOf(task);
  for (const stamp of CHAIN) {
    const item = part(app, `step-${stamp}`);
    const at = task.stamps[stamp];
    item.className = at ? "ok" : stamp === next ? "now" : "";
    item.dataset.kept = task.kept?.includes(stamp) ? "yes" : "no";
    item.querySelector("[data-slot=at]").textContent = at ? hhmm(at) : (task.due?.[stamp] ?? "—");
  }
}

function drawNext(app, task) {
  const next = nextOf(task);
  const button = part(app, "next");
  button.hidden = !next;
  if (!next) return;
  button.textContent = button.dataset[next];
  press(app, "next", async () => {
    if (next === "reported" || next === "cleared") return reportDialog(app, task, next, stampHere);
    return stampHere(app, task, next, {});
  });
}

/** Keep one stamp with the time of the tap; what is shown moves on at once. */
async function stampHere(app, task, stamp, given) {
  const claimedAt = new Date().toISOString();
  const place = stamp === "arrived" ? (lastPlace() ?? (await here())) : null;
  const hint = place ? { lon: place.longitude, lat: place.latitude, accuracy_m: place.accuracy } : undefined;
  await keepStep(ACT[stamp], task.matter.id, { assignment: task.id, ...given, ...(hint && { hint }) }, { claimedAt });
  await app.took((now) => {
    const shown = now.assignments.find((other) => other.id === task.id);
    shown.stamps[stamp] = claimedAt;
    shown.kept = [...(shown.kept ?? []), stamp];
    const look = now.looks[stamp];
    if (look) [shown.state_label, shown.state_class] = look;
    if (stamp === "cleared") now.assignments = now.assignments.filter((other) => other.id !== task.id);
  });
}

function drawMap(app, task) {
  const map = part(app, "map");
  const { lon, lat } = task.matter;
  map.hidden = lon === null;
  const status = task.state_class.replace("is-", "");
  Object.assign(map.dataset, { unit: app.now.unit?.name ?? "", number: task.matter.number, kind: task.matter.kind_label, status });
  map.setAttribute("aria-label", task.matter.place);
  if (lon !== null) map.dataset.point = `${lon},${lat}`; // last: it draws
  const nav = part(app, "navigate");
  nav.hidden = lon === null;
  nav.href = `geo:${lat},${lon}?q=${lat},${lon}`;
}

function tools(app, task) {
  const camera = part(app, "photofile");
  press(app, "photo", () => camera.click());
  camera.onchange = async () => {
    for (const file of camera.files) await keepFile(task.matter.id, file);
    camera.value = "";
    app.sync();
  };
  press(app, "note", () => noteDialog(app, task));
  press(app, "support", () => supportDialog(app, task));
  drawUnread(app);
  part(app, "callback").hidden = Boolean(task.matter.unrung);
  press(app, "callback", () => callBack(app, task));
  holdForHelp(app, task);
}

/** How many messages nobody on this phone has read yet, on the button that leads to them. */
function drawUnread(app) {
  const n = app.now.messages.filter((message) => !message.read).length;
  const badge = part(app, "unread");
  badge.hidden = n === 0;
  badge.textContent = n;
}

/** One tap: the look at the number is recorded first, then the phone dials. Without a network nothing is shown. */
async function callBack(app, task) {
  try {
    const { number } = await call("POST", `/field/matters/${task.matter.id}/callback/`, {});
    location.href = `tel:${number}`;
  } catch (fault) {
    app.problem = fault.offline ? part(app, "callback").dataset.offline : fault.message;
    await app.show();
  }
}

/** SOS: hold two seconds, so that a pocket does not call for help; keyboards hold the space bar. Whoever is on patrol without a
 *  unit calls with the `slot` of his patrol, and without a position (VOL-04). */
function holdForHelp(app, task, slot = null) {
  const button = part(app, "sos");
  let timer = null;
  const start = (event) => {
    if (timer || (event.type === "keydown" && event.code !== "Space" && event.code !== "Enter")) return;
    navigator.vibrate?.(60);
    button.dataset.held = "yes";
    timer = setTimeout(async () => {
      navigator.vibrate?.([200, 100, 200]);
      const place = lastPlace();
      const hint = place && { lon: place.longitude, lat: place.latitude, accuracy_m: place.accuracy };
      const { id } = slot ? await keepStep("patrol.help", null, { slot }) : await keepStep("unit.sos", task?.matter.id ?? null, hint ? { hint } : {});
      button.dataset.sent = "yes";
      await sayHowFar(app, button, id);
    }, HOLD_MS);
  };
  const end = () => {
    clearTimeout(timer);
    timer = null;
    delete button.dataset.held;
  };
  Object.assign(button, { onpointerdown: start, onpointerup: end, onpointerleave: end, onkeydown: start, onkeyup: end });
}

/** Kept here, or with the desk: the button says which, and goes on saying it. */
async function sayHowFar(app, button, id) {
  const words = button.querySelector("small");
  words.textContent = words.dataset.kept;
  await app.sync();
  const look = setInterval(async () => {
    if ((await unsentSteps()).some((step) => step.id === id)) return;
    words.textContent = words.dataset.sent;
    clearInterval(look);
  }, 1_000);
}

export { holdForHelp };
