// An element with data-newest shows what was asked for last. An answer that comes late, because something else was
// asked for meanwhile, is left aside, and what the page asks by itself never takes away what somebody is typing, nor a
// form that he opened in [data-begun]; the news stays owed (live.js) until his hand is gone.

const FIELDS = "input:not([type=hidden]), textarea";
const newest = new WeakMap();
const coming = new WeakMap();
const byItself = ({ triggeringEvent, elt }) => triggeringEvent?.type === "sw:refresh" || elt?.matches("[data-passive]");
const begun = (place) => place.querySelector("[data-begun] form") !== null;
const typedIn = (place) => [...place.querySelectorAll(FIELDS)].some((field) => field.value !== field.defaultValue || field.matches(":focus"));

/** Somebody types or began something here: what the page shows by itself has to wait. */
export const inHand = (place) => Boolean(coming.get(place)) || begun(place) || typedIn(place) || place.querySelector("select:focus") !== null;

/** What somebody asked for inside a place, a form of a step, is on its way: the place is not changed under it. */
const count = (place, more) => place && coming.set(place, (coming.get(place) ?? 0) + more);

document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => count(xhr.around, -1));
document.addEventListener("htmx:beforeSend", ({ detail: { target, xhr, requestConfig } }) => {
  xhr.around = byItself(requestConfig) ? null : target.parentElement?.closest("[data-newest]");
  count(xhr.around, 1);
  if (!target.matches("[data-newest]")) return;
  if (!byItself(requestConfig)) newest.set(target, xhr);
  xhr.after = newest.get(target);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target, xhr, requestConfig } = detail;
  if (!target.matches("[data-newest]") || xhr.status >= 400) return;
  const unasked = byItself(requestConfig) && (!requestConfig.elt.isConnected || inHand(target));
  if (xhr.after === newest.get(target)) {
    if (!unasked) return;
    target.dispatchEvent(new CustomEvent("sw:owed", { bubbles: true }));
  }
  if (requestConfig.verb === "get") detail.shouldSwap = false;
  else detail.swapOverride = "none"; // what belongs elsewhere on the page, such as the way back, is still shown
});
