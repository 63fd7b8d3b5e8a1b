// What a screen reader hears of the chosen matter: what is new, as one sentence each, in the one live region #said.
//
// The panel is drawn anew with each news. Were it a live region itself, all of it would be read out each time.

const place = document.querySelector("#said");
const heard = { matter: "", lines: new Set(), offer: "", undo: "" };

/** Its words, part by part; without the names of keys unless `keys`. */
function wordsOf(element, keys = false) {
  if (!element) return "";
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (keys || !walker.currentNode.parentElement.closest("kbd")) found.push(walker.currentNode.data);
  }
  return found.join(" ").replace(/\s+/g, " ").trim();
}

const all = (root, selector) => [...root.querySelectorAll(selector)];
const joined = (root, ...selectors) => selectors.map((one) => wordsOf(root.querySelector(one))).filter(Boolean).join(" ");

function say(lines) {
  const told = lines.filter(Boolean);
  if (!told.length) return;
  place.replaceChildren(...told.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

/** A matter that was just chosen: what, where and the last line of its story; later only the lines that came. */
function story(panel) {
  const lines = all(panel, "[data-happened] > li");
  const anew = panel.dataset.chosen !== heard.matter;
  const came = anew ? lines.slice(-1) : lines.filter((line) => !heard.lines.has(wordsOf(line)));
  heard.matter = panel.dataset.chosen;
  heard.lines = new Set(lines.map((line) => wordsOf(line)));
  return [anew && joined(panel, ".mh h2", ".mh .no", ".addr"), ...came.map((line) => wordsOf(line.querySelector("span")))];
}

/** Whom the key would send, once: crews move, and nobody asked to hear each of their minutes. */
function offer(body, asked) {
  const send = body.querySelector(".acts > [hx-post][data-key=Enter], .acts > [hx-post][data-key=KeyA]");
  const now = send ? `${wordsOf(send, true)} ${wordsOf(body.querySelector(".cand.first .eta"))}` : "";
  const known = heard.offer === now;
  heard.offer = now;
  return asked && !known && now;
}

function wayBack() {
  const bar = document.querySelector("sw-undo");
  const address = bar?.querySelector("button")?.getAttribute("hx-post") ?? "";
  const known = heard.undo === address;
  heard.undo = address;
  return !known && address && `${wordsOf(bar.querySelector("button"), true)} ${wordsOf(bar.querySelector(".soft"))}`;
}

/** What the typed line was read as. */
function reading(form) {
  if (!form.querySelector("[name=place_text]")?.value) return [];
  const chosen = all(form, "select[name=subkind], select[name=urgency]").map((one) => one.selectedOptions[0]?.textContent.trim());
  const where = form.querySelector("#places input:checked")?.closest("label") ?? form.querySelector("#places > .sub");
  return [chosen.filter(Boolean).join(" "), wordsOf(where), ...all(form, "#places .dup").map((one) => wordsOf(one, true))];
}

const first = document.querySelector("#panel");
if (first) story(first); // of a page that came whole, a screen reader has read it by itself

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const form = document.querySelector("#matter .intake");
  if (detail.target.id === "places" && form) say(reading(form));
  if (detail.target.id !== "matter") return;
  const panel = document.querySelector("#panel");
  const asked = detail.requestConfig?.triggeringEvent?.type !== "sw:refresh";
  if (panel) say([...story(panel), offer(detail.target, asked), wayBack()]);
  else say(form ? reading(form) : [wordsOf(detail.target.querySelector(".body"))]);
});
