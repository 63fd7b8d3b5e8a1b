// Steps, photos and spoken notes that wait to be sent. A tap is kept on disk before the page says so; it leaves only when the
// server has answered for it.

import { all, one, put, remove, write } from "./store.js";
import { newId, sha256hex } from "./bytes.js";
import { me, sign, touched } from "./device.js";
import { seal, unseal } from "./lock.js";
import { call } from "./talk.js";

const FORM = 1;
const BATCH = 20;
const PARTS = [16, 32, 64, 128, 256].map((kib) => kib * 1024); // on a poor line small ones: what breaks off is sent again
const SOON_MS = 1_000;
const LATE = "evidence.late";
const NOT_EVEN_SO = [400, 413, 415]; // empty, too large, not a photo
let size = 1; // which of PARTS goes well at present

const said = new EventTarget();
export const onChange = (listener) => said.addEventListener("change", listener);
const changed = () => said.dispatchEvent(new Event("change"));

/** Keep one step: signed, sealed, on disk, its files with it or not at all; in the same write the rows of what it was
 *  typed as go, its `draft`. Resolves when it is kept. */
export async function keepStep(act, matter, given = {}, { form = FORM, files = [], draft = [], claimedAt = new Date().toISOString() } = {}) {
  const step = await signedStep(act, matter, given, form, claimedAt);
  const { id } = step;
  const sealed = await Promise.all(files.map((file) => sealedFile(id, file)));
  await write(["steps", "files", "kept"], (at) => {
    at("steps").put(step);
    for (const file of sealed) at("files").put(file);
    for (const row of draft) at("kept").delete(row);
  });
  changed();
  return { id, claimedAt };
}

async function signedStep(act, matter, given, form, claimedAt) {
  const device = await me();
  const id = newId();
  const body = JSON.stringify({ id, device: device.device, matter, act, given, claimed_at: claimedAt, form });
  return { id, act, matter, claimedAt, ...(await seal({ body, signature: await sign(body) })) };
}

/** Keep a photo or a spoken note of a matter. */
export async function keepFile(matter, file) {
  const sealed = await sealedFile(matter, file);
  await put("files", sealed);
  changed();
  return sealed.id;
}

async function sealedFile(matter, file) {
  const bytes = await file.arrayBuffer();
  const id = newId();
  const about = { matter, type: file.type, name: file.name ?? "", size: bytes.byteLength, sha256: await sha256hex(bytes) };
  return { id, about, keptAt: new Date().toISOString(), ...(await seal(bytes)) };
}

/** Try a file again that was refused, or throw it away: its author decides, nothing else drops it. */
export async function retryFile(id) {
  const { refused, ...file } = await one("files", id);
  await put("files", file);
  changed();
}

export async function dropFile(id) {
  await remove("files", id);
  changed();
}

/** On a phone that is to be emptied: a file that its matter takes no more goes with a step of its own, which lies aside. What is
 *  no photo at all, or too large for anybody, is not taken even so: its step says what it was. */
export async function carryRefused() {
  for (const { refused, status, ...file } of await refusedFiles()) {
    const { about, carried } = file;
    if (carried && NOT_EVEN_SO.includes(status)) await remove("files", file.id);
    else if (carried) await put("files", file);
    else {
      const step = await signedStep(LATE, about.matter, about, FORM, file.keptAt);
      await write(["steps", "files"], (at) => {
        at("steps").put(step);
        at("files").put({ ...file, carried: true, about: { ...about, matter: step.id } });
      });
    }
  }
  changed();
}

const byId = (one, other) => (one.id < other.id ? -1 : 1);
export const unsentSteps = async () => (await all("steps")).sort(byId);
const keptFiles = async () => (await all("files")).sort(byId);
export const unsentFiles = async () => (await keptFiles()).filter((file) => !file.refused);
export const refusedFiles = async () => (await keptFiles()).filter((file) => file.refused);

/** Send what waits, oldest first. Returns the receipts, or null when there is no network. */
export async function flush() {
  const receipts = [];
  try {
    for (;;) {
      const batch = (await unsentSteps()).slice(0, BATCH);
      if (!batch.length) break;
      const steps = await Promise.all(batch.map((step) => unseal(step)));
      const device = await me();
      const answer = await call("POST", "/field/steps/", { device: device.device, steps });
      for (const receipt of answer.receipts) await remove("steps", receipt.id);
      receipts.push(...answer.receipts);
      if (!answer.receipts.length) break;
    }
    for (const file of await unsentFiles()) await tryFile(file);
    await touched();
  } catch (fault) {
    if (!fault.offline) throw fault;
    return null;
  } finally {
    changed();
  }
  return receipts;
}

/** A file that the server will not take stays here with the reason, and holds up nothing behind it. */
async function tryFile(file) {
  try {
    await sendFile(file);
  } catch (fault) {
    if (fault.offline || fault.status === 401 || fault.status >= 500) throw fault;
    await put("files", { ...file, refused: fault.message, status: fault.status });
  }
}

/** One file in parts; what has arrived already is not sent again. */
async function sendFile(file) {
  const { about, id } = file;
  const begun = await call("POST", "/evidence/uploads/", { id, size: about.size, sha256: about.sha256 });
  const bytes = begun.received < about.size ? await unseal(file, true) : null;
  for (let offset = begun.received; offset < about.size; ) offset += await sendPart(id, bytes, offset);
  await call("POST", `/evidence/uploads/${id}/evidence/`, { matter: about.matter });
  await remove("files", id);
}

/** The next part; larger ones while they arrive soon, smaller ones after one broke off. How many bytes went. */
async function sendPart(id, bytes, offset) {
  const part = bytes.slice(offset, offset + PARTS[size]);
  const headers = { "Upload-Offset": String(offset), "Part-SHA256": await sha256hex(part) };
  const began = Date.now();
  try {
    await call("POST", `/evidence/uploads/${id}/parts/`, part, headers);
  } catch (fault) {
    size = 0;
    throw fault;
  }
  size = Date.now() - began < SOON_MS ? Math.min(size + 1, PARTS.length - 1) : Math.max(size - 1, 0);
  return part.byteLength;
}
