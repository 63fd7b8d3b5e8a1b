// <sw-passkey data-ask data-answer [data-make] [data-next]>: a button that makes a passkey, or signs in with one.
// Shown only where the page is secure and the browser knows passkeys; the password way always stands beside it.

const able = () => globalThis.isSecureContext && "PublicKeyCredential" in globalThis
  && "parseRequestOptionsFromJSON" in PublicKeyCredential;

class Passkey extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.problem = this.querySelector("[role=alert]");
    const missing = this.querySelector("[data-missing]");
    if (missing) missing.hidden = able();
    if (!able()) return;
    this.button.hidden = false;
    this.press = () => this.run();
    this.button.addEventListener("click", this.press);
  }

  disconnectedCallback() {
    this.button?.removeEventListener("click", this.press);
    this.stop?.abort();
  }

  async run() {
    this.problem.hidden = true;
    this.stop?.abort();
    this.stop = new AbortController();
    try {
      const asked = await fetch(this.dataset.ask, { headers: { Accept: "application/json" } });
      if (!asked.ok) throw new Error(String(asked.status));
      const credential = await this.ceremony(await asked.json());
      const label = this.querySelector("[name=label]")?.value ?? "";
      const body = JSON.stringify({ credential: credential.toJSON(), label, next: this.dataset.next ?? "" });
      const answered = await fetch(this.dataset.answer, { method: "POST", body, headers: this.headers() });
      if (!answered.ok) throw new Error(String(answered.status));
      const { next } = await answered.json();
      const done = new CustomEvent("sw:proven", { bubbles: true, cancelable: true, detail: { next } });
      if (this.dispatchEvent(done)) location.assign(next);
    } catch {
      this.problem.hidden = false;
    }
  }

  ceremony(options) {
    const { signal } = this.stop;
    if (this.hasAttribute("data-make")) {
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal });
    }
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal });
  }

  headers() {
    const token = (this.closest("form") ?? this).querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    return { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  }
}

if (!customElements.get("sw-passkey")) customElements.define("sw-passkey", Passkey);
