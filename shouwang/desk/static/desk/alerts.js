// <sw-alerts data-open="new unsigned sos">: sounds what rings at this desk and silences what does not.
//
// data-once names tasks whose phone was silent a moment ago: heard once. data-calls names the new calls nobody has
// looked at: opening one of them here is taking notice of it.

import htmx from "/static/vendor/htmx.esm.js";

const RHYTHMS = ["new", "unsigned", "sos"];
const heard = new Set();
const asked = new Set();
const words = (text) => (text ?? "").split(" ").filter(Boolean);

class Alerts extends HTMLElement {
  connectedCallback() {
    customElements.whenDefined("sw-sound").then(() => this.#sound());
    notice();
  }

  #sound() {
    const sound = document.querySelector("sw-sound");
    const open = new Set(words(this.dataset.open));
    for (const name of RHYTHMS) {
      if (open.has(name)) sound?.alert(name);
      else document.dispatchEvent(new CustomEvent("sw:acknowledged", { detail: name }));
    }
    for (const task of words(this.dataset.once)) {
      if (heard.has(task)) continue;
      heard.add(task);
      sound?.once("unsigned"); // after a minute unsigned it repeats by itself
    }
  }
}

/** The call that is open here has been looked at. */
function notice() {
  const call = document.querySelector("[data-chosen]")?.dataset.chosen;
  const list = document.querySelector("sw-alerts");
  if (!words(list?.dataset.calls).includes(call) || asked.has(call)) return;
  asked.add(call);
  htmx.ajax("POST", list.dataset.noticed, { target: "#alerts", values: { call } }).finally(() => asked.delete(call));
}

document.addEventListener("htmx:afterSettle", notice);
customElements.define("sw-alerts", Alerts);
