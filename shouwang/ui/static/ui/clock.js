// <sw-clock data-since="…">: running clocks. One timer for the page.

const clocks = new Set();
let timer = null;

const words = {
  zh: { min: "分", h: "小时", d: "天", gap: "" },
  en: { min: " min", h: " h", d: " days", gap: " " },
};

/** The same words as ui/words.py: span(). */
export function span(seconds, language = document.body.dataset.language ?? "zh-hans") {
  const whole = Math.max(0, Math.floor(seconds));
  const say = language === "en" ? words.en : words.zh;
  const two = (number) => String(number).padStart(2, "0");
  if (whole < 600) return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${say.min}`;
  const minutes = Math.floor((whole % 3600) / 60);
  if (whole < 172_800) return `${Math.floor(whole / 3600)}${say.h}${minutes ? `${say.gap}${minutes}${say.min}` : ""}`;
  return `${Math.floor(whole / 86_400)}${say.d}`;
}

function tick() {
  const now = Date.now();
  for (const clock of clocks) clock.draw(now);
}

class Clock extends HTMLElement {
  connectedCallback() {
    clocks.add(this);
    timer ??= setInterval(tick, 1000);
    this.draw(Date.now());
  }

  disconnectedCallback() {
    clocks.delete(this);
    if (clocks.size) return;
    clearInterval(timer);
    timer = null;
  }

  draw(now) {
    const seconds = (now - Date.parse(this.dataset.since)) / 1000;
    const number = this.querySelector("b");
    const text = span(seconds);
    if (number && number.textContent !== text) number.textContent = text;
    if (this.dataset.limit && seconds > Number(this.dataset.limit)) this.classList.add("over");
  }
}

class WallClock extends HTMLElement {
  connectedCallback() {
    const form = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
    const draw = () => { this.textContent = form.format(new Date()); };
    draw();
    this.timer = setInterval(draw, 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

customElements.define("sw-clock", Clock);
customElements.define("sw-now", WallClock);
