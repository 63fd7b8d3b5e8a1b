// What the server refuses is shown where the act was, in words; nothing typed is lost.
//
// data-problems marks a region, data-problem-box the place in it; data-swap-problems takes the answer as it is (a form
// that comes back with its errors); data-results="#found" on a form is emptied, so that no earlier answer stands beside
// a refusal or beside other words than it answers.
// 401 leads to signing in, 423 is people/lock.js, no answer at all is said as well.

import htmx from "/static/vendor/htmx.esm.js";

import { t } from "./i18n.js";

const boxIn = (element) => {
  const region = element.closest("[data-problems]") ?? document.querySelector("[data-problems]");
  return region?.querySelector("[data-problem-box]") ?? region;
};

function say(element, html) {
  const box = boxIn(element);
  if (!box) return;
  box.innerHTML = html;
  box.hidden = false;
  emptyResults(element);
}

function emptyResults(element) {
  const form = element.closest?.("form[data-results]");
  if (form) document.querySelector(form.dataset.results)?.replaceChildren();
  return form;
}

function inWords(text) {
  const line = document.createElement("p");
  line.className = "sw-problem";
  line.setAttribute("role", "alert");
  line.textContent = text;
  return line.outerHTML;
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, elt } = event.detail;
  if (xhr.status < 400 || xhr.status === 423) return;
  if (xhr.status === 401) {
    location.assign(`/people/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  if (xhr.status === 422 && [target, elt].some((one) => one.closest("[data-swap-problems]"))) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    return;
  }
  event.detail.shouldSwap = false;
  const told = xhr.responseText.includes("sw-problem");
  say(elt, told ? xhr.responseText : inWords(t("That did not work, and nothing was changed. What you typed is still here. Try once more.")));
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, (event) => {
    say(event.detail.elt, inWords(t("No answer from the server. Nothing was changed; what you typed is still here.")));
  });
}

document.body.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || event.detail.requestConfig.verb === "get") return;
  for (const box of document.querySelectorAll("[data-problem-box]")) box.replaceChildren();
});

document.body.addEventListener("input", (event) => {
  const form = emptyResults(event.target);
  if (form) htmx.trigger(form, "htmx:abort"); // an answer under way is for the earlier words
});
