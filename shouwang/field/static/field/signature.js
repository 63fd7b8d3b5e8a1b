// A signature drawn with a finger: a picture, kept with the form it belongs to.

import { part, press } from "./screens.js";

/** Ask for a signature; a PNG, or null when nothing was drawn. */
export async function signature(app) {
  const dialog = part(app, "signask");
  const canvas = dialog.querySelector("canvas");
  dialog.returnValue = "";
  dialog.showModal();
  const box = canvas.getBoundingClientRect();
  Object.assign(canvas, { width: box.width * 2, height: box.height * 2 });
  const pen = canvas.getContext("2d");
  const blank = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); };
  blank();
  Object.assign(pen, { lineWidth: 5, lineCap: "round", strokeStyle: "#111" });
  let drawn = false;
  const at = (event) => [(event.clientX - box.left) * 2, (event.clientY - box.top) * 2];
  canvas.onpointerdown = (event) => { pen.beginPath(); pen.moveTo(...at(event)); canvas.setPointerCapture(event.pointerId); };
  canvas.onpointermove = (event) => {
    if (!event.buttons) return;
    drawn = true;
    pen.lineTo(...at(event));
    pen.stroke();
  };
  press(dialog, "signagain", () => { drawn = false; blank(); });
  press(dialog, "signkeep", () => dialog.close("keep"));
  press(dialog, "signdrop", () => dialog.close("drop"));
  const said = await new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
  return said === "keep" && drawn ? new Promise((resolve) => canvas.toBlob(resolve, "image/png")) : null;
}
