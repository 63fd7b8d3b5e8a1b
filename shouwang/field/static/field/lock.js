// The lock on what the phone keeps: a data key that only the PIN can unwrap.
//
// Locked, the phone holds only ciphertext; five wrong PINs make it wait 15 minutes. Destroying the wrapped key
// (lost phone, ended post, sign-off) makes what is left unreadable.

import { all, one, put, write } from "./store.js";
import { toBytes, toText } from "./bytes.js";

const ROUNDS = 600_000; // OWASP 2023 for PBKDF2-HMAC-SHA-256
const WRONG_LIMIT = 5;
const WAIT_MS = 15 * 60_000;
export const CONTACT_LIMIT_MS = 24 * 3_600_000;

let dataKey = null;
let pinKey = null; // wraps the data key; in memory while the store is open

async function keyFromPin(pin, salt) {
  const base = await crypto.subtle.importKey("raw", toBytes(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, { name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const unwrap = (wrapped, key) => crypto.subtle.unwrapKey("raw", wrapped, key, "AES-KW", "AES-GCM", false, ["encrypt", "decrypt"]);

export const isOpen = () => dataKey !== null;
export const hasPin = async () => Boolean(await one("keys", "lock"));

export async function setPin(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", fresh, await keyFromPin(pin, salt), "AES-KW");
  await put("keys", { id: "lock", salt, wrapped, wrong: 0, waitUntil: 0 });
  await unlock(pin);
}

/** Open with the PIN. Returns {ok} or {ok: false, left, waitMs}. */
export async function unlock(pin) {
  const lock = await one("keys", "lock");
  if (!lock) return { ok: false, left: 0, waitMs: 0 };
  if (lock.waitUntil > Date.now()) return { ok: false, left: 0, waitMs: lock.waitUntil - Date.now() };
  try {
    const key = await keyFromPin(pin, lock.salt);
    dataKey = await unwrap(lock.wrapped, key);
    pinKey = key;
    if (lock.wrong) await put("keys", { ...lock, wrong: 0, waitUntil: 0 });
    return { ok: true };
  } catch {
    const wrong = lock.wrong + 1;
    const waitUntil = wrong >= WRONG_LIMIT ? Date.now() + WAIT_MS : 0;
    await put("keys", { ...lock, wrong: waitUntil ? 0 : wrong, waitUntil });
    return { ok: false, left: Math.max(WRONG_LIMIT - wrong, 0), waitMs: waitUntil ? WAIT_MS : 0 };
  }
}

export function shut() {
  dataKey = null;
  pinKey = null;
}

/** Another data key behind the same PIN. What waits to be sent is sealed anew, with the rows of `kept` that `stays` names;
 *  the rest goes with the old key. Only while nobody works here: what is sealed meanwhile could not be read again. */
export async function renew(stays) {
  const bare = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", bare, pinKey, "AES-KW");
  const fresh = await unwrap(wrapped, pinKey);
  const anew = async (row) => ({ ...row, ...(await seal(await unseal(row, true), fresh)) });
  const [steps, files, kept] = await Promise.all(["steps", "files", "kept"].map(all));
  const rows = await Promise.all([steps, files, kept.filter(stays)].map((store) => Promise.all(store.map(anew))));
  const lock = await one("keys", "lock");
  await write(["steps", "files", "kept", "keys"], (at) => {
    at("kept").clear();
    ["steps", "files", "kept"].forEach((name, n) => rows[n].forEach((row) => at(name).put(row)));
    at("keys").put({ ...lock, wrapped });
  });
  dataKey = fresh;
}

/** The key is gone and with it everything kept here, which must have gone out first. The device's own key pair is left under
 *  another name, to sign that it is so. */
export async function destroy(left) {
  shut();
  const device = await one("keys", "device");
  await write(["steps", "files", "kept", "keys"], (at) => {
    for (const name of ["steps", "files", "kept", "keys"]) at(name).clear();
    if (device) at("keys").put({ ...device, id: left });
  });
}

export async function seal(value, key = dataKey) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = value instanceof ArrayBuffer ? value : toBytes(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

export async function unseal({ iv, sealed }, asBytes = false) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, dataKey, sealed);
  return asBytes ? plain : JSON.parse(toText(plain));
}
