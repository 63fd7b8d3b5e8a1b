// Symbols never hide each other: from three at one spot they fan out on leaders; a label that would cover a symbol or a
// label before it is left out. First come the chosen, then matters, then units.
//
// Everything is worked out from places on the screen and the widths of words, never by asking the page where things
// are: with 240 symbols that is the difference between 1 200 ms and 10.

const SYMBOL = 30; // px of a pin; a unit's disc is a little smaller
const RADIUS = 40;
const GAP = 5;
const LINE = 17;
const FACE = '"PingFang SC", "HarmonyOS Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';

const widths = new Map();
const pen = document.createElement("canvas").getContext("2d");

function width(words, size, bold) {
  const key = `${bold}${size}${words}`;
  if (!widths.has(key)) {
    if (pen) pen.font = `${bold ? 700 : 400} ${size}px ${FACE}`;
    widths.set(key, pen ? pen.measureText(words).width : words.length * size);
  }
  return widths.get(key);
}

/** Groups of symbols that would overlap, by their middle on the screen. */
export function crowds(points, near = SYMBOL * 0.7) {
  const left = new Set(points.keys());
  const found = [];
  for (const seed of points.keys()) {
    if (!left.delete(seed)) continue;
    const crowd = [seed];
    for (const other of left) {
      if (Math.hypot(points[other].x - points[seed].x, points[other].y - points[seed].y) > near) continue;
      left.delete(other);
      crowd.push(other);
    }
    if (crowd.length > 1) found.push(crowd);
  }
  return found;
}

/** Where the nth of a crowd goes: two stand side by side, more on a circle. */
export function place(n, of) {
  if (of === 2) return { x: n ? SYMBOL / 2 : -SYMBOL / 2, y: 0 };
  const turn = (2 * Math.PI * n) / of - Math.PI / 2;
  const radius = Math.max(RADIUS, (of * SYMBOL) / (2 * Math.PI));
  return { x: Math.cos(turn) * radius, y: Math.sin(turn) * radius };
}

const rank = (element) => (element.hasAttribute("data-on") ? 0 : element.classList.contains("pin") ? 1 : 2);

function lead(element, { x, y }, many) {
  const key = `${x},${y},${many}`;
  if (element.led === key) return;
  element.led = key;
  element.style.setProperty("--dx", `${x}px`);
  element.style.setProperty("--dy", `${y}px`);
  element.querySelector(".leader")?.remove();
  if (!many) return;
  const line = document.createElement("i");
  line.className = "leader";
  line.style.setProperty("--length", `${Math.hypot(x, y)}px`);
  line.style.setProperty("--turn", `${Math.atan2(-y, -x)}rad`);
  element.append(line);
}

const box = (x, y, wide, high) => ({ left: x - wide / 2, right: x + wide / 2, top: y - high / 2, bottom: y + high / 2 });
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (a, room) => a.left >= 0 && a.right <= room.width;

/** What one symbol covers and what its words need, around its middle on the screen. */
function measured(element, point, by) {
  const pin = element.classList.contains("pin");
  const middle = pin ? { x: point.x, y: point.y - 20 * by } : point;
  const [first, second] = element.querySelectorAll(".tag :is(b, small)");
  const two = second?.textContent && (!pin || element.hasAttribute("data-on"));
  const size = 13 * by;
  const wide = Math.max(width(first.textContent, size, true), two ? width(second.textContent, size * 0.92, false) : 0);
  return { element, pin, middle, wide, high: LINE * by * (two ? 2 : 1), by };
}

function labelBox({ middle, pin, wide, high, by }, left, shift) {
  const beside = (SYMBOL / 2 + GAP) * by + wide / 2;
  return box(middle.x + shift.x + (left ? -beside : beside), middle.y + shift.y - (pin ? 6 * by : 0), wide, high);
}

function say(element, look) {
  if (element.said === look) return;
  element.said = look;
  const tag = element.querySelector(".tag");
  tag.classList.toggle("left", look === "left");
  tag.classList.toggle("out", look === "out");
}

/** Spread the symbols (elements with `where`, [lon, lat]) on the map as it stands now; `by` is their scale. */
export function fanOut(map, nodes, by = 1) {
  const canvas = map.getCanvas();
  const room = { width: canvas.clientWidth, height: canvas.clientHeight };
  const seen = ({ x, y }) => x > -60 && y > -60 && x < room.width + 60 && y < room.height + 60;
  const items = [...nodes]
    .sort((a, b) => rank(a) - rank(b))
    .map((element) => ({ element, point: map.project(element.where) }))
    .filter(({ point }) => seen(point))
    .map(({ element, point }) => measured(element, point, by));
  const shifts = items.map(() => ({ x: 0, y: 0 }));
  const many = new Set();
  for (const crowd of crowds(items.map((item) => item.middle), SYMBOL * 0.7 * by)) {
    crowd.forEach((index, n) => {
      shifts[index] = place(n, crowd.length);
      if (crowd.length > 2) many.add(index);
    });
  }
  const taken = items.map((item, n) => box(item.middle.x + shifts[n].x, item.middle.y + shifts[n].y, SYMBOL * by, (item.pin ? 40 : 27) * by));
  const labels = [];
  items.forEach((item, n) => {
    lead(item.element, shifts[n], many.has(n));
    const side = [false, true].find((left) => {
      const wanted = labelBox(item, left, shifts[n]);
      if (item.element.hasAttribute("data-on") && (left || within(wanted, room))) return Boolean(labels.push(wanted)); // always said
      if (!within(wanted, room) || labels.some((one) => overlap(one, wanted))) return false;
      if (taken.some((one, other) => other !== n && overlap(one, wanted))) return false;
      labels.push(wanted);
      return true;
    });
    say(item.element, side === undefined ? "out" : side ? "left" : "");
  });
}
