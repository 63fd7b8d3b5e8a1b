// While a shift is on and this page is open, the phone reports its unit's position and keeps its screen awake.

import { call } from "./talk.js";

const EVERY_MS = 10_000;
const FRESH_MS = 60_000;
let watch = null;
let wake = null;
let latest = null;
let timer = null;
let known = null; // the newest fix of this shift: only this phone draws it
const followers = new Set();
let sent = false; // the first fix of a shift goes out at once, the others every ten seconds

export function reportPositions(shift) {
  if (!shift) return stop();
  if (timer) return undefined;
  keepAwake();
  document.addEventListener("visibilitychange", keepAwake);
  watch = navigator.geolocation?.watchPosition((fix) => {
    const first = latest === null && !sent;
    latest = known = fix;
    for (const follow of followers) follow(fix.coords);
    if (first) send();
  }, () => null, { enableHighAccuracy: true, maximumAge: 5_000 });
  timer = setInterval(send, EVERY_MS);
  return send();
}

function stop() {
  clearInterval(timer);
  timer = null;
  if (watch !== null && watch !== undefined) navigator.geolocation.clearWatch(watch);
  document.removeEventListener("visibilitychange", keepAwake);
  wake?.release().catch(() => null);
  [watch, wake, latest, known, sent] = [null, null, null, null, false];
}

async function keepAwake() {
  if (document.hidden) return;
  wake = await navigator.wakeLock?.request("screen").catch(() => null);
}

async function send() {
  if (!latest) return;
  const { coords, timestamp } = latest;
  const fix = {
    lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy, speed_mps: coords.speed,
    heading_deg: coords.heading, at: new Date(timestamp).toISOString(),
  };
  latest = null;
  sent = true;
  await call("POST", "/field/position/", fix).catch(() => null); // a lost fix is stale soon: the next one follows
}

/** Call `draw(coords)` with the newest fix and each that follows, until `signal` says stop. */
export function follow(draw, signal) {
  followers.add(draw);
  signal.addEventListener("abort", () => followers.delete(draw), { once: true });
  if (known) draw(known.coords);
}

/** The place this phone knows already; a call for help does not wait for a better one. */
export const lastPlace = () => (known && Date.now() - known.timestamp < FRESH_MS ? known.coords : null);

export const here = () => new Promise((resolve) => {
  if (!navigator.geolocation) return resolve(null);
  const options = { maximumAge: 15_000, timeout: 3_000 };
  return navigator.geolocation.getCurrentPosition((fix) => resolve(fix.coords), () => resolve(null), options);
});
