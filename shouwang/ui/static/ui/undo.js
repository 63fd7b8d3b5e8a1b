// What ends by itself: <sw-undo data-goes-after="10"> and any element with data-goes-after (seconds), in words and as a line.
//
// An act that can be taken back survives a change of page: its bar is kept in the session until its time is over.

import htmx from "/static/vendor/htmx.esm.js";

const KEPT = "sw-undo";

class Undo extends HTMLElement {
  connectedCallback() {
    this.until = Number(this.dataset.until) || Date.now() + Number(this.dataset.goesAfter ?? 10) * 1000;
    this.dataset.until = this.until;
    sessionStorage.setItem(KEPT, this.outerHTML);
    this.timer = setInterval(() => this.#draw(), 250);
    this.#draw();
    this.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) this.#end(); });
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  #draw() {
    const left = (this.until - Date.now()) / 1000;
    if (left <= 0) return this.#end();
    const number = this.querySelector("[data-slot=left]");
    if (number) number.textContent = String(Math.ceil(left));
    const line = this.querySelector("progress");
    if (line) line.value = left;
    return undefined;
  }

  #end() {
    sessionStorage.removeItem(KEPT);
    this.remove();
  }
}

customElements.define("sw-undo", Undo);

const place = document.querySelector("[data-undo-place]");
const kept = sessionStorage.getItem(KEPT);
if (place && kept && !document.querySelector("sw-undo")) {
  place.innerHTML = kept;
  htmx.process(place);
}

/** Other things that close by themselves, such as a value that was looked at. */
function closing(root) {
  for (const element of root.querySelectorAll("[data-goes-after]:not(sw-undo, .sw-undo)")) {
    if (element.dataset.going) continue;
    element.dataset.going = "yes";
    setTimeout(() => {
      element.dispatchEvent(new CustomEvent("sw:over", { bubbles: true }));
      element.replaceChildren();
    }, Number(element.dataset.goesAfter) * 1000);
  }
}
closing(document);
document.addEventListener("htmx:afterSettle", (event) => closing(event.target.parentElement ?? document));
