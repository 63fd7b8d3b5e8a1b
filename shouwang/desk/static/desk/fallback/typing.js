// The keys of the local journal. Enter goes from field to field and keeps the card after the last; letters act outside
// fields only. While the journal lies open it hears keys before the desk does.

const FIELDS = "input, textarea, select";
const STAMPS = { KeyA: "arrived", KeyC: "cleared" };

/** `acts`: keep(), move(step), stamp(name, unit), print(), leave(), on(). */
export function onJournalKeys(place, acts) {
  const form = place.querySelector("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (place.hidden || event.isComposing || event.keyCode === 229 || event.altKey) return;
    const typing = event.target.matches?.(FIELDS);
    const took = typing ? typed(event, place, form, acts) : pressed(event, place, form, acts);
    if (!took) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
}

function typed(event, place, form, acts) {
  const field = event.target;
  if (event.code === "Escape") {
    field.blur();
    return true;
  }
  if (!["Enter", "NumpadEnter"].includes(event.code) || event.shiftKey) return false;
  if (field.matches("[data-part=unit]")) {
    if (field.value.trim()) acts.stamp("sent", field.value.trim());
    field.blur();
    return true;
  }
  const fields = [...form.querySelectorAll(FIELDS)];
  const next = fields[fields.indexOf(field) + 1];
  if (event.ctrlKey || event.metaKey || !next) acts.keep();
  else next.focus();
  return true;
}

function pressed(event, place, form, acts) {
  if (event.ctrlKey || event.metaKey) return false;
  const { code } = event;
  if (code === "Enter" && event.target.closest?.("button, a")) return false; // theirs
  if (code === "KeyN") form.elements.kind.focus();
  else if (code === "KeyJ" || code === "ArrowDown") acts.move(1);
  else if (code === "KeyK" || code === "ArrowUp") acts.move(-1);
  else if (code === "KeyS") place.querySelector("[data-card][aria-current] [data-part=unit]")?.focus();
  else if (code in STAMPS) acts.stamp(STAMPS[code]);
  else if (code === "KeyP") acts.print();
  else if (code === "Escape") acts.leave();
  else if (code === "Enter") acts.on();
  else return code.startsWith("Key") || code.startsWith("Digit"); // the desk below hears nothing
  return true;
}
