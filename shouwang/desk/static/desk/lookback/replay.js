// <sw-replay data-source data-from data-to>: a stretch of the past, true to time, 1 to 60 times as fast.
//
// Positions come in pages of minutes, those before and after the cursor; between two positions of one stretch a crew
// moves on the line, and where a gap lies it is nowhere. Keys: space, arrows, 1–4.

import { t } from "/static/ui/i18n.js";
import { onKey } from "/static/ui/keys.js";

const SPEEDS = [1, 5, 20, 60];
const STEP_MS = 10_000;
const PAGE_MS = 600_000;
const KEPT_PAGES = 12;
const DRAW_MS = 200;
const LINES = 8;
const SHAPES = { sent: "sign", signed: "way", departed: "way", arrived: "scene", reported: "scene" };
const ENDS = new Set(["cleared", "returned", "recalled"]);
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "[]");
const collection = (features) => ({ type: "FeatureCollection", features });
const twoDigits = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });

/** Words of an event as colleagues say it. */
function wordsOf(event) {
  const words = {
    new: t("call came in"), closed: t("call closed"), message: t("message"), sent: t("sent"), signed: t("signed"),
    departed: t("set out"), arrived: t("on scene"), reported: t("reported"), cleared: t("cleared"), returned: t("given back"), recalled: t("recalled"),
  };
  return words[event.what] ?? event.what;
}

