// The way of one unit on one shift, drawn from what lies in the page; the lamp where it was last.

const map = document.querySelector(".trackmap sw-map");
const line = document.getElementById("track");

if (map && line) {
  customElements.whenDefined("sw-map").then(() => {
    map.show({ route: JSON.parse(line.textContent) });
    map.look(map.dataset.last.split(",").map(Number));
  });
}
