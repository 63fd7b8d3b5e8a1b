// The map of one grid: its border on the ground.

const map = document.querySelector(".wheremap sw-map");
const shape = JSON.parse(document.querySelector("#grid-shape").textContent);

customElements.whenDefined("sw-map").then(() => map.show({ grids: shape }));
