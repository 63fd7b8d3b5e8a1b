// One's own patrol: begin, mark places, say that all is well, end. Kept here first; no way is sent of it.

import { along } from "./along.js";
import { keepStep, unsentSteps } from "./outbox.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";
import { signPart } from "./sign.js";
import { holdForHelp } from "./task.js";

const AGAIN_MS = 20_000; // so often the desk's word is asked for: a pause, a note taken

const BUSY = "details[open], dialog[open], input:focus, [data-part=sos]:is([data-held], [data-sent])";
const { kept, keep, taken } = along("patrol");
let asked = 0;

export async function patrolScreen(app) {
  const fresh = app.dataset.screen !== "patrol";
  screen(app, "patrol");
  fillTop(app, app.now);
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => app.choose(null));
  if (fresh) draw(app, await kept());
  else if (Date.now() - asked < AGAIN_MS || app.querySelector(BUSY)) return;
  if ((await unsentSteps()).length) return; // what was done here since, the server does not know yet
  asked = Date.now();
  draw(app, await taken(app));
}

function draw(app, told) {
  const patrol = told?.patrol;
  part(app, "out").hidden = !patrol;
  part(app, "none").hidden = Boolean(patrol);
  if (!patrol) return;
  const { name, lead, channel, task, buddy, powers } = patrol;
  fill(app, { name, lead, channel, task, buddy, powers, begins: hhmm(patrol.begins), until: hhmm(patrol.until), due: patrol.safe_due ? hhmm(patrol.safe_due) : "" });
  part(app, "begin").hidden = !patrol.may_begin || Boolean(patrol.begun);
  part(app, "wait").hidden = patrol.may_begin;
  part(app, "end").hidden = !patrol.begun;
  part(app, "safe").hidden = !patrol.safe_due;
  const act = (button, step, change) => press(app, button, async () => {
    await keepStep(step, null, { slot: patrol.id });
    change(new Date());
    await keep(told);
    draw(app, told);
    return app.sync();
  });
  act("begin", "patrol.begin", (now) => { patrol.begun = now.toISOString(); });
  act("safe", "patrol.safe", (now) => { patrol.safe_due = new Date(now.getTime() + 3_600_000).toISOString(); });
  act("end", "patrol.end", () => { told.patrol = null; });
  part(app, "help").hidden = !patrol.may_begin && !app.now.unit;
  holdForHelp(app, null, app.now.unit ? null : patrol.id);
  part(app, "paused").hidden = !patrol.paused;
  if (patrol.paused) fill(app, { call: patrol.paused.call, pausedat: hhmm(patrol.paused.since) });
  part(app, "signs").hidden = !patrol.begun || patrol.points.length === 0;
  signPart(app, patrol.points, (point, code) => note(app, told, point, "patrol.mark", "seen", { code }));
  const list = part(app, "points");
  list.replaceChildren(list.querySelector("template"), ...patrol.points.map((point) => pointRow(app, list, told, point)));
}

function pointRow(app, list, told, point) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  const words = { seen: list.dataset.seen, skipped: list.dataset.skipped };
  fill(row, { label: point.label, where: point.where, outcome: words[point.outcome] ?? "", at: point.at ? hhmm(point.at) : "" });
  part(row, "known").hidden = !point.known;
  part(row, "way").href = `geo:${point.lat},${point.lon}?q=${point.lat},${point.lon}`;
  part(row, "acts").hidden = Boolean(point.outcome) || !told.patrol.begun;
  press(row, "here", () => note(app, told, point, "patrol.mark", "seen", {}));
  press(row, "skip", () => {
    const reason = part(row, "reason").value.trim();
    part(row, "ask").hidden = Boolean(reason);
    return reason ? note(app, told, point, "patrol.skip", "skipped", { reason }) : part(row, "reason").focus();
  });
  return row;
}

/** What was done at a place: on disk first, shown next, sent when there is a network. */
async function note(app, told, point, step, outcome, given) {
  const { claimedAt } = await keepStep(step, null, { slot: told.patrol.id, point: point.id, ...given });
  Object.assign(point, { outcome, at: claimedAt, known: false });
  await keep(told);
  draw(app, told);
  return app.sync();
}
