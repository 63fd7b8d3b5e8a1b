// The last board in this browser: fetched every minute, gone at sign-off and while the page is locked.

import { one, put, remove } from "./store.js";
import { keepSeat, seat } from "./cards.js";

const EVERY_MS = 60_000;
const GONE = [401, 403, 423]; // signed off, no desk any more, locked

const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

/** The answer as an object; null where there is none. */
export async function post(address, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.json() : null;
}

export const lastBoard = async () => (await one("board", "kept", "board").catch(() => null)) ?? null;
export const forget = () => remove("board", "kept", "board");

/** Fetch and keep it; what the server told, or null. */
export async function fetchBoard() {
  const headers = { Accept: "application/json", "X-Shouwang-Passive": "1" };
  const answer = await fetch("/desk/fallback/board.json", { headers, cache: "no-store" }).catch(() => null);
  if (!answer) return null;
  if (GONE.includes(answer.status) || answer.redirected) {
    await forget();
    return null;
  }
  if (!answer.ok) return null;
  const told = await answer.json();
  await put("board", "kept", { id: "board", ...told, keptAt: Date.now() });
  if ((await seat()) === null) {
    const given = await post("/desk/fallback/seats/", {});
    if (given) await keepSeat(given.seat);
  }
  return told;
}

/** Keep it fresh; `told(answer)` each time one came. */
export function followBoard(told) {
  const ask = async () => {
    const answer = await fetchBoard();
    if (answer) told(answer);
  };
  ask();
  document.addEventListener("sw:locked", forget); // not only when the server is asked again
  document.addEventListener("sw:unlocked", ask);
  return setInterval(ask, EVERY_MS);
}
