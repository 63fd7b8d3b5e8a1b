// The first screen: bind this phone to a person with the code from the desk, then wait for approval.

import { keep, makeKey } from "./device.js";
import { part, press, screen, setText } from "./screens.js";
import { call } from "./talk.js";
import { one, put } from "./store.js";

export async function bindScreen(app) {
  screen(app, "bind");
  if (!globalThis.isSecureContext) {
    part(app, "insecure").hidden = false;
    part(app, "form").hidden = true;
    return;
  }
  const waiting = await one("keys", "waiting");
  const code = part(app, "code");
  code.value ||= new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
  if (waiting) await askApproval(app, waiting);
  press(app, "bind", async () => {
    const { pair, publicKey } = await makeKey();
    const label = part(app, "label").value || navigator.userAgentData?.platform || "phone";
    try {
      const answer = await call("POST", "/devices/bind/", { code: code.value.trim(), public_key: publicKey, label });
      await put("keys", { id: "waiting", device: answer.device, pair, person: answer.person });
      await askApproval(app, { device: answer.device, pair, person: answer.person });
    } catch (fault) {
      setText(app, "problem", fault.offline ? part(app, "bind").dataset.offline : fault.message);
    }
  });
}

async function askApproval(app, waiting) {
  part(app, "form").hidden = true;
  part(app, "wait").hidden = false;
  clearTimeout(app.approval);
  const answer = await call("GET", `/devices/${waiting.device}/state/`).catch(() => null);
  if (answer?.state === "bound") {
    await keep(waiting.device, waiting.pair, waiting.person);
    await app.show();
    return;
  }
  app.approval = setTimeout(() => askApproval(app, waiting), 2_000);
}
