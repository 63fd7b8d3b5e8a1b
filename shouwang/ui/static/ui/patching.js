// Draws a part of the page anew and changes only what looks different: lines that stay keep their place, their focus
// and how far a list is scrolled.
//
// A line is a child of an element with data-lines; everything else of a part is one piece for each child. What a line
// was drawn from is kept beside it, since scripts write into what stands on the page (running clocks, the chosen row).

import htmx from "/static/vendor/htmx.esm.js";

const drawnFrom = new WeakMap();
const holdsLines = (element) => element.matches("[data-lines]") || element.querySelector("[data-lines]") !== null;

/** Lay `html`, elements without bare text between them, into the place. */
export function patch(place, html) {
  const drawn = document.createElement("template");
  drawn.innerHTML = html;
  const added = [];
  lay(place, drawn.content, added);
  added.forEach((one) => htmx.process(one));
}

function lay(place, drawn, added) {
  const wanted = [...drawn.children].map((fresh) => ({ fresh, source: fresh.outerHTML }));
  const staying = clear(place, new Set(wanted.map(({ source }) => source)));
  let at = place.firstElementChild;
  for (const { fresh, source } of wanted) {
    const line = staying.get(source)?.shift();
    if (line && line === at) {
      at = at.nextElementSibling;
    } else if (line) {
      place.insertBefore(line, at);
    } else if (at && holdsLines(at) && holdsLines(fresh)) {
      lay(at, fresh, added);
      at = at.nextElementSibling;
    } else {
      remember(fresh, source);
      added.push(fresh);
      place.insertBefore(fresh, at);
    }
  }
  while (at) at = after(at);
}

function remember(element, source) {
  drawnFrom.set(element, source);
  if (holdsLines(element)) for (const inner of element.children) remember(inner, inner.outerHTML);
}

/** Remove what does not look like anything that is wanted; what stays, by what it was drawn from. */
function clear(place, sources) {
  const staying = new Map();
  for (const line of [...place.children]) {
    const source = drawnFrom.get(line);
    if (sources.has(source)) staying.set(source, [...(staying.get(source) ?? []), line]);
    else if (!holdsLines(line)) line.remove();
  }
  return staying;
}

/** The next element, without this one. */
function after(element) {
  const next = element.nextElementSibling;
  element.remove();
  return next;
}
