// A tap on the map is one more choice of the list; the lamp stands on it.

const map = document.querySelector(".wheremap sw-map");
const choices = document.querySelector("[data-part=choices]");
const tapped = document.querySelector("[data-part=tapped]");

if (map) {
  customElements.whenDefined("sw-map").then(() => {
    map.map?.on("click", ({ lngLat: { lng, lat } }) => {
      const radio = tapped.querySelector("input");
      radio.value = `${lng.toFixed(6)},${lat.toFixed(6)}||`;
      radio.checked = true;
      choices.hidden = tapped.hidden = false;
      map.look([lng, lat]);
    });
  });
}
