// Without WebGL the space becomes a table: what, where, since when; nothing else on the screen changes.

function row(cells) {
  const line = document.createElement("tr");
  for (const cell of cells) {
    const place = document.createElement("td");
    place.textContent = cell ?? "";
    line.append(place);
  }
  return line;
}

export function plainTable(host, { matters, units }) {
  const table = document.createElement("table");
  table.className = "sw-table";
  for (const { properties } of matters?.features ?? []) table.append(row([properties.number, properties.kind, properties.place]));
  for (const { properties, geometry } of units?.features ?? []) {
    const [lon, lat] = geometry.coordinates;
    table.append(row([properties.name, `${lat.toFixed(5)}, ${lon.toFixed(5)}`, properties.at ? new Date(properties.at).toLocaleTimeString("zh-CN", { hour12: false }) : ""]));
  }
  const box = document.createElement("div");
  box.className = "plain";
  box.append(table);
  host.replaceChildren(box);
}
