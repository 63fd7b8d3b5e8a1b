// Directives to the person with the phone: sign, start, feed back in words. Each tap is a step, kept where no network is.

import { keepStep } from "./outbox.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";
import { forget, remember } from "./typed.js";

const AFTER = { sign: ["signed", "start"], start: ["started", "feed_back"] }; // what a step leaves behind: state, next

export async function directivesScreen(app) {
  const fresh = app.dataset.screen !== "directives";
  screen(app, "directives");
  const { now } = app;
  fillTop(app, now);
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => app.choose(null));
  const rows = now.directives ?? [];
  part(app, "none").hidden = rows.length > 0;
  if (fresh || shownIn(app) !== keyOf(rows)) await draw(app, rows);
}

/** Drawn anew only when something changed: what is being typed stays. */
const keyOf = (rows) => rows.map((row) => `${row.id} ${row.next}`).join("|");
const shownIn = (app) => part(app, "directives").dataset.shown;

async function draw(app, rows) {
  const list = part(app, "directives");
  const template = list.querySelector("template");
  list.dataset.shown = keyOf(rows);
  for (const old of list.querySelectorAll(":scope > li")) old.remove();
  for (const row of rows) {
    const item = template.content.cloneNode(true).firstElementChild;
    fill(item, { number: row.number, sort: row.sort, gist: row.gist, place: row.place, state: row.state_label, due: row.due && hhmm(row.due) });
    part(item, "said").replaceChildren(...row.said.map(line));
    part(item, "feedback").hidden = row.next !== "feed_back";
    for (const name of ["sign", "start"]) {
      part(item, name).hidden = row.next !== name;
      press(item, name, () => step(app, row, name));
    }
    const form = part(item, "feedback");
    part(item, "effect").replaceChildren(...app.now.directive_effects.map(([value, label]) => new Option(label, value)));
    list.append(item);
    if (row.next === "feed_back") await remember(app, form, `directive ${row.id}`);
    press(item, "feed_back", () => feedBack(app, row, form));
  }
}

function line(text) {
  const item = document.createElement("p");
  item.textContent = text;
  return item;
}

async function step(app, row, name) {
  await keepStep(`directive.${name}`, row.id, {});
  const [state, next] = AFTER[name];
  await app.took((now) => {
    const kept = now.directives.find((one) => one.id === row.id);
    if (kept) Object.assign(kept, { state, next, state_label: app.now.acts[`directive.${name}`] });
  });
}

async function feedBack(app, row, form) {
  const feedback = part(form, "words").value.trim();
  part(form, "ask").hidden = Boolean(feedback);
  if (!feedback) return;
  await keepStep("directive.feed_back", row.id, { effect: part(form, "effect").value, feedback });
  await forget(form, `directive ${row.id}`);
  await app.took((now) => { now.directives = now.directives.filter((one) => one.id !== row.id); });
}
