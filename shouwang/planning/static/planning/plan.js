// <sw-plan>: a click on the map chooses the piece of ground in the list beside it. Without script the list does it all.
class Plan extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("select[name=atom]");
    if (!this.list) return;
    this.dataset.on = "";
    this.addEventListener("click", this);
    this.addEventListener("change", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    this.removeEventListener("change", this);
  }

  handleEvent(event) {
    if (event.type === "click") {
      const atom = event.target.closest?.("[data-atom]");
      if (!atom) return;
      this.list.value = atom.dataset.atom;
    } else if (event.target !== this.list) {
      return;
    }
    this.mark();
  }

  mark() {
    for (const atom of this.querySelectorAll("[data-atom]")) {
      atom.classList.toggle("on", atom.dataset.atom === this.list.value);
    }
  }
}

customElements.define("sw-plan", Plan);
