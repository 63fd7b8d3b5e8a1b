// What ties the desk together: the chosen row, the map, keys that move, the lost line.

import { onKey } from "/static/ui/keys.js";

const map = () => document.querySelector("sw-map");

let told = ""; // what the map knows of the chosen matter: news do not bring it back from where somebody moved it

/** The chosen matter: lamp on its row and on the map. Rows are redrawn often, so this runs after every swap. */
function mark(anew = false) {
  const panel = document.querySelector("#panel");
  const chosen = panel?.dataset.chosen;
  for (const row of document.querySelectorAll("[data-row]")) {
    const on = row.dataset.row === chosen;
    row.classList.toggle("on", on);
    if (on) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  const now = `${chosen}|${panel?.dataset.point}`;
  if (!map()?.choose || (now === told && !anew)) return;
  told = now;
  map().choose(chosen ?? null, panel?.dataset.point?.split(",").map(Number) ?? null);
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("on"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  next.scrollIntoView({ block: "nearest" });
  next.click();
}

for (const code of ["KeyJ", "ArrowDown"]) onKey(code, () => move(1));
for (const code of ["KeyK", "ArrowUp"]) onKey(code, () => move(-1));
onKey("F6", () => region(1));
onKey("Shift+F6", () => region(-1));

const REGIONS = [".queue .scroll", "sw-map", "#matter", ".cmd input"];
function region(step) {
  const places = REGIONS.map((name) => document.querySelector(name)).filter(Boolean);
  const at = places.findIndex((place) => place.contains(document.activeElement));
  places[(at + step + places.length) % places.length]?.focus();
}

document.addEventListener("htmx:afterSettle", () => {
  mark();
  if (document.querySelector("#stepform form")) document.querySelector("#stepform :is(input:not([type=hidden]), select, textarea)")?.focus();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "matter") return;
  mark(event.detail.requestConfig.triggeringEvent?.type !== "sw:refresh"); // at once: Enter on the row that was just chosen sends
  document.querySelector(".desk")?.setAttribute("data-pane", "matter");
  const first = event.detail.target.querySelector("[autofocus]");
  if (first) first.focus();
  else if (event.detail.requestConfig.verb === "post") document.activeElement?.blur?.();
  const list = document.querySelector(".cmdlist");
  if (list && event.detail.requestConfig.elt?.closest?.(".cmd")) {
    list.replaceChildren();
    document.querySelector(".cmd input").value = "";
    document.querySelector(".cmd input").blur();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const line = event.target.closest?.("[data-typed]");
  if (line && event.key === "Enter") {
    event.preventDefault();
    line.dispatchEvent(new CustomEvent("sw:read"));
  }
  if (event.key === "Escape" && event.target.closest?.(".cmd")) {
    document.querySelector(".cmdlist").replaceChildren();
    event.target.blur();
  }
  const form = event.target.closest?.(".intake");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const pane = event.target.closest("[data-pane-to]");
  if (pane) document.querySelector(".desk")?.setAttribute("data-pane", pane.dataset.paneTo);
  const shown = event.target.closest("[data-shows]");
  if (shown && map()) {
    event.preventDefault();
    map().look?.(shown.dataset.shows.split(",").map(Number));
  }
  const clear = event.target.closest("[data-clears]");
  if (clear) document.querySelector(clear.dataset.clears)?.replaceChildren();
});

// Crews move: driving times of the chosen matter are asked for again, at most every ten seconds, never while typing.
let asked = 0;
document.addEventListener("sw:positions", () => {
  const panel = document.querySelector("#panel");
  if (!panel?.querySelector(".cands, .sec .sw-acts") || Date.now() - asked < 10_000) return;
  if (document.querySelector("#matter")?.matches(":focus-within, :hover")) return;
  asked = Date.now();
  panel.dispatchEvent(new CustomEvent("sw:refresh"));
});

document.addEventListener("sw:chosen", (event) => document.querySelector(`#row-${CSS.escape(event.detail.id)}`)?.click());
document.addEventListener("sw:line", (event) => {
  const strip = document.querySelector("[data-part=lost]");
  if (strip) strip.hidden = event.detail.live;
});

mark();
