// <sw-live>: one event stream for the page. Says truthfully whether what is shown is live.
//
// Any element with hx-trigger="sw:refresh" and data-live="matter assignment" is refreshed when a topic begins with
// one of these words. Events go out on document as "sw:live". Positions ("position") carry data; nothing else does.

const SILENT_MS = 5_000;
const GATHER_MS = 150;
const AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000];

class Live extends HTMLElement {
  #source = null;
  #heard = Date.now();
  #tries = 0;
  #topics = new Set();

  connectedCallback() {
    this.#open();
    this.watch = setInterval(() => this.#look(), 1_000);
  }

  disconnectedCallback() {
    clearInterval(this.watch);
    this.#source?.close();
  }

  #open() {
    this.#source?.close();
    this.#source = new EventSource(this.dataset.src ?? "/live/");
    this.#source.onopen = () => this.#opened();
    this.#source.onerror = () => this.#failed();
    this.#source.addEventListener("beat", (event) => this.#beat(event));
    this.#source.addEventListener("reload", () => this.#all());
    this.#source.addEventListener("ended", () => location.reload());
    this.#source.onmessage = (event) => this.#message(JSON.parse(event.data));
    this.#source.addEventListener("positions", (event) => this.#positions(JSON.parse(event.data)));
  }

  #opened() {
    if (this.#tries) this.#all(); // what was missed is fetched as it stands now
    this.#tries = 0;
    this.#alive();
  }

  #failed() {
    if (this.#source.readyState !== EventSource.CLOSED) return;
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)];
    this.#tries += 1;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.#open(), wait);
  }

  #beat(event) {
    const sentAt = Number(event.data);
    if (sentAt) this.delay = Math.max(0, Date.now() / 1000 - sentAt);
    this.#alive();
  }

  #alive() {
    this.#heard = Date.now();
    if (this.dataset.state === "live") return;
    this.dataset.state = "live";
    document.documentElement.dataset.line = "live";
    document.dispatchEvent(new CustomEvent("sw:line", { detail: { live: true } }));
  }

  #look() {
    const age = Date.now() - this.#heard;
    for (const place of document.querySelectorAll("[data-live-delay]")) place.textContent = (this.delay ?? 0).toFixed(1);
    if (age < SILENT_MS) return;
    if (this.dataset.state !== "lost") {
      this.dataset.state = "lost";
      this.since = this.#heard;
      document.documentElement.dataset.line = "lost";
      document.dispatchEvent(new CustomEvent("sw:line", { detail: { live: false, since: this.since } }));
      if (this.#source.readyState === EventSource.CLOSED) this.#failed();
    }
    for (const place of document.querySelectorAll("[data-lost-since]")) {
      place.textContent = new Date(this.since).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
    }
    for (const place of document.querySelectorAll("[data-lost-tries]")) place.textContent = String(Math.max(1, this.#tries));
    if (age > 15_000 && this.#source.readyState === EventSource.OPEN) this.#open(); // open but dumb: a dead proxy
  }

  #message(said) {
    this.#alive();
    document.dispatchEvent(new CustomEvent("sw:live", { detail: said }));
    this.#topics.add(said.topic.split(".")[0]);
    this.gathering ??= setTimeout(() => this.#refresh(), GATHER_MS);
  }

  #positions(fixes) {
    this.#alive();
    document.dispatchEvent(new CustomEvent("sw:positions", { detail: fixes }));
  }

  #refresh() {
    this.gathering = null;
    const topics = [...this.#topics];
    this.#topics.clear();
    for (const place of document.querySelectorAll("[data-live]")) {
      if (topics.some((topic) => place.dataset.live.split(" ").includes(topic))) refreshed(place);
    }
  }

  #all() {
    for (const place of document.querySelectorAll("[data-live]")) refreshed(place);
  }
}

/** Refresh a fragment unless somebody is typing in it. */
function refreshed(place) {
  const busy = place.querySelector(":is(input, textarea, select):focus");
  if (!busy) place.dispatchEvent(new CustomEvent("sw:refresh"));
}

customElements.define("sw-live", Live);
