// Messages between the crew and its desk: read ones carry the time they were read, unsent ones say so.

import { keepStep, unsentSteps } from "./outbox.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";
import { call } from "./talk.js";
import { forget, remember } from "./typed.js";

const SAY = "unit.say";

export async function talkScreen(app) {
  const fresh = app.dataset.screen !== "talk";
  screen(app, "talk");
  fillTop(app, app.now);
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => app.choose(null));
  press(app, "say", () => say(app));
  part(app, "sayform").hidden = !app.now.shift;
  if (fresh) await remember(app, part(app, "sayform"), "say");
  await drawMessages(app);
}

async function say(app) {
  const field = part(app, "saytext");
  const text = field.value.trim();
  if (!text) return;
  const [task] = app.now.assignments;
  const { id, claimedAt } = await keepStep(SAY, task?.matter.id ?? null, { text });
  field.value = "";
  await forget(part(app, "sayform"), "say");
  await remember(app, part(app, "sayform"), "say");
  await app.took((now) => now.messages.push({ id, at: claimedAt, from: now.unit?.name ?? "", text, mine: true, read: true }));
}

/** Newest first. Marked as read when they stand on the screen of an open phone. */
export async function drawMessages(app) {
  const list = part(app, "messages");
  const row = list.querySelector("template");
  const unsent = new Set((await unsentSteps()).map((step) => step.id));
  for (const old of list.querySelectorAll("li")) old.remove();
  for (const message of app.now.messages.toReversed()) {
    const item = row.content.cloneNode(true).firstElementChild;
    fill(item, { at: hhmm(message.at), from: message.from, text: message.text, mark: markOf(message, unsent, list.dataset) });
    list.append(item);
  }
  part(app, "quiet").hidden = app.now.messages.length > 0;
  const unread = app.now.messages.filter((message) => !message.read).map((message) => message.id);
  if (unread.length && !document.hidden) await call("POST", "/field/messages/read/", { messages: unread }).catch(() => null);
}

function markOf(message, unsent, words) {
  if (unsent.has(message.id)) return words.unsent;
  if (!message.mine) return "";
  return message.read_at ? words.read.replace("{at}", hhmm(message.read_at)) : words.sent;
}
