// A drawing (GeoJSON) as features for the map: corners once each, a number in the middle of each area.

export const same = (a, b) => a && b && a[0] === b[0] && a[1] === b[1];
export const words = ([lon, lat]) => `${lon.toFixed(7)}, ${lat.toFixed(7)}`;
export const read = (text) => text?.split(",").map(Number);

const polygons = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates);
const point = (coordinates, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates }, properties });

export function* corners(drawing) {
  const seen = new Set();
  for (const { geometry } of drawing.features) {
    for (const corner of polygons(geometry).flat(2)) {
      const name = words(corner);
      if (seen.has(name)) continue;
      seen.add(name);
      yield corner;
    }
  }
}

export const cornerFeatures = (drawing, chosen) => [...corners(drawing)].map((corner) => point(corner, { on: Boolean(chosen && words(corner) === words(chosen)) }));
export const cellFeatures = (drawing, chosen) => drawing.features.map((feature, number) => ({ ...feature, properties: { number, chosen: number === chosen } }));

/** The middle of the box of the largest part: near enough to read a number by. */
export const numberFeatures = (drawing) => drawing.features.map(({ geometry, properties }, number) => {
  const ring = polygons(geometry).map(([outer]) => outer).sort((a, b) => b.length - a.length)[0];
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  const middle = [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
  return point(middle, { name: `${number + 1} ${properties.title ?? ""}`.trim() });
});

/** The same drawing with one corner elsewhere, in every area that has it. */
export function moved(drawing, was, to) {
  const ring = (corners) => corners.map((corner) => (same(corner, was) ? to : corner));
  const turned = ({ type, coordinates }) => ({ type, coordinates: type === "Polygon" ? coordinates.map(ring) : coordinates.map((part) => part.map(ring)) });
  return { ...drawing, features: drawing.features.map((feature) => ({ ...feature, geometry: turned(feature.geometry) })) };
}

/** The line that is being drawn, with the place under the pointer at its end. */
export function lineFeatures(places, pointer) {
  const all = pointer ? [...places, pointer] : places;
  const ends = places.map((place) => point(place, {}));
  return all.length > 1 ? [{ type: "Feature", geometry: { type: "LineString", coordinates: all }, properties: {} }, ...ends] : ends;
}
