// The phone, from the first binding to the task in hand: one custom element that shows one of its screens.

import { me, touched } from "./device.js";
import * as lock from "./lock.js";
import { confirmGone, checkLoss, empty, endShift, isOff, isStale, noteOff, send } from "./leaving.js";
import { onChange, refusedFiles, unsentFiles, unsentSteps } from "./outbox.js";
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
import { patrolScreen } from "./patrol.js";
import { findScreen } from "./find.js";
import { directivesScreen } from "./directives.js";
import { dropGround, dropIfNotHeld } from "./ground.js";
import { dropTaken, tidyTaken } from "./taken.js";
import { eraseDrafts } from "./drafts.js";
import { reportPositions } from "./positions.js";
import { ring } from "./ring.js";
import { keepShell } from "./shell.js";
import { drawCalled } from "./called.js";
import { drawTold, takenBack, tellReceived } from "./told.js";
import { drawCheckIn } from "./checkin.js";

const REFRESH_MS = 5_000;
const NO_POST = "people.not_allowed"; // the door of what is new now opens to nobody without a post
const CHOSEN = { aside: asideScreen, talk: talkScreen, places: placesScreen, entry: entryScreen, round: roundScreen, patrol: patrolScreen, find: findScreen, directives: directivesScreen };

class FieldApp extends HTMLElement {
  now = null; // what the server last said, plus steps taken here since
  chosen = null; // screen asked for by the person: one of CHOSEN
  shutFor = null; // why nobody looks in: signed off, a day without contact, reported lost (off, stale, lost)
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
    if (isStale(device)) {
      lock.shut();
      this.shutFor ??= "stale";
    }
    const shut = !device || this.shutFor || !lock.isOpen();
    drawTold(shut ? [] : (this.now?.told ?? []), () => this.took((now) => { now.told = []; }));
    drawCalled(shut ? [] : (this.now?.called ?? []), this);
    if (!device) return bindScreen(this);
    drawCheckIn(shut ? null : this.now?.check_in, this);
    if (shut) return pinScreen(this);
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
    press(this, "patrol", () => this.choose("patrol"));
    press(this, "finding", () => this.choose("find"));
    press(this, "directed", () => this.choose("directives"));
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

  async sync() {
    if (this.busy || this.unlocking) return;
    this.busy = true;
    const open = lock.isOpen();
    await (open ? this.#contact() : this.#whileLocked()).finally(() => { this.busy = false; });
    if (open) await this.show();
  }

  /** Locked, it asks for nothing but whether it was reported lost. */
  async #whileLocked() {
    await confirmGone();
    if (!(await checkLoss())) return;
    this.shutFor = (await me()) ? "lost" : null;
    await this.show();
  }

  /** One contact after the other: what the PIN opens waits for one that is under way. */
  #contact(opening = false) {
    this.contact = Promise.resolve(this.contact).catch(() => null).then(() => (lock.isOpen() ? this.#talk(opening) : null));
    return this.contact;
  }

  /** Unlock while no contact is under way or begins: one may be changing the key. */
  async unlock(pin) {
    this.unlocking = true;
    await this.contact;
    return lock.unlock(pin).finally(() => { this.unlocking = false; });
  }

  /** Send what waits, then ask what is new. Offline, what is shown stays, and says so. */
  async #talk(opening) {
    this.problem = this.shutFor ? "" : this.problem;
    try {
      if (this.shutFor === "lost") return await this.#empty();
      const receipts = await send();
      for (const receipt of receipts ?? []) this.#noted(receipt);
      if (receipts && this.shutFor && (await isOff())) {
        await endShift();
        this.now = null;
        if (!opening) return lock.shut();
      }
      const now = await call("GET", "/field/now.json");
      if ((await unsentSteps()).length === 0) await this.#accept(now, opening);
      this.live = true;
      await touched();
    } catch (fault) {
      this.live = false;
      if (fault.status === 410) await this.#lost();
      else if (fault.code === NO_POST) await this.#leave();
      else if (!fault.offline) this.problem = fault.message;
    }
    return undefined;
  }

  /** The PIN was right. After a sign-off or a day without contact the server is asked before anything is shown. */
  async opened(comeBack = async () => null) {
    if (this.shutFor !== "lost") this.shutFor = isStale(await me()) ? "stale" : (await isOff()) ? "off" : null;
    const first = this.shutFor;
    if (first) await this.#contact(true);
    if (this.shutFor === "off" || (this.shutFor === "stale" && !isStale(await me()))) this.shutFor = null;
    if (this.shutFor === "stale") lock.shut();
    if (!this.shutFor && lock.isOpen()) await comeBack(this);
    await this.show();
    if (first || this.shutFor) return;
    await this.#contact(true);
    await this.show();
  }

  /** The shift has ended, here or at the desk: nobody looks in until the PIN; the key goes when all has gone out. */
  async signedOff() {
    reportPositions(null);
    await noteOff();
    this.shutFor = "off";
    this.chosen = null;
    const now = { ...this.now, shift: null, unit: null, assignments: [], messages: [] };
    await put("kept", { id: "now", ...(await lock.seal(now)) });
    this.now = now;
  }

  async #accept(now, opening) {
    const before = this.now ?? (await this.#lastSeen());
    const known = new Set(before?.assignments.map((task) => task.id));
    const back = takenBack(before, now);
    now.told = [...(before?.told ?? []), ...back];
    if (back.length || now.assignments.some((task) => !known.has(task.id) && task.state === "sent") || newlyDirected(before, now) || newlyCalled(before, now)) ring();
    this.now = now;
    await dropIfNotHeld(now.holds);
    await tidyTaken(now.holds);
    await eraseDrafts(now.holds);
    await put("kept", { id: "now", ...(await lock.seal(now)) });
    await tellReceived(now.assignments, this.chosen || this.shutFor ? null : now.assignments[0]);
    reportPositions(now.shift);
    if (before?.shift && !now.shift && !opening && !this.shutFor) await this.signedOff();
  }

  /** The post has ended: what was taken along goes now, the rest when nothing waits to be sent any more. */
  async #leave() {
    await dropGround();
    await dropTaken();
    await eraseDrafts();
    await remove("kept", "now");
    await remove("kept", "round");
    await remove("kept", "patrol");
    this.now = null;
    this.chosen = null;
    await this.#empty();
  }

  /** Reported lost: nobody looks in any more, and what was kept goes out first. */
  async #lost() {
    reportPositions(null);
    this.shutFor = "lost";
    this.chosen = null;
    await this.#empty();
  }

  async #empty() {
    const gone = await empty().catch((fault) => {
      if (!fault.offline) this.problem = fault.message;
    });
    if (!gone) return;
    this.shutFor = null;
    this.now = null;
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

/** Whether its person was mobilised since. */
function newlyCalled(before, now) {
  const known = new Set(before?.called?.map((one) => one.id));
  return (now.called ?? []).some((one) => !known.has(one.id));
}

/** Whether a directive waits for a signature that did not before. */
function newlyDirected(before, now) {
  const known = new Set(before?.directives?.map((one) => one.id));
  return (now.directives ?? []).some((one) => one.next === "sign" && !known.has(one.id));
}

customElements.define("sw-field", FieldApp);
