// The lock on what the phone keeps: a data key that only the PIN can unwrap.
//
// Locked, the phone holds only ciphertext; five wrong PINs make it wait 15 minutes. Destroying the wrapped key
// (lost phone, ended post, sign-off) makes what is left unreadable.

import { one, put, remove, wipe } from "./store.js";
import { toBytes, toText } from "./bytes.js";

const ROUNDS = 600_000; // OWASP 2023 for PBKDF2-HMAC-SHA-256
const WRONG_LIMIT = 5;
const WAIT_MS = 15 * 60_000;
export const CONTACT_LIMIT_MS = 24 * 3_600_000;

let dataKey = null;

async function keyFromPin(pin, salt) {
  const base = await crypto.subtle.importKey("raw", toBytes(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, { name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

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
    dataKey = await crypto.subtle.unwrapKey("raw", lock.wrapped, key, "AES-KW", "AES-GCM", false, ["encrypt", "decrypt"]);
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
}

/** The key is gone and with it everything kept here. Unsent steps must have gone out first. */
export async function destroy() {
  shut();
  await remove("keys", "lock");
  await wipe();
}

export async function seal(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = value instanceof ArrayBuffer ? value : toBytes(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, dataKey, plain) };
}

export async function unseal({ iv, sealed }, asBytes = false) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, dataKey, sealed);
  return asBytes ? plain : JSON.parse(toText(plain));
}
