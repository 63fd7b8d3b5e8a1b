// One's own patrol: begin, mark places, say that all is well, end. Kept here first; no way is sent of it.

import { along } from "./along.js";
import { keepStep } from "./outbox.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";

const { kept, keep, taken } = along("patrol");

export async function patrolScreen(app) {
  const fresh = app.dataset.screen !== "patrol";
  screen(app, "patrol");
  fillTop(app, app.now);
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => app.choose(null));
  if (!fresh) return;
  draw(app, await kept());
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
  const list = part(app, "points");
  list.replaceChildren(list.querySelector("template"), ...patrol.points.map((point) => pointRow(app, list, told, point)));
}

function pointRow(app, list, told, point) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  const words = { seen: list.dataset.seen, skipped: list.dataset.skipped };
  fill(row, { label: point.label, where: point.where, outcome: words[point.outcome] ?? "" });
  part(row, "way").href = `geo:${point.lat},${point.lon}?q=${point.lat},${point.lon}`;
  part(row, "acts").hidden = Boolean(point.outcome) || !told.patrol.begun;
  const note = async (step, outcome, given) => {
    await keepStep(step, null, { slot: told.patrol.id, point: point.id, ...given });
    point.outcome = outcome;
    await keep(told);
    draw(app, told);
    return app.sync();
  };
  press(row, "here", () => note("patrol.mark", "seen", {}));
  press(row, "skip", () => {
    const reason = part(row, "reason").value.trim();
    part(row, "ask").hidden = Boolean(reason);
    return reason ? note("patrol.skip", "skipped", { reason }) : part(row, "reason").focus();
  });
  return row;
}
