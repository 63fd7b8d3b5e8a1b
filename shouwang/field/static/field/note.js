// A spoken note to the task in hand: recorded here, kept like a photo, sent when there is a network.

import { keepFile } from "./outbox.js";
import { part, press } from "./screens.js";

const LONGEST_S = 180;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"]; // what the server takes, best first

/** A spoken note to a task: kept when this resolves, unless it was thrown away or the microphone was refused. */
export async function noteDialog(app, task) {
  const blob = await spokenNote(app);
  if (blob) await keepFile(task.matter.id, blob);
  app.sync();
}

/** Ask for a spoken note; null when there is none. */
export async function spokenNote(app) {
  const dialog = part(app, "noteask");
  const type = TYPES.find((one) => globalThis.MediaRecorder?.isTypeSupported(one));
  const sound = type && (await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null));
  part(dialog, "deaf").hidden = Boolean(sound);
  part(dialog, "recording").hidden = !sound;
  part(dialog, "keepnote").hidden = !sound;
  dialog.returnValue = "";
  dialog.showModal();
  press(dialog, "keepnote", () => dialog.close("keep"));
  press(dialog, "dropnote", () => dialog.close("drop"));
  const closed = new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
  if (!sound) {
    await closed;
    return null;
  }
  const blob = await record(sound, type, dialog, closed);
  return (await closed) === "keep" && blob.size > 0 ? blob : null;
}

async function record(sound, type, dialog, closed) {
  const recorder = new MediaRecorder(sound, { mimeType: type, audioBitsPerSecond: 24_000 });
  const pieces = [];
  const whole = new Promise((resolve) => { recorder.onstop = () => resolve(new Blob(pieces, { type: type.split(";")[0] })); });
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.start(1_000);
  const began = Date.now();
  const tick = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1_000);
    part(dialog, "length").textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds >= LONGEST_S) dialog.close("keep");
  }, 250);
  await closed;
  clearInterval(tick);
  recorder.stop();
  for (const track of sound.getTracks()) track.stop();
  return whole;
}
