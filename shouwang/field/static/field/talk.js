// Talking to the server as this device. A failed connection throws {offline: true}; a refusal throws {status, message}.

import { me, sign } from "./device.js";
import { newId, sha256hex, toBytes } from "./bytes.js";

export class Offline extends Error {
  offline = true;
}

export class Refused extends Error {
  constructor(status, answer) {
    super(answer?.message ?? String(status));
    this.status = status;
    this.code = answer?.code ?? "";
  }
}

const TIMEOUT_MS = 20_000;

/** One request, signed by the device (this phone's, or the one named): method, path, time, a nonce and the hash of the body. */
export async function call(method, path, body = null, more = {}, as = null) {
  const bytes = body === null ? new ArrayBuffer(0) : body instanceof ArrayBuffer ? body : toBytes(JSON.stringify(body));
  const device = as ?? (await me());
  const sentAt = new Date().toISOString();
  const headers = { Accept: "application/json", ...more };
  if (body !== null) headers["Content-Type"] = body instanceof ArrayBuffer ? "application/octet-stream" : "application/json";
  if (device) {
    const nonce = newId();
    const words = [method, path, sentAt, nonce, await sha256hex(bytes)].join("\n");
    Object.assign(headers, { "X-Device": device.device, "X-Sent-At": sentAt, "X-Nonce": nonce, "X-Signature": await sign(words, device) });
  }
  let response;
  try {
    response = await fetch(path, {
      method, headers, body: body === null ? undefined : bytes, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error",
    });
  } catch {
    throw new Offline("offline");
  }
  if ([502, 503, 504].includes(response.status)) throw new Offline("unavailable");
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
