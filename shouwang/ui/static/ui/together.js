// Parts of a page that the same news concern are fetched together: one request for all of them, one at a time.
//
// <main data-together-from="/desk/parts/?show=mine"> with <div data-together="queue"> in it asks ?show=mine&of=queue,…
// and is answered { queue: html, … }. What is no HTML is handed to the element's own show(data), as to <sw-map>.

import htmx from "/static/vendor/htmx.esm.js";
import { held, letGo, markNew } from "./holding.js";
import { patch } from "./patching.js";

const AGAIN_MS = 3_000;
const TYPING = ":is(input, textarea, select):focus";
const wanted = new Set();
let asking = false;

/** Fetch this part again, with all others that are wanted at the same moment. */
export function renew(place) {
  wanted.add(place);
  if (asking) return;
  asking = true;
  queueMicrotask(askAll);
}

async function askAll() {
  try {
    while (wanted.size) {
      const places = [...wanted].filter((place) => place.isConnected);
      wanted.clear();
      if (places.length && !(await ask(places))) setTimeout(() => places.forEach(renew), AGAIN_MS);
    }
  } finally {
    asking = false; // whatever went wrong, the next news is fetched
  }
}

/** False when nothing came, and it is worth asking again. */
async function ask(places) {
  const address = new URL(places[0].closest("[data-together-from]").dataset.togetherFrom, location.href);
  address.searchParams.set("of", [...new Set(places.map((place) => place.dataset.together))].join());
  const headers = { Accept: "application/json", "X-Shouwang-Passive": "1" };
  const answer = await fetch(address, { headers }).catch(() => null);
  if (!answer?.ok) return answer !== null && answer.status < 500; // signed off or locked: the stream says so
  const parts = await answer.json().catch(() => null);
  if (!parts) return false;
  for (const place of places) {
    const drawn = parts[place.dataset.together];
    if (typeof drawn === "string") draw(place, drawn);
    else if (drawn) customElements.whenDefined(place.localName).then(() => place.show(drawn)); // its module may come later
  }
  return true;
}

/** Draw a part anew, unless it is as it was, somebody is typing in it, or its rows would jump under a hand. */
function draw(place, drawn) {
  if (place.querySelector(TYPING)) {
    setTimeout(renew, AGAIN_MS, place);
    return;
  }
  if (place.drawn === drawn) {
    letGo(place);
    return;
  }
  if (held(place, drawn, () => renew(place))) return;
  markNew(place);
  place.drawn = drawn;
  patch(place, drawn);
  htmx.trigger(place, "htmx:afterSettle", { target: place, elt: place, requestConfig: { verb: "get" } });
}