class Replay extends HTMLElement {
  connectedCallback() {
    this.start = Date.parse(this.dataset.from);
    this.end = Date.parse(this.dataset.to);
    this.at = this.start;
    this.speed = 20;
    this.pages = new Map();
    this.events = read("lb-known").map((one) => ({ ...one, ms: Date.parse(one.at) }));
    this.stretches = new Map(Object.entries(read("lb-stretches")).map(([unit, parts]) => [unit, parts.map((one) => one.map(Date.parse))]));
    this.rows = [...this.querySelectorAll("[data-unit]")].map((row) => ({ id: row.dataset.unit, name: row.querySelector("th").textContent, state: row.querySelector("[data-part=state]"), place: row.querySelector("[data-part=place]") }));
    this.names = new Map(this.rows.map((row) => [row.id, row.name]));
    this.map = this.querySelector("sw-map");
    this.axis = this.querySelector(".lb-axis");
    this.addEventListener("click", (event) => this.#pressed(event));
    this.axis.addEventListener("pointerdown", (event) => this.#pointed(event));
    this.unbind = [
      onKey("Space", () => this.toggle()),
      onKey("ArrowLeft", () => this.go(this.at - STEP_MS)),
      onKey("ArrowRight", () => this.go(this.at + STEP_MS)),
      onKey("Shift+ArrowLeft", () => this.#event(-1)),
      onKey("Shift+ArrowRight", () => this.#event(1)),
      ...SPEEDS.map((speed, index) => onKey(`Digit${index + 1}`, () => this.pace(speed))),
    ];
    this.go(this.start);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    for (const unbind of this.unbind) unbind();
  }

  toggle() {
    if (this.timer) this.stop();
    else if (this.at < this.end) {
      this.last = performance.now();
      this.timer = setInterval(() => this.#tick(), DRAW_MS);
    }
    this.#said();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.#said();
  }

  pace(speed) {
    this.speed = speed;
    for (const one of this.querySelectorAll("[data-speed]")) one.setAttribute("aria-pressed", String(Number(one.dataset.speed) === speed));
  }

  go(ms) {
    this.at = Math.max(this.start, Math.min(this.end, ms));
    if (this.at >= this.end && this.timer) this.stop();
    this.#draw();
  }

  /** As much of the past as time went by, times the speed; while a page is on its way time stands still. */
  #tick() {
    const now = performance.now();
    const gone = (now - this.last) * this.speed;
    this.last = now;
    if (this.pages.get(this.#pageAt(this.at)) instanceof Promise) return;
    this.go(this.at + gone);
  }

  #event(way) {
    const next = way > 0 ? this.events.find((one) => one.ms > this.at) : this.events.findLast((one) => one.ms < this.at);
    if (next) this.go(next.ms);
  }

  #pressed(event) {
    const button = event.target.closest("button");
    if (button?.dataset.speed) this.pace(Number(button.dataset.speed));
    if (button?.dataset.act === "play") this.toggle();
    if (button?.dataset.act === "back") this.#event(-1);
    if (button?.dataset.act === "on") this.#event(1);
  }

  #pointed(event) {
    const svg = this.axis.querySelector("svg");
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    this.go(this.start + (Math.max(0, Math.min(1000, point.x)) / 1000) * (this.end - this.start));
  }

  #pageAt(ms) {
    return this.start + Math.floor((Math.min(ms, this.end - 1) - this.start) / PAGE_MS) * PAGE_MS;
  }

  /** The page the cursor is on and the next; the oldest are let go. */
  #fetch() {
    const here = this.#pageAt(this.at);
    for (const from of [here, here + PAGE_MS]) {
      if (from >= this.end || this.pages.has(from)) continue;
      const asked = fetch(`${this.dataset.source}?from=${encodeURIComponent(new Date(from).toISOString())}`, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
        .then((page) => this.#came(from, page))
        .catch(() => {
          this.pages.delete(from);
          this.lost = true;
          this.stop();
        });
      this.pages.set(from, asked);
    }
    for (const from of [...this.pages.keys()].slice(0, -KEPT_PAGES)) if (from !== here) this.pages.delete(from);
  }

  #came(from, page) {
    this.lost = false;
    const fixes = Object.entries(page.fixes).map(([unit, line]) => [unit, line.map(([at, lon, lat, heading]) => [Date.parse(at), lon, lat, heading])]);
    this.pages.set(from, new Map(fixes));
    this.#draw();
  }

  /** [lon, lat, heading] at this moment; null where a gap lies, undefined where it never reported. */
  #where(unit) {
    const parts = this.stretches.get(unit);
    if (!parts) return undefined;
    const part = parts.find(([from, to]) => from <= this.at && this.at <= to);
    if (!part) return null;
    const here = this.#pageAt(this.at);
    const pages = [this.pages.get(here), this.pages.get(here + PAGE_MS)].filter((one) => one instanceof Map);
    const line = pages.flatMap((one) => one.get(unit) ?? []).sort((a, b) => a[0] - b[0]);
    const before = line.findLast(([ms]) => ms <= this.at && ms >= part[0]);
    const after = line.find(([ms]) => ms > this.at && ms <= part[1]);
    if (!before) return null;
    if (!after) return before.slice(1);
    const share = (this.at - before[0]) / (after[0] - before[0]);
    return [before[1] + (after[1] - before[1]) * share, before[2] + (after[2] - before[2]) * share, before[3]];
  }

  #draw() {
    this.#fetch();
    const known = this.events.filter((one) => one.ms <= this.at);
    const tasks = new Map();
    for (const one of known) if (one.unit && one.what !== "message") tasks.set(one.unit, ENDS.has(one.what) ? null : one);
    const features = [];
    for (const row of this.rows) {
      const task = tasks.get(row.id);
      const where = this.#where(row.id);
      row.state.textContent = task ? `${wordsOf(task)} · ${task.number}` : t("no task");
      row.place.textContent = where ? `${where[1].toFixed(5)}, ${where[0].toFixed(5)}` : where === null ? t("not known") : t("never reported");
      if (!where) continue;
      const properties = { name: row.name, status: task ? SHAPES[task.what] : "free", fixed: true, words: task ? String(task.number) : "", heading_deg: where[2] };
      features.push({ type: "Feature", id: row.id, properties, geometry: { type: "Point", coordinates: where.slice(0, 2) } });
    }
    if (typeof this.map?.show === "function") this.map.show({ units: collection(features) });
    else customElements.whenDefined("sw-map").then(() => this.map?.show({ units: collection(features) }));
    this.#list(known.slice(-LINES).reverse());
    this.#said();
  }

  #list(lines) {
    const list = this.querySelector("[data-part=said]");
    const key = lines.map((one) => one.at + one.what).join();
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...lines.map((one) => {
      const line = document.createElement("li");
      const who = one.unit ? `${this.names.get(one.unit) ?? ""} ` : "";
      line.textContent = `${twoDigits.format(one.ms)} ${who}${wordsOf(one)}${one.number ? ` ${one.number}` : ""} · ${one.words}`;
      return line;
    }));
  }

  #said() {
    const share = (this.at - this.start) / (this.end - this.start);
    const clock = twoDigits.format(this.at);
    this.querySelector("[data-part=clock]").textContent = this.lost ? `${clock} ${t("the next minutes could not be fetched")}` : clock;
    this.querySelector("[data-act=play]").textContent = this.timer ? t("Stop") : t("Play");
    const cursor = this.querySelector("[data-part=cursor]");
    cursor.setAttribute("x1", (share * 1000).toFixed(2));
    cursor.setAttribute("x2", (share * 1000).toFixed(2));
    this.axis.setAttribute("aria-valuenow", String(Math.round(share * 1000)));
    this.axis.setAttribute("aria-valuetext", clock);
  }
}

customElements.define("sw-replay", Replay);
