// Places that may be meant, with the numbers of the list beside the map: [{ number, point, on }].

let library = null;
let markers = [];

function spot({ number, on }) {
  const element = document.createElement("span");
  element.className = `spot${on ? " on" : ""}`;
  element.textContent = number;
  element.setAttribute("aria-hidden", "true"); // the list says the same
  return element;
}

export const offered = {
  add(_map, maplibregl) {
    library = maplibregl;
  },

  update(map, places) {
    this.remove();
    markers = places.map((one) => new library.Marker({ element: spot(one) }).setLngLat(one.point).addTo(map));
  },

  remove() {
    for (const marker of markers) marker.remove();
    markers = [];
  },
};
