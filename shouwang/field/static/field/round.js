// Today's round: its stops in order, taken along once; what was noted is kept here first and goes out when it can.

import { along } from "./along.js";
import { keepStep } from "./outbox.js";
import { fill, fillTop, hhmm, part, press, screen } from "./screens.js";
import { forget, remember } from "./typed.js";

const { kept, keep, taken } = along("round");

export async function roundScreen(app) {
  const fresh = app.dataset.screen !== "round";
  screen(app, "round");
  const { now } = app;
  fillTop(app, now);
  press(app, "look", () => app.choose("aside"));
  press(app, "back", () => app.choose(null));
  if (!fresh) return;
  draw(app, await kept());
  draw(app, await taken(app));
  await remember(app, part(app, "hazard"), "hazard");
}

function draw(app, told) {
  const round = told?.round;
  part(app, "walk").hidden = !round;
  part(app, "nowalk").hidden = Boolean(round);
  part(app, "hazard").hidden = !told;
  if (told) hazardForm(app, told);
  if (!round) return;
  const left = round.stops.filter((stop) => !stop.outcome).length;
  fill(app, { left, time: round.time, metres: Math.round(round.metres / 100) / 10 });
  const list = part(app, "stops");
  list.replaceChildren(list.querySelector("template"), ...round.stops.map((stop) => stopRow(app, list, told, stop)));
  press(app, "endround", async () => {
    await keepStep("round.end", null, { round: round.id });
    const gone = { ...told, round: null };
    await keep(gone);
    draw(app, gone);
    app.sync();
  });
}

function stopRow(app, list, told, stop) {
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  const way = part(row, "way");
  fill(row, { place: stop.place, where: stop.where, sort: `${stop.number} ${stop.sort}`, expected: hhmm(stop.expected), hours: stop.hours ?? "", outcome: told.outcomes[stop.outcome] ?? "" });
  part(row, "booked").hidden = !stop.booked;
  way.href = `geo:${stop.lat},${stop.lon}?q=${stop.lat},${stop.lon}`;
  press(row, "who", () => {
    app.inHand = stop.matter;
    return app.choose("find");
  });
  part(row, "acts").hidden = Boolean(stop.outcome);
  part(row, "acts").open = stop === told.round.stops.find((other) => !other.outcome);
  part(row, "codefield").hidden = !stop.visit;
  if (!stop.outcome) remember(app, part(row, "acts"), `stop:${stop.id}`);
  for (const outcome of Object.keys(told.outcomes)) press(row, outcome, () => note(app, row, told, stop, outcome));
  return row;
}

async function note(app, row, told, stop, outcome) {
  const given = { stop: stop.id, outcome, code: part(row, "code").value.trim(), remark: part(row, "remark").value.trim() };
  if (stop.visit && outcome === "done" && !given.code && !given.remark) {
    part(row, "ask").hidden = false;
    return part(row, "code").focus();
  }
  await keepStep("round.stop", stop.matter, given);
  await forget(part(row, "acts"), `stop:${stop.id}`);
  stop.outcome = outcome;
  await keep(told);
  draw(app, told);
  return app.sync();
}

function hazardForm(app, told) {
  const sort = part(app, "sort");
  if (!sort.options.length) sort.replaceChildren(...told.sorts.map(([name, label]) => new Option(label, name)));
  const where = part(app, "where");
  const stops = told.round?.stops ?? [];
  const here = new Option(where.dataset.here, "");
  where.replaceChildren(here, ...stops.map((stop) => new Option(stop.where, stop.id, false, stop.id === where.value)));
  press(app, "notehazard", async () => {
    const gist = part(app, "gist").value.trim();
    const at = stops.find((stop) => stop.id === where.value) ?? (await position());
    part(app, "nowhere").hidden = Boolean(at);
    part(app, "nogist").hidden = Boolean(gist);
    if (!at || !gist) return;
    await keepStep("hazard.note", null, { subkind: sort.value, gist, place_text: at.where, lon: at.lon, lat: at.lat });
    part(app, "gist").value = "";
    await forget(part(app, "hazard"), "hazard");
    await remember(app, part(app, "hazard"), "hazard");
    part(app, "noted").hidden = false;
    await app.sync();
  });
}

/** Where the phone is at this instant; asked for once, for this hazard. */
function position() {
  return new Promise((resolve) => {
    const found = ({ coords }) => resolve({ where: "", lon: coords.longitude, lat: coords.latitude });
    navigator.geolocation.getCurrentPosition(found, () => resolve(null), { enableHighAccuracy: true, timeout: 10_000 });
  });
}
