// One form of the registers: its fields, photos, a signature, a spoken note; kept whole or not at all.

import { drawFields, changedFields, readFields } from "./form.js";
import { ground, wrote } from "./ground.js";
import { spokenNote } from "./note.js";
import { keepStep } from "./outbox.js";
import { fill, part, press, screen } from "./screens.js";
import { signature } from "./signature.js";
import { putDown } from "./taken.js";

let draft = null; // {act, list, place, record, files}

/** Open the form of this list for a place; `record` is what was looked at before: only its fields are asked. */
export function begin(app, act, list, place, record) {
  draft = { act, list, place, record, files: [], drawn: false };
  app.problem = "";
  return app.choose("entry");
}

export async function entryScreen(app) {
  if (!draft) return app.choose("places");
  screen(app, "entry");
  if (draft.drawn) return undefined; // what is being typed stays as it is, whatever is new
  draft.drawn = true;
  const { lists } = await ground();
  const { told } = draft.record ?? {};
  const fields = lists.forms[draft.list].filter((field) => !told || field.name in told);
  const form = part(app, "entryform");
  for (const words of app.querySelectorAll("[data-list]")) words.hidden = words.dataset.list !== draft.list;
  fill(app, { place: draft.place.text, who: draft.record?.name });
  drawFields(part(form, "fields"), fields, told ?? { from_on: today(), last_check_on: today() }, form.dataset);
  part(form, "unseen").hidden = draft.list !== "dwelling" || Boolean(draft.record);
  drawFiles(app);
  press(app, "back", () => leave(app));
  press(app, "sign", async () => add(app, await signature(app)));
  press(app, "note", async () => add(app, await spokenNote(app)));
  const camera = part(app, "photofile");
  press(app, "photo", () => camera.click());
  camera.onchange = () => {
    add(app, ...camera.files);
    camera.value = "";
  };
  press(app, "keepform", () => form.reportValidity() && keepForm(app, fields, lists.version));
  return scrollTo(0, 0);
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10); // in China

function add(app, ...files) {
  draft.files.push(...files.filter(Boolean));
  drawFiles(app);
}

function drawFiles(app) {
  const list = part(app, "kept");
  const count = (kind) => draft.files.filter((file) => kind(file.type)).length;
  const found = { photos: count((type) => type.startsWith("image/") && type !== "image/png"), signed: count((type) => type === "image/png"), spoken: count((type) => type.startsWith("audio/")) };
  list.textContent = Object.entries(found).filter(([, n]) => n).map(([name, n]) => list.dataset[name].replace("{n}", n)).join(" · ");
}

/** Nothing typed or taken is lost by a slip of the thumb: leaving asks first. */
async function leave(app) {
  const form = part(app, "entryform");
  const dialog = part(app, "leaveask");
  if (!draft.files.length && !form.matches(":has(:user-valid, :user-invalid)")) return close(app);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = () => dialog.returnValue === "leave" && close(app);
  return undefined;
}

function close(app) {
  draft = null;
  return app.choose("places");
}

async function keepForm(app, fields, version) {
  const { act, place, record, files } = draft;
  const now = readFields(part(app, "fields"), fields);
  const told = record ? changedFields(now, record.told) : now;
  if (Object.keys(told).length === 0 && !files.length) return close(app);
  const given = { address: place.id, record: record?.record ?? null, base: record?.version ?? 0, told };
  await keepStep(act, null, given, { form: version, files });
  if (record) await (act === "dwelling.edit" ? wrote(place.id, told) : putDown(record.record));
  draft = null;
  await app.choose("places");
  return app.sync();
}
