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

const WHOLE_AREAS = /(^|[省市州盟县区旗镇乡道村])$/; // county and street are written before an address, or are not
const ends = (long, short) => short && long.endsWith(short) && WHOLE_AREAS.test(long.slice(0, -short.length));

/** The place that is meant: by its number; by an address that ends what is said, the longest; or that is ended by it. */
export function placeSaid(places, said) {
  const words = said.map((one) => one.replaceAll(/\s/g, ""));
  const ending = places.filter((one) => words.some((word) => ends(word, one.text)));
  const longest = Math.max(0, ...ending.map((one) => one.text.length));
  const ended = places.filter((one) => words.some((word) => ends(one.text, word)));
  return places.find((one) => words.includes(String(one.number)))
    ?? ending.find((one) => one.text.length === longest) ?? (ended.length === 1 ? ended[0] : undefined);
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
