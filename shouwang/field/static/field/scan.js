// Scanning a door plate where this phone can; otherwise the place is typed.

const EVERY_MS = 250;

export const canScan = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

/** What a plate says: its address, from the page that its code leads to; else the text itself. */
export function placeIn(text) {
  try {
    return new URL(text).searchParams.get("place") ?? text;
  } catch {
    return text;
  }
}

/** Show the camera in `dialog` until a code is seen or it is closed; the code's text or null. */
export async function scan(dialog) {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (!camera) return null;
  const video = dialog.querySelector("video");
  video.srcObject = camera;
  dialog.showModal();
  await video.play();
  const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  const found = await new Promise((resolve) => {
    const look = setInterval(async () => {
      const [code] = await detector.detect(video).catch(() => []);
      if (code) dialog.close(code.rawValue);
    }, EVERY_MS);
    dialog.addEventListener("close", () => {
      clearInterval(look);
      resolve(dialog.returnValue || null);
    }, { once: true });
  });
  for (const track of camera.getTracks()) track.stop();
  return found;
}
