// The map of a list: draws what lies in the page, once.

const map = document.querySelector("sw-map");
const layers = document.getElementById("shown-layers");

if (map && layers) customElements.whenDefined("sw-map").then(() => map.show(JSON.parse(layers.textContent)));
