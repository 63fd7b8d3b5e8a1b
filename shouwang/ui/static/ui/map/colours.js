// The colours of tokens.css for what the map library draws itself; it knows neither custom properties nor system colours.

const FAR = 1.35; // names of 13 px become 17, read at four metres
const probe = document.createElement("span");
probe.hidden = true;
probe.style.setProperty("forced-color-adjust", "none");

/** Any CSS colour as rgb(…), for the theme of the page as it stands now. */
function resolved(colour) {
  document.body.append(probe);
  probe.style.color = colour;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** The value of a token such as --m-grid. */
export const token = (name) => resolved(`var(${name})`);

export const forced = () => matchMedia("(forced-colors: active)").matches;

/** A base style as a line drawing on Canvas: for readers who chose their own colours. */
export function lineDrawing(style) {
  const [ground, line, ink] = ["Canvas", "GrayText", "CanvasText"].map(resolved);
  const paints = {
    background: () => ({ "background-color": ground }),
    fill: () => ({ "fill-color": ground, "fill-outline-color": line }),
    line: () => ({ "line-color": line, "line-width": 1 }),
    symbol: () => ({ "text-color": ink, "text-halo-color": ground, "text-halo-width": 2 }),
  };
  return { ...style, layers: style.layers.map((layer) => (paints[layer.type] ? { ...layer, paint: paints[layer.type]() } : layer)) };
}

/** A base style for a screen that is read from afar: its names are larger. */
export function fromAfar(style) {
  const larger = (layout) => (typeof layout?.["text-size"] === "number" ? { ...layout, "text-size": layout["text-size"] * FAR } : layout);
  return { ...style, layers: style.layers.map((layer) => (layer.layout ? { ...layer, layout: larger(layer.layout) } : layer)) };
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
