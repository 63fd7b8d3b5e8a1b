// <sw-sound>: four rhythms, each repeated until acknowledged, each with the same words on the screen.
//
// What is open is said by the page (<sw-alerts> of the desk); only a call for help sounds before the page has asked.
// A button inside ([data-slot=word]) switches sound off for five minutes; what would have sounded is counted and shown.

import { t } from "./i18n.js";

const RHYTHMS = { // [start s, length s, pitch Hz]
  new: [[0, 0.12, 880], [0.18, 0.12, 880], [0.36, 0.2, 1175]],
  unsigned: [[0, 0.3, 587], [0.4, 0.3, 587]],
  sos: [[0, 0.15, 1319], [0.2, 0.15, 988], [0.4, 0.15, 1319], [0.6, 0.15, 988], [0.8, 0.15, 1319]],
  lost: [[0, 0.6, 330]],
};
const AGAIN_MS = 8_000;
const MUTE_MS = 300_000;

class Sound extends HTMLElement {
  #open = new Map();
  #mutedUntil = 0;
  #unheard = 0;

  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("click", () => this.mute(), { signal });
    this.addEventListener("keydown", (event) => { if (event.key === "Enter" && this.tabIndex >= 0) this.mute(); }, { signal });
    document.addEventListener("sw:live", ({ detail }) => { if (detail.topic === "unit.sos") this.alert("sos"); }, { signal });
    document.addEventListener("sw:line", (event) => (event.detail.live ? this.acknowledge("lost") : this.alert("lost")), { signal });
    document.addEventListener("sw:acknowledged", (event) => this.acknowledge(event.detail), { signal });
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.#wake(), { signal });
    this.timer = setInterval(() => this.#again(), 1_000);
    this.#draw();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.stop.abort();
  }

  /** Start a rhythm: new, unsigned, sos or lost. */
  alert(name) {
    if (!this.#open.has(name)) this.#open.set(name, 0);
    this.#again();
  }

  /** One sounding that waits for no answer. */
  once(name) {
    this.dataset.once = name;
    if (this.#mutedUntil < Date.now()) this.#play(RHYTHMS[name]);
    else this.#unheard += 1;
    this.#draw();
  }

  /** Somebody has seen it. Also by a "sw:acknowledged" event with the name. */
  acknowledge(name) {
    this.#open.delete(name);
    this.#draw();
  }

  mute() {
    this.#mutedUntil = this.#mutedUntil > Date.now() ? 0 : Date.now() + MUTE_MS;
    this.#unheard = 0;
    this.#draw();
  }

  #again() {
    const now = Date.now();
    for (const [name, last] of this.#open) {
      if (now - last < AGAIN_MS) continue;
      this.#open.set(name, now);
      if (this.#mutedUntil < now) this.#play(RHYTHMS[name]);
      else this.#unheard += 1;
    }
    this.#draw();
  }

  #draw() {
    const left = Math.ceil((this.#mutedUntil - Date.now()) / 60_000);
    const off = left > 0;
    this.dataset.muted = off ? "yes" : "no";
    this.dataset.alerts = [...this.#open.keys()].join(" ");
    const word = this.querySelector("[data-slot=word]");
    if (!word) return;
    const waits = this.context ? this.context.state === "suspended" : !navigator.userActivation.hasBeenActive;
    this.dataset.waits = waits ? "yes" : "no";
    const text = off ? t("Sound off, {minutes} min, {n} unheard", { minutes: left, n: this.#unheard })
      : waits ? t("Sound waits for a key or a tap") : t("Sound on");
    if (word.textContent !== text) word.textContent = text;
  }

  #context() {
    try {
      this.context ??= new AudioContext();
    } catch {
      return null; // no sound device: the words on the screen remain
    }
    return this.context;
  }

  /** A browser lets a page sound only after a key or a tap; until then the switch says so. What waits sounds with the
   *  next look around: drawn at once, the switch would move away under the very tap. */
  #wake() {
    if (this.context?.state === "running") return;
    this.#context()?.resume();
    for (const name of this.#open.keys()) this.#open.set(name, 0);
  }

  #play(notes) {
    const context = this.#context();
    if (!context || context.state === "suspended") return;
    for (const [start, length, pitch] of notes) {
      const from = context.currentTime + start;
      const tone = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.25, from + 0.01);
      volume.gain.linearRampToValueAtTime(0, from + length);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + length);
    }
  }
}

customElements.define("sw-sound", Sound);
