// The way of one unit on one shift, drawn from what lies in the page.

const map = document.querySelector(".trackmap sw-map");
const line = document.getElementById("track");

if (map && line) customElements.whenDefined("sw-map").then(() => map.show({ route: JSON.parse(line.textContent) }));
