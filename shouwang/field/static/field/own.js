// Where this phone is, on its own map: a dot, and how far off it may be. A place is drawn, never kept or sent by this.

const SOURCE = "own";
const CORNERS = 48;
const EARTH_M = 6_371_008.8;

/** A circle of `metres` around a point, as the ground sees it. */
function around({ longitude, latitude }, metres) {
  const turn = (2 * Math.PI) / CORNERS;
  const up = (metres / EARTH_M) * (180 / Math.PI);
  const across = up / Math.cos((latitude * Math.PI) / 180);
  const ring = Array.from({ length: CORNERS + 1 }, (_one, n) => [longitude + across * Math.sin(n * turn), latitude + up * Math.cos(n * turn)]);
  return { type: "Feature", properties: { part: "reach" }, geometry: { type: "Polygon", coordinates: [ring] } };
}

export function drawOwn(map, coords) {
  if (!map.isStyleLoaded()) return map.once("idle", () => drawOwn(map, coords));
  const dot = { type: "Feature", properties: { part: "dot" }, geometry: { type: "Point", coordinates: [coords.longitude, coords.latitude] } };
  const data = { type: "FeatureCollection", features: [around(coords, coords.accuracy ?? 0), dot] };
  const source = map.getSource(SOURCE);
  if (source) return source.setData(data);
  const colour = (token) => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  map.addSource(SOURCE, { type: "geojson", data });
  const only = (part) => ["==", ["get", "part"], part];
  map.addLayer({ id: "own-reach", type: "fill", source: SOURCE, filter: only("reach"), paint: { "fill-color": colour("--link"), "fill-opacity": 0.14 } });
  return map.addLayer({
    id: "own-dot", type: "circle", source: SOURCE, filter: only("dot"),
    paint: { "circle-radius": 8, "circle-color": colour("--link"), "circle-stroke-width": 3, "circle-stroke-color": colour("--surface") },
  });
}
