// The lamp: a ring around what is chosen.

let marker = null;
let library = null;

export const chosen = {
  add(map, maplibregl) {
    library = maplibregl;
  },

  update(map, point) {
    if (!point) return this.remove();
    if (!marker) {
      const element = document.createElement("span");
      element.className = "chosen";
      marker = new library.Marker({ element, anchor: "center" });
    }
    marker.setLngLat(point).addTo(map);
    return undefined;
  },

  remove() {
    marker?.remove();
    marker = null;
  },
};
