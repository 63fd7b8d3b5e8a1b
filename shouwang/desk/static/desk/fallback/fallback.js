// <sw-fallback>: the local journal. Lies over the desk while the system is away or a drill is practised, and is the whole
// of the stand-in page. data-shell: there is no desk below it.

import { fetchBoard, followBoard, forget, lastBoard, post } from "./board.js";
import { cards, handIn, keep, numberOf, onChange, stamp, tidy, waiting } from "./cards.js";
import { drawBoard } from "./showing.js";
import { onJournalKeys } from "./typing.js";
import { print, sheet } from "./paper.js";
import { keepShell } from "./shell.js";
import { watch } from "./watch.js";
import { time } from "./words.js";

const [DESK, SHELL] = ["/desk/", "/desk/fallback/"]; // the stand-in page at its own address stands in for the desk
const OLDEST_BOARD_MS = 12 * 3_600_000; // a shift: what is older is nobody's board any more
const CARRIED = { kind: "id_subkind", place: "id_place_text", words: "id_words", number: "id_number" };

class Fallback extends HTMLElement {
  #mode = ""; // "", down, back, drill
  #drill = "";
  #chosen = null;

  connectedCallback() {
    this.shell = this.hasAttribute("data-shell");
    this.form = this.querySelector("form");
    onChange(() => this.#draw());
    onJournalKeys(this, {
      keep: () => this.#keep(), move: (step) => this.#move(step), stamp: (name, unit) => this.#stamp(name, unit),
      print: () => this.#print(), leave: () => this.#leave(), on: () => this.#on(),
    });
    this.querySelector("[data-part=print]").onclick = () => this.#print();
    this.querySelector("[data-part=leave]").onclick = () => this.#leave();
    document.querySelector("[data-part=practise]")?.addEventListener("click", () => this.#turn("drill"));
    watch((up) => this.#turned(up), { up: !this.shell });
    addEventListener("beforeprint", () => this.#lay());
    if (this.shell) this.#turn("down");
    else this.#begin();
  }

  async #begin() {
    keepShell().catch(() => null);
    await tidy();
    if ((await waiting()).length) await handIn(post);
    this.following = followBoard((told) => this.#told(told));
  }

  disconnectedCallback() {
    clearInterval(this.following);
  }

  /** What the server told with the board: whether a drill is on, how many cards wait. */
  #told({ drill, waiting: waits }) {
    this.#owe(waits);
    const ended = this.#drill && !drill;
    this.#drill = drill;
    const strip = document.querySelector("[data-part=drill]");
    if (strip) strip.hidden = !drill || this.#mode === "drill";
    if (ended && this.#mode === "drill") this.#leave();
    else if (ended) handIn(post);
  }

  async #turned(up) {
    if (!up) return this.#turn("down");
    if (this.shell) return location.pathname === SHELL ? location.replace(DESK) : location.reload(); // the page that was asked for hands the cards in
    await handIn(post);
    if (this.#mode === "down") this.#turn("back");
    const told = await fetchBoard();
    if (told) this.#told(told);
  }

  /** Cards of this office, of any desk, wait for somebody to enter them. */
  #owe(waits) {
    const strip = document.querySelector("[data-part=owed]");
    if (!strip) return;
    strip.hidden = waits === 0;
    strip.querySelector("[data-slot=owed]").textContent = String(waits);
  }

  async #turn(mode) {
    if (mode === "down") this.since = document.querySelector("sw-live")?.since ?? Date.now();
    if (mode === "down" && this.#mode === "") this.#carry();
    this.#mode = mode;
    this.dataset.mode = mode;
    this.hidden = mode === "";
    for (const place of document.querySelectorAll("body > header, body > nav, body > main")) place.inert = mode !== "" && !this.shell;
    if (mode) {
      this.#say("since", time(this.since ?? Date.now()));
      await this.#board();
      await this.#draw();
      if (mode === "back") this.querySelector("[data-part=on]").focus();
      else this.form.elements.kind.focus();
    }
  }

  /** What was being typed into a call goes on here. */
  #carry() {
    for (const [name, id] of Object.entries(CARRIED)) {
      const field = document.getElementById(id);
      if (!field?.closest("form.intake") || !field.value) continue;
      this.form.elements[name].value = field.selectedOptions?.[0]?.textContent ?? field.value;
    }
    const line = document.getElementById("line")?.value;
    if (line && !this.form.elements.words.value) this.form.elements.words.value = line;
  }

  async #keep() {
    const { kind, place, words, number, urgency, unit } = this.form.elements;
    const typed = Object.fromEntries([kind, place, words, number, unit].map((field) => [field.name, field.value.trim()]));
    if (!Object.values(typed).some(Boolean)) return;
    const level = Number(urgency.value.normalize("NFKC"));
    const card = await keep({ ...typed, urgency: [1, 2, 3, 4].includes(level) ? level : 3 }, { drill: this.#mode === "drill" ? this.#drill : null });
    this.#chosen = card.id;
    this.form.reset();
    kind.focus();
    this.#say("kept", numberOf(card));
    this.querySelector("[data-part=kept]").hidden = false;
    this.#draw();
  }

  #move(step) {
    const rows = [...this.querySelectorAll("[data-card]")];
    const at = rows.findIndex((row) => row.dataset.card === this.#chosen);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (!next) return;
    this.#chosen = next.dataset.card;
    this.#draw();
    next.scrollIntoView({ block: "nearest" });
  }

  async #stamp(name, unit) {
    if (this.#chosen) await stamp(this.#chosen, name, unit);
  }

  async #mine() {
    const practised = this.#mode === "drill";
    return (await cards()).filter((card) => Boolean(card.drill) === practised && (!practised || card.drill === this.#drill));
  }

  async #draw() {
    if (!this.#mode) return;
    const mine = await this.#mine();
    this.#chosen ??= mine[0]?.id ?? null;
    const row = this.querySelector("[data-part=row]");
    this.querySelector("[data-part=cards]").replaceChildren(...mine.map((card) => this.#row(card, row)));
    this.querySelector("[data-part=none]").hidden = mine.length > 0;
    this.#say("count", String(mine.length));
    await this.#lay(mine);
  }

  #row(card, template) {
    const drawn = template.content.firstElementChild.cloneNode(true);
    drawn.dataset.card = card.id;
    drawn.onclick = () => { this.#chosen = card.id; this.#draw(); };
    if (card.id === this.#chosen) drawn.setAttribute("aria-current", "true");
    const told = { no: numberOf(card), written: time(card.writtenAt), urgency: card.urgency, refused: card.refused ?? "" };
    for (const name of ["kind", "place", "words", "number", "unit"]) told[name] = card[name];
    for (const [slot, text] of Object.entries(told)) drawn.querySelector(`[data-slot=${slot}]`).textContent = text;
    for (const name of ["sent", "arrived", "cleared"]) {
      const place = drawn.querySelector(`[data-slot=${name}]`);
      place.textContent = time(card[name]) || "—";
      place.closest("span").classList.toggle("done", Boolean(card[name]));
    }
    drawn.querySelector("[data-part=taken]").hidden = !card.taken;
    return drawn;
  }

  /** Sheets lie ready, so that the printing of the browser has them too. */
  async #lay(mine) {
    if (!this.#mode) return;
    const template = document.querySelector("[data-part=sheet]");
    const place = document.querySelector("[data-part=paper]");
    const shown = [...(mine ?? (await this.#mine()))].reverse();
    place.replaceChildren(...(await Promise.all(shown.map((card) => sheet(card, template)))));
    place.dataset.laid = shown.map((card) => `${numberOf(card)}${card.sent ?? ""}${card.arrived ?? ""}${card.cleared ?? ""}`).join();
  }

  async #print() {
    await print([...(await this.#mine())].reverse(), document.querySelector("[data-part=paper]"), document.querySelector("[data-part=sheet]"));
  }

  async #leave() {
    if (this.#mode === "down") return;
    if (this.#mode === "drill") await handIn(post);
    this.#turn("");
    const strip = document.querySelector("[data-part=drill]");
    if (strip) strip.hidden = !this.#drill;
  }

  #on() {
    if (this.#mode === "back") location.assign(this.dataset.catchUp);
  }

  async #board() {
    const kept = await lastBoard();
    const place = this.querySelector("[data-part=board]");
    if (kept && Date.now() - kept.keptAt > OLDEST_BOARD_MS) await forget();
    drawBoard(place, kept && Date.now() - kept.keptAt <= OLDEST_BOARD_MS ? kept : null);
    const units = this.querySelector("datalist[data-part=units]");
    units.replaceChildren(...(kept?.board.crews ?? []).map((crew) => Object.assign(document.createElement("option"), { value: crew.name })));
  }

  #say(slot, text) {
    for (const place of this.querySelectorAll(`[data-slot=${slot}]`)) place.textContent = text;
  }
}

customElements.define("sw-fallback", Fallback);
