// How old a position may be before it fades, and before it is lost (docs/ui.md; the server holds the same numbers).

const STALE_S = 30;
const LOST_S = 120;

/** Seconds since the fix; 0 for a booth that stands still and never reports. */
export const ageOf = ({ at, fixed }, now = Date.now()) => (fixed || !at ? 0 : Math.max(0, (now - Date.parse(at)) / 1000));

/** fresh, stale or lost. */
export function freshness(properties, now = Date.now()) {
  const age = ageOf(properties, now);
  const interval = properties.interval_s ?? 0;
  if (age > Math.max(LOST_S, 4 * interval)) return "lost";
  return age > Math.max(STALE_S, 2 * interval) ? "stale" : "fresh";
}
