// What the server refuses is shown where the act was, and nothing typed is lost.

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (xhr.status === 423) return; // people/lock.js asks for the password over the page
  if (xhr.status === 401) {
    location.assign(`/people/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  if (xhr.status < 400) return;
  const place = event.detail.elt.closest("[data-problems]") ?? document.querySelector("[data-problems]");
  if (!place || target.closest("[data-swap-problems]")) return;
  const box = place.querySelector("[data-problem-box]") ?? place;
  box.innerHTML = xhr.status >= 500 && !xhr.responseText.includes("sw-problem") ? "" : xhr.responseText;
  box.hidden = false;
  event.detail.shouldSwap = false;
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  for (const box of document.querySelectorAll("[data-problem-box]")) box.replaceChildren();
});
