// One form of the registers: its fields, photos, a signature, a spoken note; kept whole or not at all. While it is typed it
// is a draft, which outlives the page.

import { draftFiles, draftOf, drafts, dropDraft, keepDraft, keepDraftFile, rowsOf } from "./drafts.js";
import { drawFields, changedFields, readFields } from "./form.js";
import { ground, wrote } from "./ground.js";
import { spokenNote } from "./note.js";
import { checkNumbers } from "./numbers.js";
import { keepStep } from "./outbox.js";
import { fill, part, press, screen } from "./screens.js";
import { signature } from "./signature.js";
import { putDown } from "./taken.js";

let draft = null; // {key, act, list, place, record, told: as typed, files, touched, holds, open}
let drawn = false;

/** Open the form of this list for a place; `record` is what was looked at before: only its fields are asked. */
export async function begin(app, act, list, place, record) {
  const key = `${act}:${record?.record ?? place.id}`;
  return goOn(app, (await draftOf(key)) ?? { key, act, list, place, record, told: null, holds: app.now.holds });
}

/** Go on with a form that was begun before. */
export async function goOn(app, kept) {
  const files = await draftFiles(kept.key);
  draft = { ...kept, files, touched: Boolean(kept.told || files.length), open: true };
  drawn = false;
  app.problem = "";
  return app.choose("entry");
}

/** After the lock: back into the form that was being typed. */
export async function comeBack(app) {
  const left = (await drafts()).find((one) => one.act && one.open);
  if (left && (await ground())) await goOn(app, left);
}

export async function entryScreen(app) {
  const { lists } = (await ground()) ?? {};
  if (!draft || !lists) return app.choose("places");
  const fresh = app.dataset.screen !== "entry";
  screen(app, "entry");
  if (drawn && !fresh) return undefined; // what is being typed stays as it is, whatever is new
  drawn = true;
  const { told } = draft.record ?? {};
  const fields = lists.forms[draft.list].filter((field) => !told || field.name in told);
  const form = part(app, "entryform");
  for (const words of app.querySelectorAll("[data-list]")) words.hidden = words.dataset.list !== draft.list;
  fill(app, { place: draft.place.text, who: draft.record?.name });
  drawFields(part(form, "fields"), fields, draft.told ?? told ?? { from_on: today(), last_check_on: today() }, form.dataset);
  part(form, "unseen").hidden = draft.list !== "dwelling" || Boolean(draft.record);
  drawFiles(app);
  form.oninput = (event) => {
    checkNumbers(form, {}); // what is being mended is not wrong yet
    return event.target.name && typed({ told: readFields(part(form, "fields"), fields) });
  };
  press(app, "back", () => leave(app));
  press(app, "sign", async () => add(app, await signature(app)));
  press(app, "note", async () => add(app, await spokenNote(app)));
  const camera = part(app, "photofile");
  press(app, "photo", () => camera.click());
  camera.onchange = () => {
    add(app, ...camera.files);
    camera.value = "";
  };
  press(app, "keepform", () => {
    checkNumbers(form, form.dataset);
    return form.reportValidity() && keepForm(app, fields, lists.version);
  });
  return scrollTo(0, 0);
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10); // in China

function typed(more) {
  Object.assign(draft, more, { touched: true });
  const { files, ...kept } = draft;
  return keepDraft(kept);
}

async function add(app, ...files) {
  for (const file of files.filter(Boolean)) {
    await keepDraftFile(draft.key, file);
    draft.files.push(file);
  }
  await typed({});
  drawFiles(app);
}

function drawFiles(app) {
  const list = part(app, "kept");
  const count = (kind) => draft.files.filter((file) => kind(file.type)).length;
  const found = { photos: count((type) => type.startsWith("image/") && type !== "image/png"), signed: count((type) => type === "image/png"), spoken: count((type) => type.startsWith("audio/")) };
  list.textContent = Object.entries(found).filter(([, n]) => n).map(([name, n]) => list.dataset[name].replace("{n}", n)).join(" · ");
}

/** Nothing typed or taken is lost by a slip of the thumb: leaving asks first, and may leave it for later. */
async function leave(app) {
  const dialog = part(app, "leaveask");
  if (!draft.touched) return close(app);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue === "later") await typed({ open: false });
    if (dialog.returnValue === "leave") await dropDraft(draft.key);
    if (["later", "leave"].includes(dialog.returnValue)) await close(app);
  };
  return undefined;
}

function close(app) {
  draft = null;
  return app.choose("places");
}

async function keepForm(app, fields, version) {
  const { key, act, place, record, files } = draft;
  const now = readFields(part(app, "fields"), fields);
  const told = record ? changedFields(now, record.told) : now;
  if (Object.keys(told).length === 0 && !files.length) return dropDraft(key).then(() => close(app));
  const given = { address: place.id, record: record?.record ?? null, base: record?.version ?? 0, told };
  await keepStep(act, null, given, { form: version, files, draft: await rowsOf(key) });
  if (record) await (act === "dwelling.edit" ? wrote(place.id, told) : putDown(record.record));
  draft = null;
  await app.choose("places");
  return app.sync();
}
