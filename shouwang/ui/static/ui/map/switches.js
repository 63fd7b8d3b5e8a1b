// Which layers are shown: <div class="sw-layers"><button data-layer="grids" aria-pressed="true">…. Kept in the browser.

const KEPT = "sw-layers";
const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? "{}");

function set(button, on) {
  button.setAttribute("aria-pressed", String(on));
  const map = button.closest("[data-map]")?.querySelector("sw-map") ?? document.querySelector("sw-map");
  map?.toggle?.(button.dataset.layer, on);
}

for (const button of document.querySelectorAll("[data-layer]")) {
  const was = kept()[button.dataset.layer];
  if (was !== undefined) customElements.whenDefined("sw-map").then(() => set(button, was));
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    set(button, on);
    localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [button.dataset.layer]: on }));
  });
}
