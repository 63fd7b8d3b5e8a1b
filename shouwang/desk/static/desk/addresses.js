// The map of one address: the lamp on its point.

const map = document.querySelector(".addrmap sw-map");

if (map) {
  customElements.whenDefined("sw-map").then(() => map.look(map.dataset.point.split(",").map(Number)));
}
