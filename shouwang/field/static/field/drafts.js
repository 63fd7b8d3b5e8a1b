// Forms that are being typed: kept sealed and strictly with every change, so that a reload, a lock or a killed browser
// takes nothing away. Gone when sent or thrown away, and when a post ends that they were begun under.

import { all, one, put, remove, write } from "./store.js";
import { newId } from "./bytes.js";
import { isOpen, seal, unseal } from "./lock.js";

const FORM = "draft:";
const FILE = "draftfile:";
const isDraft = ({ id }) => id.startsWith(FORM) || id.startsWith(FILE);

const wanted = new Map(); // what was typed since the last write began, by key
let writing = null;

/** Keep what is typed: {key, holds, open, at, …}. Writes follow each other; what is typed during one goes with the next. */
export function keepDraft(draft) {
  wanted.set(draft.key, { ...draft, at: new Date().toISOString() });
  writing ??= writeAll().finally(() => { writing = null; });
  return writing;
}

async function writeAll() {
  while (wanted.size && isOpen()) {
    const [[key, draft]] = wanted;
    wanted.delete(key);
    await put("kept", { id: FORM + draft.key, ...(await seal(draft)) });
  }
}

/** Every draft, the newest first; a form of the registers has an `act`. */
export async function drafts() {
  if (!isOpen()) return [];
  const kept = (await all("kept")).filter(({ id }) => id.startsWith(FORM));
  const found = await Promise.all(kept.map((row) => unseal(row)));
  return found.sort((a, b) => (a.at < b.at ? 1 : -1));
}

export async function draftOf(key) {
  const kept = await one("kept", FORM + key);
  return kept ? unseal(kept) : null;
}

/** Keep a photo, a signature or a spoken note of a draft. */
export async function keepDraftFile(key, file) {
  const about = { of: key, type: file.type, name: file.name ?? "" };
  await put("kept", { id: FILE + newId(), about, ...(await seal(await file.arrayBuffer())) });
}

const filesOf = async (key) => (await all("kept")).filter(({ about }) => about?.of === key);

/** The files of a draft, in the order in which they were added. */
export async function draftFiles(key) {
  const kept = (await filesOf(key)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return Promise.all(kept.map(async (row) => new File([await unseal(row, true)], row.about.name, { type: row.about.type })));
}

/** What the store holds of a draft, once nothing is being written any more: to be deleted with what takes its place. */
export async function rowsOf(key) {
  wanted.delete(key);
  await writing;
  return [FORM + key, ...(await filesOf(key)).map(({ id }) => id)];
}

export async function dropDraft(key) {
  const rows = await rowsOf(key);
  await write(["kept"], (at) => rows.forEach((id) => at("kept").delete(id)));
}

/** Erase them all; or, where posts are named, those begun under a post that is not held any more. */
export async function eraseDrafts(posts = null) {
  const over = (await drafts()).filter((draft) => !posts || !draft.holds.every((post) => posts.includes(post)));
  for (const draft of over) await dropDraft(draft.key);
  if (!posts) for (const row of (await all("kept")).filter(isDraft)) await remove("kept", row.id);
}
