// The colours of tokens.css for what the map library draws itself; it cannot read custom properties.

/** The value of a token as it stands now, for the theme of the page. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Put a GeoJSON source and its layers, below the labels of the ground. */
export function put(map, name, layers) {
  if (!map.getSource(name)) map.addSource(name, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  const labels = map.getStyle().layers.find((layer) => layer.type === "symbol")?.id;
  for (const layer of layers) if (!map.getLayer(layer.id)) map.addLayer({ source: name, ...layer }, labels);
}

/** Take away what `put` made. */
export function take(map, name, layers) {
  if (!map?.style) return;
  for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
  if (map.getSource(name)) map.removeSource(name);
}
