// Scanning a door plate where this phone can; otherwise the place is typed.

const EVERY_MS = 250;

export const canScan = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

/** All that a plate may say of its address: the text itself; of a link its parameters and the end of its path. */
export function saidBy(text) {
  try {
    const link = new URL(text);
    return [...link.searchParams.values(), decodeURIComponent(link.pathname.split("/").findLast(Boolean) ?? "")];
  } catch {
    return [text];
  }
}

/** Words to look for where no address is named: nobody looks for a link. */
export const wordsIn = (text) => (URL.canParse(text) ? new URL(text).searchParams.get("place") ?? "" : text);

/** Show the camera in `dialog` until a code is seen or it is closed; the code's text or null. Throws without a camera. */
export async function scan(dialog) {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
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
