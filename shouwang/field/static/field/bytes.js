// Bytes, text and base64url.

export const toText = (bytes) => new TextDecoder().decode(bytes);
export const toBytes = (text) => new TextEncoder().encode(text);

export function toBase64url(buffer) {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export async function sha256hex(buffer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

let lastMs = 0;
let counter = 0;

/** A UUIDv7, made here so that a step has its final key without a network. */
export function newId() {
  const now = Date.now();
  if (now > lastMs) [lastMs, counter] = [now, Math.floor(Math.random() * 0x400)];
  else counter += 1;
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = (random[0] & 0x3f) | 0x80;
  const head = lastMs.toString(16).padStart(12, "0");
  const tail = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const middle = (0x7000 | (counter & 0xfff)).toString(16);
  return `${head.slice(0, 8)}-${head.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
