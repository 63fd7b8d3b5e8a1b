// <sw-live>: one event stream for the page. Says truthfully whether what is shown is live.
//
// Any element with data-live="matter assignment" is refreshed when a topic begins with one of these words, paced; one
// with data-live-of="…" only by news of that matter, unless it answers the act that is told (data-entry). With
// data-together it is fetched by together.js, else by its own hx-get with hx-trigger="sw:refresh". Events go out on
// document as "sw:live", positions as "sw:positions", the line as "sw:line".

import { inHand } from "./newest.js";
import { renew } from "./together.js";

const SILENT_MS = 5_000;
const DEAD_MS = 15_000; // open but dumb: a proxy that died
// On a busy evening news comes ten times a second, to every desk at once: each gathers for a while of its own length, or all
// would ask in the same moment, again and again.
const GATHER_MS = [50, 250];
const PACE_MS = [1_200, 1_600];
const within = ([least, most]) => least + (most - least) * Math.random();
const OF_MATTERS = ["matter", "assignment", "notice"];
const owed = new Set(); // places whose news waits until they are drawn or a hand is gone
const AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000];

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const every = (selector, act) => document.querySelectorAll(selector).forEach(act);

class Live extends HTMLElement {
  #source = null;
  #heard = Date.now();
  #tries = 0;
  #news = [];
  #next = 0;

  connectedCallback() {
    this.#open();
    this.watch = setInterval(() => this.#look(), 1_000);
    this.unlocked = () => this.#open();
    document.addEventListener("sw:unlocked", this.unlocked);
  }

  disconnectedCallback() {
    document.removeEventListener("sw:unlocked", this.unlocked);
    clearInterval(this.watch);
    clearTimeout(this.again);
    clearTimeout(this.gathering);
    this.#source?.close();
  }

  #open() {
    this.#source?.close();
    // EventSource itself sends Last-Event-ID when it reconnects; a source that had to be made anew says it by address.
    const address = new URL(this.dataset.src ?? "/live/", location.href);
    if (this.last) address.searchParams.set("last", this.last);
    this.#source = new EventSource(address);
    this.#source.onopen = () => this.#opened();
    this.#source.onerror = () => this.#failed();
    this.#source.addEventListener("beat", (event) => this.#beat(event));
    this.#source.addEventListener("reload", () => this.#all());
    this.#source.addEventListener("ended", () => this.#ended());
    this.#source.onmessage = (event) => this.#message(event);
    this.#source.addEventListener("positions", (event) => this.#positions(JSON.parse(event.data)));
  }

  #opened() {
    this.#all(); // what was missed, also between the page and the stream, is fetched as it stands now
    this.#tries = 0;
    this.#alive();
  }

  #failed() {
    this.#tries += 1;
    if (this.#source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    clearTimeout(this.again);
    this.again = setTimeout(() => this.#open(), AGAIN_MS[Math.min(this.#tries - 1, AGAIN_MS.length - 1)]);
  }

  /** The session is locked or over: people/lock.js asks in place; a screen without it begins anew. */
  #ended() {
    this.#source.close();
    if (document.dispatchEvent(new CustomEvent("sw:ended", { cancelable: true }))) location.reload();
  }

  #beat(event) {
    const sentAt = Number(event.data);
    if (sentAt) this.delay = Math.max(0, Date.now() / 1000 - sentAt);
    this.#alive();
  }

  #alive() {
    this.#heard = Date.now();
    if (this.dataset.state === "live") return;
    this.dataset.state = "live";
    document.documentElement.dataset.line = "live";
    every("[data-part=lost]", (strip) => { strip.hidden = true; });
    tell("sw:line", { live: true });
  }

  #look() {
    const age = Date.now() - this.#heard;
    pay();
    every("[data-live-delay]", (place) => { place.textContent = (this.delay ?? 0).toFixed(1); });
    if (age < SILENT_MS) return;
    if (this.dataset.state !== "lost") this.#lost();
    every("[data-lost-tries]", (place) => { place.textContent = String(Math.max(1, this.#tries)); });
    if (age > DEAD_MS && this.#source.readyState === EventSource.OPEN) {
      this.#heard = Date.now() - SILENT_MS;
      this.#tries += 1;
      this.#open();
    }
  }

  #lost() {
    this.dataset.state = "lost";
    this.since = this.#heard;
    document.documentElement.dataset.line = "lost";
    const time = new Date(this.since).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
    every("[data-lost-since]", (place) => { place.textContent = time; });
    every("[data-part=lost]", (strip) => { strip.hidden = false; });
    tell("sw:line", { live: false, since: this.since });
    if (this.#source.readyState === EventSource.CLOSED) this.#failed();
  }

  #message(event) {
    const said = JSON.parse(event.data);
    this.last = event.lastEventId || this.last;
    this.#alive();
    tell("sw:live", said);
    this.#news.push(said);
    this.gathering ??= setTimeout(() => this.#refresh(), Math.max(within(GATHER_MS), this.#next - Date.now()));
  }

  #positions(fixes) {
    this.#alive();
    tell("sw:positions", fixes);
  }

  #refresh() {
    this.gathering = null;
    this.#next = Date.now() + within(PACE_MS);
    const news = this.#news.splice(0);
    every("[data-live]", (place) => {
      if (news.some((said) => concerns(place, said))) refreshed(place);
    });
  }

  #all() {
    every("[data-live]", refreshed);
  }
}

function concerns(place, { topic, subject, entry }) {
  const word = topic.split(".")[0];
  const { live, liveOf } = place.dataset;
  if (!live.split(" ").includes(word) || (liveOf && subject !== liveOf && OF_MATTERS.includes(word))) return false;
  return !liveOf || !place.querySelector(`[data-entry="${CSS.escape(entry)}"]`); // the answer to one's own act came first
}

/** Refresh a fragment: at once, or when it is drawn and nobody is typing in it or in what it would replace. */
function refreshed(place) {
  if (place.dataset.together) {
    renew(place);
    return;
  }
  const target = place.getAttribute("hx-target");
  const replaced = (target && document.querySelector(target)) || place;
  if (place.classList.contains("htmx-request") || inHand(replaced)) owed.add(replaced);
  else place.dispatchEvent(new CustomEvent("sw:refresh"));
}

function pay() {
  for (const place of [...owed]) {
    if (inHand(place)) continue;
    owed.delete(place);
    if (place.isConnected) (place.matches("[data-live]") ? [place] : place.querySelectorAll("[data-live]")).forEach(refreshed);
  }
}

// What is drawn now was read before that news, and htmx forgets what an element asks that is no longer there.
document.addEventListener("htmx:afterSettle", pay);
document.addEventListener("sw:owed", ({ target }) => owed.add(target));

// What the page asks by itself keeps no empty chair signed in, and waits behind what somebody asks for (front).
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.triggeringEvent?.type === "sw:refresh" || detail.elt.matches("[data-passive]")) detail.headers["X-Shouwang-Passive"] = "1";
});

customElements.define("sw-live", Live);
