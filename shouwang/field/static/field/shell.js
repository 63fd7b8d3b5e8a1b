// What the first visit loaded before the worker was there is loaded once more through it: then the page opens without
// a network from that visit on. What the map needs comes along, so that a first task may arrive anywhere.

const MAP = ["/static/ui/map/map.js", "/static/ui/map/map.css", "/static/vendor/maplibre-gl-worker.mjs", "/static/ui/icons.svg"];

export async function keepShell() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  await serviceWorker.ready;
  if (!serviceWorker.controller) await new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname);
  const wanted = new Set([...loaded.filter((path) => path.startsWith("/static/")), ...MAP]);
  await Promise.all([...wanted].map((path) => fetch(path).catch(() => null)));
}
