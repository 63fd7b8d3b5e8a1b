// <sw-blur>: frames drawn over a photo by pointer or keyboard; saving has the copy made again without what they cover.
//
// Frames are [left, top, right, bottom] as shares of width and height, as the server keeps them. A frame that has the
// focus moves with the arrow keys and grows with Shift.

const LEAST = 0.01;
const STEP = 0.02;
const ASK_MS = 1_000;
const PATIENCE = 30;

const clamp = (value) => Math.min(1, Math.max(0, value));

class Blur extends HTMLElement {
  connectedCallback() {
    this.kept = JSON.parse(document.getElementById("boxes")?.textContent ?? "[]");
    this.frames = [];
    this.picture = this.querySelector(".picture");
    this.image = this.querySelector("img");
    this.image.draggable = false;
    this.image.addEventListener("error", () => this.#waitForCopy());
    if (this.image.complete && !this.image.naturalWidth) this.#waitForCopy();
    if (!this.querySelector("[data-act=save]")) return;
    this.picture.addEventListener("pointerdown", (event) => this.#begin(event));
    this.picture.addEventListener("keydown", (event) => this.#key(event));
    this.querySelector("[data-act=save]").addEventListener("click", () => this.#save());
    this.querySelector("[data-act=back]").addEventListener("click", () => this.#change(() => this.frames.pop()));
    this.querySelector("[data-act=middle]").addEventListener("click", () => {
      this.#change(() => this.frames.push([0.4, 0.4, 0.6, 0.6]));
      this.picture.querySelector(".frame:last-child")?.focus();
    });
    this.#draw();
  }

  #share(event) {
    const room = this.image.getBoundingClientRect();
    return [clamp((event.clientX - room.left) / room.width), clamp((event.clientY - room.top) / room.height)];
  }

  #begin(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const [x, y] = this.#share(event);
    const frame = [x, y, x, y];
    this.frames.push(frame);
    this.picture.setPointerCapture(event.pointerId);
    const moved = (next) => {
      const [nx, ny] = this.#share(next);
      frame.splice(0, 4, Math.min(x, nx), Math.min(y, ny), Math.max(x, nx), Math.max(y, ny));
      this.#draw();
    };
    this.picture.addEventListener("pointermove", moved);
    const end = () => {
      this.picture.removeEventListener("pointermove", moved);
      this.#change(() => { this.frames = this.frames.filter(([l, t, r, b]) => r - l >= LEAST && b - t >= LEAST); });
    };
    this.picture.addEventListener("pointerup", end, { once: true });
    this.picture.addEventListener("pointercancel", end, { once: true });
  }

  #key(event) {
    const frame = this.frames[Number(event.target.dataset?.n)];
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!frame || !by) return;
    event.preventDefault();
    const n = event.target.dataset.n;
    if (!event.shiftKey) [frame[0], frame[1]] = [clamp(frame[0] + by[0]), clamp(frame[1] + by[1])];
    frame[2] = Math.max(frame[0] + LEAST, clamp(frame[2] + by[0]));
    frame[3] = Math.max(frame[1] + LEAST, clamp(frame[3] + by[1]));
    this.#draw();
    this.picture.querySelector(`[data-n="${n}"]`)?.focus();
  }

  #change(act) {
    act();
    this.#draw();
  }

  #draw() {
    for (const frame of this.picture.querySelectorAll(".frame")) frame.remove();
    for (const box of this.kept) this.picture.append(this.#frame(box, null));
    this.frames.forEach((box, n) => this.picture.append(this.#frame(box, n)));
    for (const name of ["save", "back"]) this.querySelector(`[data-act=${name}]`).disabled = !this.frames.length;
  }

  #frame([left, top, right, bottom], n) {
    const element = document.createElement("span");
    element.className = n === null ? "frame kept" : "frame";
    if (n !== null) {
      element.tabIndex = 0;
      element.dataset.n = n;
    }
    Object.assign(element.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${(right - left) * 100}%`, height: `${(bottom - top) * 100}%` });
    return element;
  }

  async #save() {
    const boxes = [...this.kept, ...this.frames];
    const headers = { "Content-Type": "application/json", ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") };
    const answer = await fetch(this.dataset.action, { method: "POST", headers, body: JSON.stringify({ boxes }) }).catch(() => null);
    if (!answer?.ok) return this.#say(this.dataset.failed);
    [this.kept, this.frames] = [boxes, []];
    this.#draw();
    return this.#waitForCopy();
  }

  async #waitForCopy() {
    if (this.waiting) return;
    this.waiting = true;
    this.#say(this.dataset.waiting);
    const address = `${this.image.src.split("?")[0]}?${Date.now()}`;
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      await new Promise((done) => setTimeout(done, ASK_MS));
      const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
      if (!answer?.ok) continue;
      this.image.src = URL.createObjectURL(await answer.blob());
      this.#say("");
      this.waiting = false;
      return;
    }
    this.#say(this.dataset.failed);
    this.waiting = false;
  }

  #say(words) {
    this.querySelector("[data-slot=said]").textContent = words;
  }
}

customElements.define("sw-blur", Blur);

const where = document.querySelector(".where sw-map");
if (where) customElements.whenDefined("sw-map").then(() => where.look(where.dataset.point.split(",").map(Number)));
