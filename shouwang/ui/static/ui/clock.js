// <sw-clock data-since="…" data-limit="seconds">: running clocks; <sw-now>: the time. One timer for the page.

import { t } from "./i18n.js";

const clocks = new Set();
let timer = null;

/** The same words as ui/words.py: span(). */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  if (whole < 600) return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
  if (whole < 3600) return t("{n} min", { n: Math.floor(whole / 60) });
  const minutes = Math.floor((whole % 3600) / 60);
  const hours = Math.floor(whole / 3600);
  if (whole < 172_800) return minutes ? t("{h} h {n} min", { h: hours, n: minutes }) : t("{h} h", { h: hours });
  return t("{d} days", { d: Math.floor(whole / 86_400) });
}

const time = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });

function tick() {
  const now = Date.now();
  for (const clock of clocks) clock.draw(now);
}

class Ticking extends HTMLElement {
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

  write(place, text) {
    if (place && place.textContent !== text) place.textContent = text;
  }
}

class Clock extends Ticking {
  draw(now) {
    const seconds = (now - Date.parse(this.dataset.since)) / 1000;
    this.write(this.querySelector("b"), span(seconds));
    if (this.dataset.limit && seconds > Number(this.dataset.limit)) this.classList.add("over");
  }
}

class Now extends Ticking {
  draw(now) {
    this.write(this, time.format(now));
  }
}

customElements.define("sw-clock", Clock);
customElements.define("sw-now", Now);
