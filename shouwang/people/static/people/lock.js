// A staff page locks after a quarter of an hour without hand on it, or when the server says it did (423).
// The question for the password lies over the page; what was typed below stays as it is.

import "/static/people/passkey.js";

const IDLE_MS = 15 * 60_000;
const LOOK_MS = 10_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"];
let lastTouch = Date.now();
let asking = null;

const token = () => {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
};
const send = (address, body) => fetch(address, {
  method: body === undefined ? "GET" : "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token(), Accept: "text/html" },
});

/** Lay the question over the page. */
export async function ask() {
  if (asking) return;
  asking = document.createElement("dialog");
  asking.className = "sw-dialog";
  asking.addEventListener("cancel", (event) => event.preventDefault());
  const answer = await send("/people/unlock/").catch(() => null);
  if (!answer?.ok || answer.redirected) {
    location.assign(`/people/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  asking.innerHTML = await answer.text();
  document.body.append(asking);
  asking.showModal();
  asking.addEventListener("submit", answerIt);
  asking.addEventListener("sw:proven", (event) => { event.preventDefault(); open(); });
}

async function answerIt(event) {
  const form = event.target.closest(".sw-unlock");
  if (!form) return;
  event.preventDefault();
  const answer = await send(form.action, new URLSearchParams(new FormData(form))).catch(() => null);
  if (answer?.status === 204) open();
  else if (answer) asking.innerHTML = await answer.text();
}

function open() {
  asking?.remove();
  asking = null;
  lastTouch = Date.now();
  document.dispatchEvent(new CustomEvent("sw:unlocked"));
}

for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => { if (!asking) lastTouch = Date.now(); }, { passive: true, capture: true });
setInterval(async () => {
  if (asking || document.body.hasAttribute("data-stays-open") || Date.now() - lastTouch < IDLE_MS) return;
  await send("/people/lock/", "").catch(() => null);
  await ask();
}, LOOK_MS);
document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.xhr.status === 423) ask(); });
document.addEventListener("sw:locked", () => ask());
