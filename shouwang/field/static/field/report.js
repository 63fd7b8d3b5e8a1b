// The two dialogs of a task: what was found (first report, end) and a call for support.

import { keepStep } from "./outbox.js";
import { part } from "./screens.js";
import { forget, remember } from "./typed.js";

async function ask(app, name, key) {
  const dialog = part(app, name);
  const form = dialog.querySelector("form");
  form.reset();
  await remember(app, form, key);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "send" ? new FormData(form) : null);
  });
}

export async function reportDialog(app, task, stamp, stampHere) {
  const dialog = part(app, "report");
  for (const piece of dialog.querySelectorAll("[data-for]")) piece.hidden = piece.dataset.for !== stamp;
  const key = `report:${task.id}:${stamp}`;
  const answer = await ask(app, "report", key);
  if (!answer) return;
  const given = { text: answer.get("text") ?? "" };
  if (stamp === "reported") given.checked = answer.getAll("checked");
  if (stamp === "cleared") Object.assign(given, { outcome: answer.get("outcome") ?? "", recorder: answer.get("recorder") ?? "" });
  await stampHere(app, task, stamp, given);
  await forget(dialog.querySelector("form"), key);
}

export async function supportDialog(app, task) {
  const key = `support:${task.id}`;
  const answer = await ask(app, "supportask", key);
  if (!answer) return;
  await keepStep("assignment.support", task.matter.id, { assignment: task.id, need: answer.get("need"), text: answer.get("text") ?? "" });
  await forget(part(app, "supportask").querySelector("form"), key);
  app.sync();
}
