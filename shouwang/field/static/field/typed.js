// Words typed into a small form of a screen (a report, a hazard, a message): kept like any draft until they are sent.

import { draftOf, dropDraft, keepDraft } from "./drafts.js";

const inputsOf = (host) => [...host.querySelectorAll("input, select, textarea")];
const nameOf = (input) => `${input.name || input.dataset.part}${["checkbox", "radio"].includes(input.type) ? `=${input.value}` : ""}`;
const ticked = (input) => ["checkbox", "radio"].includes(input.type);

/** Put back what was typed into `host` under this key before, and keep what is typed from now on. */
export async function remember(app, host, key) {
  const kept = await draftOf(key);
  for (const input of kept ? inputsOf(host) : []) {
    const value = kept.told[nameOf(input)];
    if (value === undefined) continue;
    if (ticked(input)) input.checked = value;
    else input.value = value;
  }
  host.oninput = () => {
    const told = Object.fromEntries(inputsOf(host).map((input) => [nameOf(input), ticked(input) ? input.checked : input.value]));
    keepDraft({ key, holds: app.now.holds, told });
  };
}

/** It was sent. */
export function forget(host, key) {
  host.oninput = null;
  return dropDraft(key);
}
