// The phone, from the first binding to the task in hand: one custom element that shows one of its screens.

import { me, touched } from "./device.js";
import * as lock from "./lock.js";
import { flush, onChange, refusedFiles, unsentFiles, unsentSteps } from "./outbox.js";
import { one, put, remove } from "./store.js";
import { call } from "./talk.js";
import { fill, part, press, screen, setText } from "./screens.js";
import { bindScreen } from "./bind.js";
import { pinScreen } from "./pin.js";
import { dutyScreen } from "./duty.js";
import { taskScreen } from "./task.js";
import { asideScreen } from "./aside.js";
import { talkScreen } from "./messages.js";
import { placesScreen } from "./places.js";
import { entryScreen } from "./entry.js";
import { roundScreen } from "./round.js";
import { findScreen } from "./find.js";
import { dropGround, dropIfNotHeld } from "./ground.js";
import { dropTaken, tidyTaken } from "./taken.js";
import { eraseDrafts } from "./drafts.js";
import { reportPositions } from "./positions.js";
import { ring } from "./ring.js";
import { keepShell } from "./shell.js";

const REFRESH_MS = 5_000;
const NO_POST = "people.not_allowed"; // the door of what is new now opens to nobody without a post
const CHOSEN = { aside: asideScreen, talk: talkScreen, places: placesScreen, entry: entryScreen, round: roundScreen, find: findScreen };

class FieldApp extends HTMLElement {
  now = null; // what the server last said, plus steps taken here since
  chosen = null; // screen asked for by the person: one of CHOSEN
  inHand = null; // the visit or stop for which somebody is looked up: its matter

  async connectedCallback() {
    onChange(() => this.#waiting());
    this.stop = new AbortController();
    const { signal } = this.stop;
    addEventListener("online", () => this.sync(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.sync(), { signal });
    await navigator.serviceWorker?.register("/field/worker.js", { scope: "/field/" }).catch(() => null);
    await navigator.storage?.persist?.();
    keepShell();
    await this.show();
    this.timer = setInterval(() => this.sync(), REFRESH_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.stop.abort();
  }

  async show() {
    const device = await me();
    if (!device) return bindScreen(this);
    if (device.contactAt + lock.CONTACT_LIMIT_MS < Date.now()) lock.shut();
    if (!lock.isOpen()) return pinScreen(this);
    this.now ??= (await this.#lastSeen()) ?? null;
    if (!this.now) return screen(this, "first");
    this.dataset.live = this.live ? "yes" : "no"; // the style sheet words it: connected, or no network
    if (CHOSEN[this.chosen]) {
      await CHOSEN[this.chosen](this);
      return this.#waiting();
    }
    const [task] = this.now.assignments;
    await (task ? taskScreen(this, task) : dutyScreen(this));
    press(this, "look", () => this.choose("aside"));
    press(this, "talk", () => this.choose("talk"));
    press(this, "places", () => this.choose("places"));
    press(this, "round", () => this.choose("round"));
    press(this, "finding", () => this.choose("find"));
    return this.#waiting();
  }

  choose(name) {
    this.chosen = name;
    return this.show();
  }

  async #lastSeen() {
    const kept = await one("kept", "now");
    return kept ? lock.unseal(kept) : null;
  }

  /** Send what waits, then ask what is new. Offline, what is shown stays, and says so. */
  async sync() {
    if (!lock.isOpen() || this.busy) return;
    this.busy = true;
    try {
      const receipts = await flush();
      for (const receipt of receipts ?? []) this.#noted(receipt);
      const now = await call("GET", "/field/now.json");
      if ((await unsentSteps()).length === 0) await this.#accept(now);
      this.live = true;
      await touched();
      if (now.lock === "destroy") await this.destroy();
      else if (now.lock === "shut") lock.shut();
    } catch (fault) {
      this.live = false;
      if (fault.status === 401 || fault.status === 410) await this.destroy();
      else if (fault.code === NO_POST) await this.#leave();
      else if (!fault.offline) this.problem = fault.message;
    } finally {
      this.busy = false;
    }
    await this.show();
  }

  async #accept(now) {
    const known = new Set(this.now?.assignments.map((task) => task.id));
    if (now.assignments.some((task) => !known.has(task.id) && task.state === "sent")) ring();
    this.now = now;
    await dropIfNotHeld(now.holds);
    await tidyTaken(now.holds);
    await eraseDrafts(now.holds);
    await put("kept", { id: "now", ...(await lock.seal(now)) });
    reportPositions(now.shift);
  }

  /** The post has ended: what was taken along goes now, the rest when nothing waits to be sent any more. */
  async #leave() {
    await dropGround();
    await dropTaken();
    await eraseDrafts();
    await remove("kept", "now");
    await remove("kept", "round");
    this.now = null;
    this.chosen = null;
    if ((await unsentSteps()).length + (await unsentFiles()).length === 0) await this.destroy();
  }

  #noted(receipt) {
    if (receipt.outcome === "quarantined") this.problem = receipt.message;
  }

  /** Apply a step to what is shown before the server has it; the tray icon says that it is kept here. */
  async took(change) {
    change(this.now);
    await put("kept", { id: "now", ...(await lock.seal(this.now)) });
    await this.show();
    this.sync();
  }

  async destroy() {
    await flush().catch(() => null);
    await lock.destroy();
    this.now = null;
    await this.show();
  }

  async #waiting() {
    const strip = this.querySelector("[data-part=keep]");
    if (!strip || !lock.isOpen()) return;
    const steps = (await unsentSteps()).length;
    const files = await unsentFiles();
    const refused = (await refusedFiles()).length;
    strip.hidden = steps + files.length + refused === 0;
    const spoken = files.some((file) => file.about.type.startsWith("audio/"));
    const words = steps + files.length === 0 ? "refused" : steps === 0 ? "files" : spoken ? "mixed" : files.length ? "both" : "steps";
    const count = words === "refused" ? refused : files.length;
    setText(strip, "count", strip.dataset[words].replace("{steps}", steps).replace("{files}", count));
    part(strip, "willgo").hidden = words === "refused";
    const bar = this.querySelector("[data-part=problem]");
    if (bar) {
      bar.hidden = !this.problem;
      fill(bar, { message: this.problem ?? "" });
    }
  }
}

customElements.define("sw-field", FieldApp);
