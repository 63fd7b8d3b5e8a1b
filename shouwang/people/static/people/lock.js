// A staff page locks after a quarter of an hour without hand on it, or when the server says it did (423).
// The question for the password lies over the page; what was typed below stays as it is, unseen until it is answered.
// A registered desk stays open while its shift is on (202). Without a server nothing could be unlocked: nothing locks.

import "/static/people/passkey.js";

const IDLE_MS = 15 * 60_000;
const LOOK_MS = 10_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"];
let lastTouch = Date.now();
let asking = null;
const others = new BroadcastChannel("sw-lock"); // the other tabs of this session

const here = () => encodeURIComponent(location.pathname + location.search);
const token = () => {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
};
const send = (address, body) => fetch(address, {
  method: body === undefined ? "GET" : "POST", body, headers: { "HX-Request": "true", "X-Shouwang-Passive": "1", "X-CSRFToken": token(), Accept: "text/html" },
});

/** Lay the question over the page. */
export async function ask() {
  if (asking) return;
  asking = document.createElement("dialog");
  asking.className = "sw-dialog";
  asking.addEventListener("cancel", (event) => event.preventDefault());
  const answer = await send(`/people/unlock/?next=${here()}`).catch(() => null);
  if (!answer) {
    asking = null;
    return;
  }
  if (!answer.ok || answer.redirected) {
    location.assign(`/people/sign-in/?next=${here()}`);
    return;
  }
  asking.innerHTML = await answer.text();
  document.body.append(asking);
  document.documentElement.dataset.locked = "";
  document.dispatchEvent(new CustomEvent("sw:locked"));
  asking.showModal();
  asking.addEventListener("submit", answerIt);
  asking.addEventListener("sw:proven", (event) => { event.preventDefault(); opened(); });
}

async function answerIt(event) {
  const form = event.target.closest(".sw-unlock");
  if (!form) return;
  event.preventDefault();
  const answer = await send(form.action, new URLSearchParams(new FormData(form))).catch(() => null);
  if (answer?.status === 204) opened();
  else if (answer) asking.innerHTML = await answer.text();
}

function opened() {
  others.postMessage("opened");
  open();
}

function open() {
  asking?.remove();
  asking = null;
  delete document.documentElement.dataset.locked;
  lastTouch = Date.now();
  document.dispatchEvent(new CustomEvent("sw:unlocked"));
}

for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => { if (!asking) lastTouch = Date.now(); }, { passive: true, capture: true });
setInterval(async () => {
  if (asking || Date.now() - lastTouch < IDLE_MS) return;
  const answer = await send("/people/lock/", "").catch(() => null);
  if (answer?.status === 202) lastTouch = Date.now();
  else if (answer) await ask();
}, LOOK_MS);
others.addEventListener("message", open);
document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.xhr.status === 423) ask(); });
document.addEventListener("sw:ended", (event) => {
  event.preventDefault(); // no reload: it would take what was typed along
  ask();
});
