// What ends on a phone: a shift, and the phone itself when it was reported lost or the post has ended. What is kept goes out
// first, then the key goes; nobody looks in meanwhile.

import { me } from "./device.js";
import * as lock from "./lock.js";
import { carryRefused, flush, unsentFiles, unsentSteps } from "./outbox.js";
import { one, put, remove } from "./store.js";
import { call } from "./talk.js";

const OFF = "off"; // in the store: a shift has ended, and its key not yet
const GONE = "gone"; // in the store: the key pair of an emptied phone, until the server has heard of it
const CLOCK = "phone.signature";
const LOST = ["lost", "ended"];

/** How many steps and files wait to be sent. */
export const waiting = async () => (await unsentSteps()).length + (await unsentFiles()).length;

export const noteOff = () => put("keys", { id: OFF });
export const isOff = async () => Boolean(await one("keys", OFF));

/** The shift is over and everything has gone out: its key goes. The PIN stays; forms that were begun are behind the new key. */
export async function endShift() {
  await lock.renew(({ id }) => id.startsWith("draft"));
  await remove("keys", OFF);
}

export const isStale = (device) => Boolean(device) && device.contactAt + lock.CONTACT_LIMIT_MS < Date.now();

/** Send what waits. The server takes nothing while this phone's clock has jumped unheard of: a question tells it. */
export async function send() {
  try {
    return await flush();
  } catch (fault) {
    if (fault.code !== CLOCK) throw fault;
    await call("GET", "/field/now.json").catch((told) => { if (told.status !== 410) throw told; });
    return flush();
  }
}

/** Send everything, what was refused too, then forget key and store and say so. False while something still waits. */
export async function empty() {
  await carryRefused();
  if ((await send()) === null) return false;
  await carryRefused();
  if (await waiting()) return false;
  await lock.destroy(GONE);
  await confirmGone();
  return true;
}

/** A locked phone that was reported lost: emptied if nothing waits; else it needs the PIN once more. Whether it is lost. */
export async function checkLoss() {
  const device = await me();
  if (!device) return false;
  const { state } = await call("GET", `/devices/${device.device}/state/`).catch(() => ({}));
  if (!LOST.includes(state)) return false;
  if (!(await waiting())) {
    await lock.destroy(GONE);
    await confirmGone();
  }
  return true;
}

/** The last thing that the key of an emptied phone signs. */
export async function confirmGone() {
  const gone = await one("keys", GONE);
  if (!gone) return;
  try {
    await call("POST", `/devices/${gone.device}/destroyed/`, {}, {}, gone);
  } catch (fault) {
    if (fault.offline) return; // said at the next contact
  }
  await remove("keys", GONE);
}
