// The PIN: chosen once, asked whenever the page opens, offline too.

import * as lock from "./lock.js";
import { comeBack } from "./entry.js";
import { isOff, waiting } from "./leaving.js";
import { part, press, screen, setText } from "./screens.js";

const SHORTEST = 6;

export async function pinScreen(app) {
  screen(app, "pin");
  const fresh = !(await lock.hasPin());
  await sayWhy(app);
  for (const piece of app.querySelectorAll("[data-when]")) piece.hidden = (piece.dataset.when === "fresh") !== fresh;
  const pin = part(app, "pin");
  const again = part(app, "again");
  pin.focus();
  const enter = async () => {
    const words = part(app, "open").dataset;
    if (fresh) {
      if (!/^\d+$/.test(pin.value) || pin.value.length < SHORTEST) return setText(app, "problem", words.short);
      if (pin.value !== again.value) return setText(app, "problem", words.differ);
      await lock.setPin(pin.value);
    } else {
      const opened = await app.unlock(pin.value);
      pin.value = "";
      if (!opened.ok) {
        const minutes = Math.ceil(opened.waitMs / 60_000);
        return setText(app, "problem", minutes ? words.wait.replace("{minutes}", minutes) : words.wrong.replace("{left}", opened.left));
      }
    }
    await app.opened(comeBack);
    const shut = app.shutFor && part(app, "open");
    return shut ? setText(app, "problem", app.problem || shut.dataset[app.shutFor === "stale" ? "unheard" : "waits"]) : undefined;
  };
  press(app, "open", enter);
  part(app, "pinform").onsubmit = (event) => {
    event.preventDefault();
    enter();
  };
}

/** Signed off, a day without contact, or lost: why it is shut, and how much still waits to go out. */
async function sayWhy(app) {
  const n = await waiting();
  const why = app.shutFor ?? ((await isOff()) ? "off" : "");
  for (const words of app.querySelectorAll("[data-why]")) words.hidden = words.dataset.why !== why;
  part(app, "unsent").hidden = !why || n === 0;
  setText(app, "n", n);
}
