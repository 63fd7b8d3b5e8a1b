// The local journal: cards that are written while the system is away. What stands on a card is never changed; stamps are
// added once each. The number is that of this browser's seat and a running one, so that no two desks clash.

import { newId } from "./ids.js";
import { all, one, put, write } from "./store.js";
import { encoded } from "./coding.js";

export const STAMPS = ["sent", "arrived", "cleared"];
const OWN_SEATS = 900_000; // a browser that was never given a number draws one from here on
const TAKEN_MS = 24 * 3_600_000; // how long a card that was taken in stays to be looked at

const said = new EventTarget();
export const onChange = (listener) => said.addEventListener("change", listener);
const changed = () => said.dispatchEvent(new Event("change"));

export const numberOf = (card) => `${card.seat}-${String(card.serial).padStart(3, "0")}`;
export const seat = async () => (await one("cards", "kept", "seat"))?.value ?? null;
export const keepSeat = (value) => put("cards", "kept", { id: "seat", value });

/** Cards, the newest first. */
export async function cards() {
  return (await all("cards", "cards")).sort((a, b) => b.writtenAt - a.writtenAt || b.serial - a.serial);
}

export const waiting = async () => (await cards()).filter((card) => !card.taken).reverse();

/** Keep a new card under the next number. Resolves when it is on disk. */
export async function keep(typed, { drill = null } = {}) {
  const now = Date.now();
  const card = { id: newId(), writtenAt: now, drill, kind: "", place: "", words: "", number: "", unit: "", urgency: 3, sent: null, arrived: null, cleared: null, ...typed };
  if (card.unit) card.sent = now;
  const drawn = OWN_SEATS + Math.floor(Math.random() * 99_999);
  await write("cards", (at) => {
    at("kept").get("seat").onsuccess = ({ target: { result: seatKept } }) => {
      at("kept").get("serial").onsuccess = ({ target: { result: last } }) => {
        card.seat = seatKept?.value ?? drawn;
        card.serial = (last?.value ?? 0) + 1;
        if (!seatKept) at("kept").put({ id: "seat", value: card.seat });
        at("kept").put({ id: "serial", value: card.serial });
        at("cards").put(card);
      };
    };
  });
  changed();
  return card;
}

/** Add a stamp that is not on the card yet; `unit` with the first. */
export async function stamp(id, name, unit = "") {
  const now = Date.now();
  await write("cards", (at) => {
    at("cards").get(id).onsuccess = ({ target: { result: card } }) => {
      if (!card || card[name] || (name !== "sent" && !card.sent)) return;
      at("cards").put({ ...card, [name]: now, unit: card.unit || unit, taken: null });
    };
  });
  changed();
}

/** Hand everything in that waits. The server answers for each; a card leaves only when it was taken. False: no answer. */
export async function handIn(post) {
  const kept = await waiting();
  for (let from = 0; from < kept.length; from += 50) {
    const lot = kept.slice(from, from + 50);
    const texts = await Promise.all(lot.map(encoded));
    const answer = await post("/desk/fallback/cards/", { now: new Date().toISOString(), cards: texts });
    if (!answer) return false;
    const told = new Map(answer.receipts.map((receipt) => [receipt.text, receipt]));
    await write("cards", (at) => lot.forEach((card, n) => {
      const receipt = told.get(texts[n]);
      if (receipt) at("cards").put({ ...card, taken: receipt.refused ? null : receipt.state, refused: receipt.refused ?? "" });
    }));
  }
  changed();
  return true;
}

/** Cards that were taken in a day ago are forgotten here. */
export async function tidy() {
  const old = (await cards()).filter((card) => card.taken && Date.now() - card.writtenAt > TAKEN_MS);
  if (old.length) await write("cards", (at) => old.forEach((card) => at("cards").delete(card.id)));
}
