// The two dialogs of a task: what was found (first report, end) and a call for support.

import { keepStep } from "./outbox.js";
import { part } from "./screens.js";

function ask(app, name) {
  const dialog = part(app, name);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "send" ? new FormData(dialog.querySelector("form")) : null);
  });
}

export async function reportDialog(app, task, stamp, stampHere) {
  const dialog = part(app, "report");
  for (const piece of dialog.querySelectorAll("[data-for]")) piece.hidden = piece.dataset.for !== stamp;
  const answer = await ask(app, "report");
  if (!answer) return;
  const given = { text: answer.get("text") ?? "" };
  if (stamp === "reported") given.checked = answer.getAll("checked");
  if (stamp === "cleared") Object.assign(given, { outcome: answer.get("outcome") ?? "", recorder: answer.get("recorder") ?? "" });
  await stampHere(app, task, stamp, given);
  dialog.querySelector("form").reset();
}

export async function supportDialog(app, task) {
  const answer = await ask(app, "supportask");
  if (!answer) return;
  await keepStep("assignment.support", task.matter.id, { assignment: task.id, need: answer.get("need"), text: answer.get("text") ?? "" });
  app.sync();
}
