// The worker is put in place, and what the stand-in page needs is loaded into its cache: from then on every address of
// the desk opens without a server.

const CACHE = "desk-fallback";
const BESIDES = ["/desk/fallback/", "/static/ui/icons.svg", "/static/ui/mark.svg"];

export async function keepShell() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  await serviceWorker.register("/desk/worker.js", { scope: "/desk/" });
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname);
  const wanted = new Set([...BESIDES, ...loaded.filter((path) => path.startsWith("/static/") && !path.includes("/map/"))]);
  const cache = await caches.open(CACHE);
  await Promise.all([...wanted].map((path) => cache.add(new Request(path, { credentials: "same-origin" })).catch(() => null)));
  document.documentElement.dataset.shell = "kept";
}
