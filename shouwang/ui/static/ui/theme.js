// Light and dark, and large text. What a person chooses is a cookie, so that the server draws the next page right.

const YEAR_S = 31_536_000;
const root = document.documentElement;

const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=${value ? YEAR_S : 0}; samesite=lax`; };
const chosen = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.split("=")[1];

export function setTheme(theme) {
  keep("theme", theme);
  root.dataset.theme = theme || "light";
  document.dispatchEvent(new CustomEvent("sw:theme", { detail: root.dataset.theme }));
}

export function setReading(elder) {
  keep("reading", elder ? "elder" : "");
  if (elder) root.dataset.reading = "elder";
  else delete root.dataset.reading;
}

/** The desk follows the shift (dark 19:00–07:00) until the person chooses. */
function followShift() {
  if (!document.body.matches("[data-follows-shift]") || chosen("theme")) return;
  const hour = Number(new Intl.DateTimeFormat("en", { hour: "2-digit", hour12: false, timeZone: "Asia/Shanghai" }).format(new Date()));
  const theme = hour >= 19 || hour < 7 ? "dark" : "light";
  if (root.dataset.theme === theme) return;
  root.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent("sw:theme", { detail: theme }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set-theme], [data-toggle-elder]");
  if (!button) return;
  if (button.dataset.setTheme !== undefined) setTheme(button.dataset.setTheme || (root.dataset.theme === "dark" ? "light" : "dark"));
  else setReading(root.dataset.reading !== "elder");
});
followShift();
setInterval(followShift, 60_000);
