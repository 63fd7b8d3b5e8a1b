// The PIN: chosen once, asked whenever the page opens, offline too.

import * as lock from "./lock.js";
import { comeBack } from "./entry.js";
import { part, press, screen, setText } from "./screens.js";

const SHORTEST = 6;

export async function pinScreen(app) {
  screen(app, "pin");
  const fresh = !(await lock.hasPin());
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
      const opened = await lock.unlock(pin.value);
      pin.value = "";
      if (!opened.ok) {
        const minutes = Math.ceil(opened.waitMs / 60_000);
        return setText(app, "problem", minutes ? words.wait.replace("{minutes}", minutes) : words.wrong.replace("{left}", opened.left));
      }
    }
    await comeBack(app);
    await app.show();
    return app.sync();
  };
  press(app, "open", enter);
  part(app, "pinform").onsubmit = (event) => {
    event.preventDefault();
    enter();
  };
}
