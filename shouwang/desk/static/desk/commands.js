// The list under the command bar with the keyboard: ↓ goes in, arrows move, ↵ takes; a choice goes on in the line.

const bar = document.querySelector(".cmd");
const line = bar?.querySelector("input[name=line]");
const list = bar?.querySelector(".cmdlist");
const stops = () => [line, ...list.querySelectorAll("button, a")];

bar?.addEventListener("keydown", (event) => {
  if (event.isComposing || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const places = stops();
  const at = places.indexOf(document.activeElement);
  const next = places[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  event.stopPropagation(); // the rows of the queue stay where they are
  next.focus();
});

list?.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-fills]");
  if (!choice) return;
  line.value = choice.dataset.fills;
  line.focus();
  line.dispatchEvent(new Event("input", { bubbles: true }));
});

// Whoever has left the bar wants its list no more, also when it comes late.
bar?.addEventListener("focusout", (event) => {
  if (!bar.contains(event.relatedTarget)) list.querySelector("ul")?.remove();
});
list?.addEventListener("htmx:afterSwap", () => {
  if (!bar.contains(document.activeElement)) list.querySelector("ul")?.remove();
});
