// The field page without a network: the shell from the cache, data from the phone's own store.

const CACHE = "field-VERSION";
const SHELL = ["/field/"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("field-") && name !== CACHE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

const cached = (path) => path === "/field/" || path.startsWith("/static/") || path.startsWith("/map/");

async function fromNetwork(request) {
  const response = await fetch(request);
  if (response.ok && response.type === "basic" && !response.redirected) (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

/** A tile of one version of the ground never changes: what was taken along is not asked for again. */
const fromCache = async (request) => (await caches.match(request)) ?? fromNetwork(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || !cached(pathname)) return;
  if (pathname.startsWith("/map/tiles/")) return event.respondWith(fromCache(request));
  const wanted = pathname === "/field/" ? new Request("/field/", { credentials: "same-origin" }) : request;
  return event.respondWith(fromNetwork(wanted).catch(async () => (await caches.match(wanted, { ignoreSearch: true })) ?? Response.error()));
});
