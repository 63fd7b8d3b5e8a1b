// "Have a look": what waits to be sent, what was refused and why, and what was kept aside with its reason.

import { dropFile, refusedFiles, retryFile, unsentFiles, unsentSteps } from "./outbox.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";

export async function asideScreen(app) {
  screen(app, "aside");
  fillTop(app, app.now);
  press(app, "back", () => app.choose(null));
  const steps = await unsentSteps();
  const files = await unsentFiles();
  const refused = await refusedFiles();
  const words = part(app, "rows").dataset;
  const kept = [
    ...steps.map((step) => ({ at: step.claimedAt, what: app.now.acts[step.act] ?? step.act, why: words.unsent })),
    ...files.map((file) => ({ at: file.keptAt, what: called(file, words), why: words.unsent })),
    ...refused.map((file) => ({ at: file.keptAt, what: called(file, words), why: file.refused, id: file.id })),
    ...app.now.aside.map((step) => ({ at: step.at, what: step.what, why: step.why })),
  ];
  const list = part(app, "rows");
  const row = list.querySelector("template");
  for (const old of list.querySelectorAll("li")) old.remove();
  for (const one of kept) {
    const item = row.content.cloneNode(true).firstElementChild;
    fill(item, { at: hhmm(one.at), what: one.what, why: one.why });
    part(item, "choice").hidden = !one.id;
    press(item, "again", () => retryFile(one.id).then(() => app.sync()));
    press(item, "drop", () => dropFile(one.id).then(() => app.show()));
    list.append(item);
  }
  part(app, "empty").hidden = kept.length > 0;
}

const called = (file, words) => (file.about.type.startsWith("audio/") ? words.spoken : words.photo);
