// Screens are <template data-screen="…"> written by the server in the reader's language; scripts fill their slots.

/** Put a screen into `host` and return it. */
export function screen(host, name) {
  if (host.dataset.screen === name) return host;
  const template = document.querySelector(`template[data-screen="${name}"]`);
  host.replaceChildren(template.content.cloneNode(true));
  host.dataset.screen = name;
  for (const words of host.querySelectorAll("[data-insecure]")) words.hidden = globalThis.isSecureContext;
  return host;
}

export function setText(root, slot, text) {
  for (const place of root.querySelectorAll(`[data-slot="${slot}"]`)) place.textContent = text ?? "";
}

/** Write values into the slots of the same names; a slot without a value hides its nearest [data-optional]. */
export function fill(root, values) {
  for (const [slot, value] of Object.entries(values)) {
    setText(root, slot, value);
    for (const place of root.querySelectorAll(`[data-slot="${slot}"]`)) {
      const whole = place.closest("[data-optional]");
      if (whole && root.contains(whole)) whole.hidden = value === "" || value === null || value === undefined;
    }
  }
}

/** Who works with this phone, and the time: the head of every screen. */
export const fillTop = (host, now) => fill(host, { unit: now.unit?.name ?? now.person.name, crew: now.crew_line, clock: hhmm(new Date().toISOString()) });

export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** Run `act` when the part is pressed; the button is off while it runs, so that a double tap is one step. */
export function press(root, name, act) {
  const button = part(root, name);
  if (!button) return;
  button.onclick = async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true"); // a second tap is not the next step
    try {
      await act(event);
    } finally {
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    }
  };
}

const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
export const hhmm = (iso) => (iso ? clock.format(new Date(iso)) : "—");
