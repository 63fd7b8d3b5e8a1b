// The sign of a place on patrol: read by the camera or typed, known again by its mark; what it says is not on the phone.

import { sha256hex, toBytes } from "./bytes.js";
import { canScan, saidBy, scan } from "./scan.js";
import { fill, part, press } from "./screens.js";

/** The place whose sign says this, and the code as it was read; undefined where none does. */
export async function placeOf(points, text) {
  for (const said of saidBy(text)) {
    const code = said.replaceAll(/\s/g, "").toUpperCase();
    for (const point of points) {
      const mark = code && await sha256hex(toBytes(`${point.id}:${code}`));
      if (mark && point.signs?.includes(mark)) return { point, code };
    }
  }
}

/** Both ways to check in by a sign; `seen(point, code)` keeps the step. */
export function signPart(app, points, seen) {
  part(app, "scan").hidden = !canScan();
  const read = async (text) => {
    const found = await placeOf(points, text);
    part(app, "nosign").hidden = Boolean(found);
    part(app, "signed").hidden = !found;
    if (!found) return;
    fill(app, { signedat: found.point.label });
    part(app, "code").value = "";
    await seen(found.point, found.code);
  };
  press(app, "scan", async () => {
    const text = await scan(part(app, "camera")).catch(() => undefined);
    part(app, "nocamera").hidden = text !== undefined;
    if (text) await read(text);
  });
  press(app, "typed", () => {
    const text = part(app, "code").value.trim();
    return text ? read(text) : part(app, "code").focus();
  });
}
