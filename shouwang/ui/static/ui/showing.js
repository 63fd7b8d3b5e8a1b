// The component page: a choice is drawn at once instead of by a new page; made positions get their age.

document.addEventListener("submit", (event) => {
  if (event.submitter?.matches("[data-set-theme], [data-toggle-elder]")) event.preventDefault();
});

await customElements.whenDefined("sw-map");
const map = document.querySelector("sw-map[data-sample]");
const layers = await (await fetch(map.dataset.sample)).json();
for (const { properties } of layers.units.features) {
  properties.fixed = properties.age === 0;
  properties.at = new Date(Date.now() - properties.age * 1000).toISOString();
}
map.show(layers);
map.choose("2047", layers.matters.features[0].geometry.coordinates);
