// Keys. Letters act only outside text fields, read from event.code (an input method swallows event.key).
//
// Any element with data-key="KeyN" is pressed by that key; with data-key-focus it is focused instead. `?` opens the
// list (#keys) of what this page knows. A key that disturbs is switched off in the list; that is kept in the browser.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const OFF = "sw-keys-off";
const SHOWN = { Slash: "/", "Shift+Slash": "?", Enter: "↵", NumpadEnter: "↵", "Control+Enter": "⌃↵", Period: ".", ArrowUp: "↑", ArrowDown: "↓", BracketLeft: "[", BracketRight: "]" };
const own = new Map();

const switchedOff = () => new Set(JSON.parse(localStorage.getItem(OFF) ?? "[]"));

/** Bind a key to an act for as long as the page lives; returns a function that unbinds. */
export function onKey(code, act) {
  own.set(code, act);
  return () => own.delete(code);
}

/** "KeyN" → "N", as it stands on the key. */
export const keyName = (code) => SHOWN[code] ?? code.replace(/^Control\+/, "⌃").replace(/^Shift\+/, "⇧").replace(/Key|Digit/, "");

const named = (event) => `${event.ctrlKey || event.metaKey ? "Control+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`;
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;

/** A focused control keeps its Enter; the row that is chosen already passes it on to the primary step. */
function pressable(element) {
  const control = element.closest?.("button, a, summary, [role=button]");
  return control && !control.matches("[data-row][aria-current]");
}

function found(name) {
  const open = document.querySelector("dialog[open]");
  return [...(open ?? document).querySelectorAll(`[data-key~="${name}"]`)].find((one) => visible(one) && !one.disabled);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.defaultPrevented) return;
  const typing = event.target.matches?.(TYPING);
  if (typing && !event.ctrlKey && !event.metaKey && event.code !== "F6") return;
  if (["Enter", "Space"].includes(event.code) && pressable(event.target)) return; // theirs
  const name = named(event);
  if (switchedOff().has(name)) return;
  if (name === "Shift+Slash" && document.querySelector("#keys")) {
    event.preventDefault();
    list();
    return;
  }
  const act = document.querySelector("dialog[open]") ? null : own.get(name);
  if (act) {
    if (act(event) !== false) event.preventDefault();
    return;
  }
  const element = found(name);
  if (!element) return;
  event.preventDefault();
  if (element.hasAttribute("data-key-focus")) element.focus();
  else element.click();
});

/** The list of keys: those the page names, and every button that carries one; each can be switched off. */
function list() {
  const dialog = document.querySelector("#keys");
  const place = dialog.querySelector("[data-part=keys]");
  for (const made of place.querySelectorAll("[data-made]")) made.remove();
  const off = switchedOff();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (!visible(element) || dialog.contains(element)) continue;
    const words = element.getAttribute("aria-label") ?? [...element.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("").trim();
    if (words) place.append(line(element.dataset.key.split(" ")[0], words, off));
  }
  if (!dialog.open) dialog.showModal();
}

function line(code, words, off) {
  const row = document.createElement("li");
  row.dataset.made = "";
  row.innerHTML = '<span><kbd></kbd></span><label class="sw-check"><input type="checkbox"> <span></span></label>';
  row.querySelector("kbd").textContent = keyName(code);
  row.querySelector("label span").textContent = words;
  const box = row.querySelector("input");
  box.checked = !off.has(code);
  box.onchange = () => {
    const now = switchedOff();
    if (box.checked) now.delete(code);
    else now.add(code);
    localStorage.setItem(OFF, JSON.stringify([...now]));
  };
  return row;
}
