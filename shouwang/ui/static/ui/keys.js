// Keys. Letters act only outside text fields, read from event.code (an input method swallows event.key).
//
// Any element with data-key="KeyN" is pressed by that key; data-key="Slash" data-key-focus is focused instead.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const own = new Map();

/** Bind a key to an act for as long as the page lives; returns a function that unbinds. */
export function onKey(code, act) {
  own.set(code, act);
  return () => own.delete(code);
}

const named = (event) => `${event.ctrlKey || event.metaKey ? "Control+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`;
const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.altKey) return;
  const name = named(event);
  const typing = event.target.matches?.(TYPING);
  if (typing && !event.ctrlKey && !event.metaKey && event.code !== "F6") return;
  if (event.target.closest?.("dialog[open]") && name !== "Escape" && !typing) {
    const inside = event.target.closest("dialog[open]").querySelector(`[data-key="${name}"]`);
    if (!inside) return;
  }
  const act = own.get(name);
  if (act) {
    if (act(event) !== false) event.preventDefault();
    return;
  }
  const element = [...document.querySelectorAll(`[data-key~="${name}"]`)].find(shown);
  if (!element) return;
  event.preventDefault();
  if (element.hasAttribute("data-key-focus")) element.focus();
  else element.click();
});
