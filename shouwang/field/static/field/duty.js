// No task: who I am with, sign on, sign off, messages.

import { keepStep } from "./outbox.js";
import { drawMessages } from "./messages.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";
import { holdForHelp } from "./task.js";
import { timerPart } from "./checkin.js";

export async function dutyScreen(app) {
  screen(app, "duty");
  const { now } = app;
  fillTop(app, now);
  part(app, "off").hidden = Boolean(now.shift);
  part(app, "on").hidden = !now.shift;
  const directed = now.directives?.length ?? 0;
  part(app, "directed").hidden = directed === 0;
  fill(app, { directed });
  if (now.shift) onDuty(app);
  else offDuty(app);
  await drawMessages(app);
}

function onDuty(app) {
  const { now } = app;
  fill(app, { since: hhmm(now.shift.since), availability: now.shift.label });
  timerPart(app);
  drawNoticed(part(app, "noticed"), now.noticed ?? []);
  press(app, "signoff", async () => {
    await keepStep("shift.end", null, { shift: now.shift.id });
    await app.signedOff();
    await app.show();
    await app.sync();
  });
  press(app, "away", async () => {
    await keepStep("shift.away", null, { shift: now.shift.id, away: now.shift.availability === "free" });
    await app.sync();
  });
  holdForHelp(app, null);
}

function drawNoticed(place, lines) {
  const list = place.querySelector("ul");
  const row = list.querySelector("template");
  for (const old of list.querySelectorAll("li")) old.remove();
  for (const line of lines) {
    const item = row.content.cloneNode(true).firstElementChild;
    fill(item, { at: hhmm(line.at), what: line.what });
    list.append(item);
  }
  place.hidden = lines.length === 0;
}

function offDuty(app) {
  const list = part(app, "units");
  const row = list.querySelector("template");
  const chosen = list.querySelector("input:checked")?.value;
  for (const old of list.querySelectorAll("li")) old.remove();
  for (const unit of app.now.units) {
    const item = row.content.cloneNode(true).firstElementChild;
    Object.assign(item.querySelector("input"), { value: unit.id, checked: unit.id === chosen });
    fill(item, { name: unit.name, crew: unit.crew });
    list.append(item);
  }
  press(app, "signon", async () => {
    const chosen = list.querySelector("input:checked")?.value;
    if (!chosen) return;
    await keepStep("shift.start", null, { unit: chosen, recorder: part(app, "recorder").value });
    await app.sync();
  });
}
