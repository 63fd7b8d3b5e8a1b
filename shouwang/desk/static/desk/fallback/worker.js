// Stands in for the desk while no server answers: any page under /desk/ becomes the local journal.

const CACHE = "desk-fallback";
const SHELL = "/desk/fallback/";
const AWAY = [502, 503, 504];
const PATIENCE_MS = 20_000; // the front answers sooner, unless it hangs itself

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreSearch: true });

async function page(request) {
  try {
    const answer = await Promise.race([fetch(request), new Promise((_, late) => { setTimeout(late, PATIENCE_MS, new Error("late")); })]);
    if (!AWAY.includes(answer.status)) return answer;
    return (await kept(SHELL)) ?? answer;
  } catch (fault) {
    const shell = await kept(SHELL);
    if (!shell) throw fault;
    return shell;
  }
}

async function part(request) {
  try {
    const answer = await fetch(request);
    if (!AWAY.includes(answer.status)) return answer;
    return (await kept(request)) ?? answer;
  } catch (fault) {
    const found = await kept(request);
    if (!found) throw fault;
    return found;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith("/desk/") && !pathname.endsWith(".pdf")) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});
