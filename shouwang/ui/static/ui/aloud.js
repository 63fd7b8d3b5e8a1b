// Large text: “Read it to me” beside every heading of a resident's page, where the device has a voice.
//
// Reads the heading and what follows it up to the next heading. Nothing is sent anywhere; the voice is the device's.

import { t } from "./i18n.js";

const root = document.documentElement;
let reading = null;

function follows(heading) {
  const said = [heading.firstChild.textContent];
  for (let next = heading.nextElementSibling; next && !/^H[1-3]$/.test(next.tagName); next = next.nextElementSibling) said.push(next.innerText);
  return said.join("。");
}

function stop() {
  speechSynthesis.cancel();
  if (reading) reading.textContent = t("Read it to me");
  reading = null;
}

function read(button, heading) {
  const was = reading;
  stop();
  if (was === button) return;
  reading = button;
  button.textContent = t("Stop reading");
  const words = new SpeechSynthesisUtterance(follows(heading));
  words.lang = root.lang;
  words.rate = 0.9;
  words.onend = stop;
  speechSynthesis.speak(words);
}

function offer() {
  const elder = root.dataset.reading === "elder" && "speechSynthesis" in globalThis;
  for (const old of document.querySelectorAll(".aloud")) old.remove();
  if (!elder) return;
  for (const heading of document.querySelectorAll("main :is(h1, h2)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn aloud";
    button.textContent = t("Read it to me");
    button.onclick = () => read(button, heading);
    heading.append(button);
  }
}

offer();
new MutationObserver(offer).observe(root, { attributeFilter: ["data-reading"] });
addEventListener("pagehide", () => "speechSynthesis" in globalThis && speechSynthesis.cancel());
