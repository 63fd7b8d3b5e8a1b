// The map of the duty area, taken along: every tile around it is fetched once through the worker, which keeps it.

const ZOOMS = [11, 12, 13, 14, 15, 16];
const MOST = 600;
const AT_ONCE = 4;

/** Tile columns and rows that a box of degrees touches.  Source: Web Mercator tile scheme (EPSG:3857) */
function touching([west, south, east, north], z) {
  const n = 2 ** z;
  const column = (lon) => Math.floor(((lon + 180) / 360) * n);
  const row = (lat) => Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * n);
  const found = [];
  for (let x = column(west); x <= column(east); x += 1) for (let y = row(north); y <= row(south); y += 1) found.push([z, x, y]);
  return found;
}

/** Fetch the map of this box, with its look by day and by night; whether all of it is here. */
export async function takeMap(box) {
  if (!box || !navigator.serviceWorker?.controller) return false;
  const looks = await Promise.all(["light", "dark"].map((theme) => fetch(`/map/style-${theme}.json`).then((answer) => answer.json()))).catch(() => []);
  const template = looks[0]?.sources.ground?.tiles[0];
  if (!template) return false;
  const wanted = ZOOMS.flatMap((z) => touching(box, z)).slice(0, MOST);
  const next = async () => {
    for (let tile = wanted.shift(); tile; tile = wanted.shift()) {
      const [z, x, y] = tile;
      const address = template.replace("{z}", z).replace("{x}", x).replace("{y}", y);
      if (!(await caches.match(address))) await fetch(address);
    }
  };
  return Promise.all(Array.from({ length: AT_ONCE }, next)).then(() => true, () => false);
}
