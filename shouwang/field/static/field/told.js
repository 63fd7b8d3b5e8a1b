// What the desk and this phone tell each other about tasks: received, read, and taken back.

import { fill, part } from "./screens.js";
import { call } from "./talk.js";

/** Tell the desk what has reached this phone and what stands open on its screen, until it has heard. */
export async function tellReceived(tasks, open) {
  const received = tasks.filter((task) => !task.received).map((task) => task.id);
  const read = open && !open.read && !document.hidden ? [open.id] : [];
  if (received.length + read.length) await call("POST", "/field/tasks/", { received, read }).catch(() => null);
}

/** Tasks that this phone had and that were taken back since; those not yet tapped stay. */
export function takenBack(before, now) {
  const had = new Set(before?.assignments.map((task) => task.id));
  return now.recalled.filter((task) => had.has(task.id));
}

/** Above every screen until it is tapped. */
export function drawTold(told, seen) {
  const box = document.querySelector(".sw-field-told");
  box.hidden = told.length === 0;
  const list = part(box, "told");
  const row = list.querySelector("template");
  list.replaceChildren(row, ...told.map((task) => {
    const item = row.content.cloneNode(true).firstElementChild;
    fill(item, task);
    return item;
  }));
  part(box, "seen").onclick = seen;
}
