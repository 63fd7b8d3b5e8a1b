// This phone as a device: a P-256 key pair that cannot leave it.

import { one, put } from "./store.js";
import { toBase64url, toBytes } from "./bytes.js";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

export const me = () => one("keys", "device");

export async function makeKey() {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
  return { pair, publicKey: toBase64url(spki) };
}

export async function keep(deviceId, pair, person) {
  await put("keys", { id: "device", device: deviceId, pair, person, boundAt: Date.now(), contactAt: Date.now() });
}

export async function sign(text, as = null) {
  const device = as ?? (await me());
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, device.pair.privateKey, toBytes(text));
  return toBase64url(signature);
}

/** Remember that the server answered just now. */
export async function touched() {
  const device = await me();
  if (device) await put("keys", { ...device, contactAt: Date.now() });
}
