// <sw-borders data-form="#borders">: the map on which borders are drawn. It fills in the form beside it and sends it;
// the server shapes, checks and counts, and answers with the form anew. Without the map the form does it all.

import { t } from "/static/ui/i18n.js";
import { addLayers, draw, removeLayers } from "./layers.js";
import { cellFeatures, cornerFeatures, corners, lineFeatures, moved, numberFeatures, read, words } from "./shapes.js";

const REACH_PX = 14;
const MOST_UNDONE = 60;
const HOW = {
  move: () => t("Drag a corner; neighbours that share it come along. Click an area to choose it."),
  add: () => t("Click a border where it is to have a new corner."),
  split: () => t("Click along the line that splits the chosen area; a double click or Enter ends it."),
  draw: () => t("Click round the new area; a double click or Enter closes it."),
  merge: () => t("Click the neighbour that is to become part of the chosen area."),
};

class Borders extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.past = [];
    this.places = [];
    this.mode = "move";
    this.tools = this.querySelector(".tools");
    this.addEventListener("click", (event) => this.#pressed(event), { signal });
    document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.matches?.(this.dataset.form) && this.#read(), { signal });
    document.addEventListener("htmx:beforeRequest", (event) => event.detail.elt.matches?.(this.dataset.form) && this.#remember(event), { signal });
    document.addEventListener("change", (event) => this.#chose(event), { signal });
    document.addEventListener("click", (event) => this.#look(event), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    customElements.whenDefined("sw-map").then(() => this.#start());
  }

  disconnectedCallback() {
    this.stop.abort();
    if (this.map) removeLayers(this.map);
  }

  get form() {
    return document.querySelector(this.dataset.form);
  }

  #start() {
    this.ground = this.querySelector("sw-map");
    this.map = this.ground?.map;
    if (!this.map) {
      this.dataset.off = "";
      this.#read();
      return;
    }
    this.tools.hidden = false;
    this.map.doubleClickZoom.disable();
    this.map.on("style.load", () => this.#styled());
    if (this.map.isStyleLoaded()) this.#styled();
    this.map.on("mousedown", (event) => this.#down(event));
    this.map.on("touchstart", (event) => event.points.length === 1 && this.#down(event));
    this.map.on("click", (event) => this.#clicked(event));
    this.map.on("dblclick", () => this.#finish());
    this.map.on("mousemove", (event) => this.#hover(event));
    this.#take("move");
    this.#read();
  }

  #styled() {
    addLayers(this.map);
    this.styled = true;
    this.#draw();
  }

  /** Take what the form says now: the drawing, its faults, what is chosen. */
  #read() {
    this.drawing = JSON.parse(this.form.elements.drawing.value);
    this.faults = JSON.parse(this.form.dataset.faults).features;
    this.chosen = Number(this.form.elements.chosen?.value ?? this.form.querySelector("[name=chosen]:checked")?.value ?? 0);
    if (![...corners(this.drawing)].some((one) => this.corner && words(one) === words(this.corner))) this.corner = read(this.form.elements.corner.value) ?? null;
    if (!this.map) this.form.querySelector("[data-open-without-map]").open = true;
    this.querySelector("[data-undo]").disabled = !this.past.length;
    this.#draw();
  }

  #draw(drawing = this.drawing) {
    if (!this.styled || !drawing) return;
    draw(this.map, {
      cells: cellFeatures(drawing, this.chosen), faults: this.faults, numbers: numberFeatures(drawing),
      corners: ["move", "add"].includes(this.mode) ? cornerFeatures(drawing, this.corner) : [],
      line: lineFeatures(this.places, this.pointer),
    });
  }

  #take(mode) {
    this.mode = mode;
    this.places = [];
    this.pointer = null;
    for (const button of this.tools.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    this.tools.querySelector("[data-how]").textContent = HOW[mode]();
    this.map.getCanvas().style.cursor = mode === "move" ? "" : "crosshair";
    this.#draw();
  }

  #pressed(event) {
    const button = event.target.closest("button");
    if (button?.dataset.mode) this.#take(button.dataset.mode);
    else if (button && "undo" in button.dataset) this.#undo();
  }

  #key(event) {
    if (event.code === "Enter" && this.places.length && document.activeElement?.matches("canvas, body, [data-mode]")) {
      event.preventDefault();
      this.#finish();
    }
    if (event.code === "Escape" && this.places.length) this.#take(this.mode);
  }

  /** The corner under the pointer, as the drawing has it. */
  #cornerAt({ x, y }) {
    const away = (corner) => { const at = this.map.project(corner); return Math.hypot(at.x - x, at.y - y); };
    const near = [...corners(this.drawing)].map((corner) => ({ corner, px: away(corner) })).filter(({ px }) => px <= REACH_PX);
    return near.sort((a, b) => a.px - b.px)[0]?.corner;
  }

  #down(event) {
    const was = this.mode === "move" ? this.#cornerAt(event.point) : null;
    if (!was) return;
    event.preventDefault();
    this.#chooseCorner(was);
    let to = null;
    const drag = (moving) => { to = [moving.lngLat.lng, moving.lngLat.lat]; this.#draw(moved(this.drawing, was, to)); };
    const drop = () => {
      for (const heard of hearing) heard.unsubscribe();
      if (to) this.#send("move", { corner: words(was), to: words(to) });
    };
    const hearing = [this.map.on("mousemove", drag), this.map.on("touchmove", drag), this.map.on("mouseup", drop), this.map.on("touchend", drop)];
  }

  #hover(event) {
    if (this.places.length) {
      this.pointer = [event.lngLat.lng, event.lngLat.lat];
      this.#draw();
    } else if (this.mode === "move") {
      this.map.getCanvas().style.cursor = this.#cornerAt(event.point) ? "grab" : "";
    }
  }

  #clicked(event) {
    const place = [event.lngLat.lng, event.lngLat.lat];
    const cell = this.map.queryRenderedFeatures(event.point, { layers: ["cells-fill"] })[0]?.properties.number;
    if (this.mode === "add") this.#send("add", { near: words(place) });
    else if (["split", "draw"].includes(this.mode)) this.places.push(place);
    else if (this.mode === "merge" && cell !== undefined && cell !== this.chosen) this.#send("merge", { other: cell });
    else if (this.mode === "move" && cell !== undefined && !this.#cornerAt(event.point)) this.#chooseCell(cell);
    this.#draw();
  }

  #finish() {
    const places = this.places.filter((place, n) => n === 0 || words(place) !== words(this.places[n - 1]));
    if (places.length < 2) return;
    const act = this.mode;
    this.#take("move");
    this.#send(act, { line: places.map(words).join("\n") });
  }

  #chooseCell(number) {
    const radio = this.form.querySelector(`[name=chosen][value="${number}"]`);
    if (!radio || radio.checked) return;
    radio.checked = true;
    this.#send("look", {});
  }

  #chooseCorner(corner) {
    this.corner = corner;
    const list = this.form.elements.corner;
    if (![...list.options].some(({ value }) => value === words(corner))) list.add(new Option(words(corner), words(corner)));
    list.value = words(corner);
    this.#draw();
  }

  #chose(event) {
    if (event.target.form !== this.form) return;
    if (event.target.name === "chosen") this.#send("look", {});
    if (event.target.name === "corner") {
      this.corner = read(event.target.value);
      this.ground?.look?.(this.corner);
      this.#draw();
    }
  }

  #look(event) {
    const button = event.target.closest?.("[data-look]");
    if (button && this.map) this.map.flyTo({ center: read(button.dataset.look), zoom: 17, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 240 });
  }

  /** Fill in the form and send it by the button of that act. */
  #send(act, given) {
    for (const [name, value] of Object.entries(given)) {
      const input = this.form.elements[name];
      if (input.tagName === "SELECT" && ![...input.options].some((one) => one.value === String(value))) input.add(new Option(value, value));
      input.value = value;
    }
    if (act === "move") this.corner = read(given.to);
    this.#button(act).click();
  }

  #button(act) {
    let button = this.form.querySelector(`button[name=act][value=${act}]`);
    if (!button) {
      button = Object.assign(document.createElement("button"), { name: "act", value: act, hidden: true });
      this.form.append(button);
    }
    return button;
  }

  #remember(event) {
    const act = event.detail.requestConfig?.parameters?.act ?? event.detail.requestConfig?.formData?.get("act") ?? "nudge";
    if (["look", "save"].includes(act)) return;
    const drawing = this.form.elements.drawing.value;
    this.past = [...this.past, drawing].slice(-MOST_UNDONE);
    event.detail.xhr.addEventListener("load", () => { if (event.detail.xhr.status >= 400) this.past.pop(); });
  }

  #undo() {
    const drawing = this.past.pop();
    if (!drawing) return;
    this.form.elements.drawing.value = drawing;
    this.#send("look", {});
  }
}

customElements.define("sw-borders", Borders);
