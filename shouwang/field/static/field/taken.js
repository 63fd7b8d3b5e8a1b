// Residents and units taken along to be put right, each after a look that is on record: only the fields that look gave.
// One goes when its form is kept, when it is put down, after a day, and with the posts it was taken along for.

import { one, put, remove } from "./store.js";
import { isOpen, seal, unseal } from "./lock.js";

const LASTS_MS = 24 * 3_600_000;

/** [{act, list, record, version, told, name, place, at}], the newest first. */
export async function taken() {
  const { records } = await read();
  return records;
}

async function read() {
  const kept = isOpen() ? await one("kept", "taken") : null;
  const found = kept ? await unseal(kept) : { holds: [], records: [] };
  return { ...found, records: found.records.filter((record) => Date.parse(record.at) + LASTS_MS > Date.now()) };
}

async function keep(holds, records) {
  if (records.length) await put("kept", { id: "taken", ...(await seal({ holds, records })) });
  else await dropTaken();
}

/** `posts` are those it is taken along for. */
export async function takeRecord(record, posts) {
  const others = (await taken()).filter((other) => other.record !== record.record);
  await keep(posts, [{ ...record, at: new Date().toISOString() }, ...others]);
}

export async function putDown(key) {
  const { holds, records } = await read();
  await keep(holds, records.filter((record) => record.record !== key));
}

export const dropTaken = () => remove("kept", "taken");

/** What is a day old goes, and everything when a post it was taken along for is not held any more. */
export async function tidyTaken(posts) {
  if (!(await one("kept", "taken"))) return;
  const { holds, records } = await read();
  await keep(holds, holds.every((post) => posts.includes(post)) ? records : []);
}
