// The wall runs for days: it reloads when the version changes, and shifts a little against burn-in.

const HOUR_MS = 3_600_000;
const shifts = [[0, 0], [2, 0], [2, 2], [0, 2]];
let turn = 0;

setInterval(() => {
  turn = (turn + 1) % shifts.length;
  const [x, y] = shifts[turn];
  document.body.animate([{ translate: `${x}px ${y}px` }], { duration: 1, fill: "forwards" });
}, HOUR_MS);

document.addEventListener("sw:line", (event) => {
  document.querySelector("[data-part=lost]").hidden = event.detail.live;
});

let known = null;
setInterval(async () => {
  const response = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  const { version } = response?.ok ? await response.json() : {};
  if (version && known && version !== known) location.reload();
  known ??= version;
}, 60_000);

/** Rows that found no room lie in a second column that is not seen: they are counted in words. */
function countTheRest() {
  const list = document.querySelector(".wq");
  const rest = document.querySelector("[data-part=rest]");
  if (!list || !rest) return;
  const rows = [...list.children];
  const n = rows.filter((row) => row.offsetLeft > rows[0].offsetLeft).length + Number(list.dataset.more);
  rest.textContent = n ? rest.dataset.words.replace("{n}", n) : "";
}

countTheRest();
addEventListener("resize", countTheRest);
document.addEventListener("htmx:afterSettle", countTheRest);
