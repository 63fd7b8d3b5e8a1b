// Symbols never hide each other: from three at one spot they fan out on leaders; a label that would cover a symbol or a
// label before it is left out. First come the chosen, then matters, then units.

const SYMBOL = 30;
const RADIUS = 40;

/** Groups of symbols that would overlap, by their middle on the screen. */
export function crowds(points, near = SYMBOL * 0.7) {
  const left = new Set(points.keys());
  const found = [];
  for (const seed of points.keys()) {
    if (!left.delete(seed)) continue;
    const crowd = [seed];
    for (const other of [...left]) {
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
  return { x: Math.cos(turn) * RADIUS, y: Math.sin(turn) * RADIUS };
}

const rank = (element) => (element.hasAttribute("data-on") ? 0 : element.classList.contains("pin") ? 1 : 2);

function lead(element, { x, y }, many) {
  element.style.setProperty("--dx", `${x}px`);
  element.style.setProperty("--dy", `${y}px`);
  let line = element.querySelector(".leader");
  if (!many) {
    line?.remove();
    return;
  }
  if (!line) {
    line = document.createElement("i");
    line.className = "leader";
    element.append(line);
  }
  line.style.setProperty("--length", `${Math.hypot(x, y)}px`);
  line.style.setProperty("--turn", `${Math.atan2(-y, -x)}rad`);
}

function middle(element) {
  const box = element.querySelector("svg").getBoundingClientRect();
  const dx = Number.parseFloat(element.style.getPropertyValue("--dx")) || 0;
  const dy = Number.parseFloat(element.style.getPropertyValue("--dy")) || 0;
  return { x: box.x + box.width / 2 - dx, y: box.y + box.height / 2 - dy };
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const within = (a, b) => a.left >= b.left && a.right <= b.right;

function label(elements, room) {
  const taken = elements.map((element) => ({ element, box: element.querySelector("svg").getBoundingClientRect() }));
  const labels = [];
  for (const element of elements) {
    const tag = element.querySelector(".tag");
    tag.classList.remove("out", "left");
    for (const side of ["", "left"]) {
      tag.classList.toggle("left", side === "left");
      const box = tag.getBoundingClientRect();
      const free = within(box, room) && !taken.some((one) => one.element !== element && overlap(one.box, box)) && !labels.some((one) => overlap(one, box));
      if (free) {
        labels.push(box);
        break;
      }
      if (side === "left") tag.classList.add("out");
    }
  }
}

/** Spread the symbols of the map as it stands now. */
export function fanOut(map, nodes) {
  const elements = [...nodes].sort((a, b) => rank(a) - rank(b));
  const points = elements.map(middle);
  const moved = new Set();
  for (const crowd of crowds(points)) {
    crowd.forEach((index, n) => {
      moved.add(index);
      lead(elements[index], place(n, crowd.length), crowd.length > 2);
    });
  }
  elements.forEach((element, index) => { if (!moved.has(index)) lead(element, { x: 0, y: 0 }, false); });
  label(elements, map.getContainer().getBoundingClientRect());
}
