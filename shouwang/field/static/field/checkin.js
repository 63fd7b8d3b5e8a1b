// Check-ins: two minutes before one is due the phone asks, with sound, above every screen; the tap is a signed step.
//
// Due times are counted here, so that it asks without a network too; what the server said last is only the beginning.

import { keepStep } from "./outbox.js";
import { fill, hhmm, part, press } from "./screens.js";
import { ring } from "./ring.js";

const AHEAD_MS = 120_000;
const AGAIN_MS = 60_000;

let rung = 0;

/** Above every screen while an answer is due. */
export function drawCheckIn(timer, app) {
  const box = document.querySelector(".sw-field-well");
  const left = timer ? new Date(timer.due) - Date.now() : Infinity;
  box.hidden = left > AHEAD_MS;
  if (box.hidden) return;
  fill(box, { due: hhmm(timer.due) });
  part(box, "well").onclick = () => well(app);
  if (Date.now() - rung < AGAIN_MS) return;
  rung = Date.now();
  ring();
}

async function well(app) {
  rung = 0;
  await keepStep("check_in.well", null, {});
  await app.took((now) => {
    if (now.check_in) now.check_in.due = new Date(Date.now() + now.check_in.every_s * 1000).toISOString();
  });
}

/** On the duty screen: begin one's own timer, say that one is well before one is asked, end it. */
export function timerPart(app) {
  const { check_in: timer } = app.now;
  part(app, "notimer").hidden = Boolean(timer);
  part(app, "timer").hidden = !timer;
  part(app, "endtimer").hidden = !timer?.own;
  if (timer) fill(app, { due: hhmm(timer.due), timerwhy: timer.why });
  press(app, "wellnow", () => well(app));
  press(app, "endtimer", async () => {
    await keepStep("check_in.end", null, {});
    await app.took((now) => { now.check_in = null; });
  });
  for (const button of app.querySelectorAll("[data-minutes]")) {
    button.onclick = async () => {
      const minutes = Number(button.dataset.minutes);
      await keepStep("check_in.begin", null, { minutes });
      await app.took((now) => {
        now.check_in = { due: new Date(Date.now() + minutes * 60_000).toISOString(), every_s: minutes * 60, own: true, why: "" };
      });
    };
  }
}
