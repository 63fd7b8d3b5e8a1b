// What was taken along for the day: field lists, the addresses of one grid, visits, and dwellings looked at before.
// Sealed like everything on this phone; gone when the posts it was taken along for are no longer held.

import { one, put, remove } from "./store.js";
import { isOpen, seal, unseal } from "./lock.js";
import { call } from "./talk.js";
import { takeMap } from "./tiles.js";

const AT_ONCE = 20;
const MOST = 120; // dwellings of one building

let held = null;

/** {lists, holds, grids, grid, places, box, visits, records} or null. */
export async function ground() {
  if (!held && isOpen()) {
    const kept = await one("kept", "ground");
    held = kept ? await unseal(kept) : null;
  }
  return held;
}

async function keep(found) {
  held = found;
  await put("kept", { id: "ground", ...(await seal(found)) });
}

/** Fetch the ground anew, of this grid or the first one. What was looked at and is still there stays. The map comes
 *  while one goes on; `mapped` is called when it is here, or when it stopped coming. */
export async function takeGround(grid, mapped = () => undefined) {
  const found = await call("GET", grid ? `/field/ground.json?grid=${grid}` : "/field/ground.json");
  const there = new Set(found.places.map((place) => place.id));
  const records = (held?.records ?? []).filter((record) => there.has(record.address));
  await keep({ ...found, records, map: false });
  takeMap(found.box).then(async (map) => {
    if (held?.at !== found.at) return; // put down, or another one taken meanwhile
    await keep({ ...held, map });
    mapped();
  });
}

/** Look at the dwellings of these addresses, for a visit. Each look is on record before anything comes. */
export async function takeDwellings(addresses) {
  for (let from = 0; from < Math.min(addresses.length, MOST); from += AT_ONCE) {
    const lot = addresses.slice(from, from + AT_ONCE);
    const { records } = await call("POST", "/field/dwellings/", { addresses: lot });
    await keep({ ...held, records: [...held.records.filter((record) => !lot.includes(record.address)), ...records] });
  }
}

/** What was written here is what is shown here, from now on; the version it rests on stays the one that was taken. */
export async function wrote(address, told) {
  const records = held.records.map((record) => (record.address === address ? { ...record, told: { ...record.told, ...told } } : record));
  await keep({ ...held, records });
}

export async function dropGround() {
  held = null;
  await remove("kept", "ground");
}

/** Drop it when it was taken along for posts that are no longer the ones held. */
export async function dropIfNotHeld(posts) {
  const found = await ground();
  if (found && found.holds.join() !== posts.join()) await dropGround();
}
