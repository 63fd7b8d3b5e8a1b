// A tap on the map asks about that place; the lamp stands on the place asked about.

const map = document.querySelector(".wheremap sw-map");

if (map) {
  customElements.whenDefined("sw-map").then(() => {
    if (map.dataset.point) map.look(map.dataset.point.split(",").map(Number));
    map.map?.on("click", ({ lngLat }) => {
      location.assign(`?lon=${lngLat.lng.toFixed(6)}&lat=${lngLat.lat.toFixed(6)}`);
    });
  });
}
