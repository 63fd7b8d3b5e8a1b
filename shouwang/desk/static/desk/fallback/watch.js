// Is the system there? Asked of /healthz, which needs web and database. Two answers in a row make it so.

const CALM_MS = 10_000;
const CLOSE_MS = 2_000;
const PATIENCE_MS = 4_000;
const ENOUGH = 2;

async function healthy() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Calls `turned(up)` whenever the system goes or comes back; asks more often when the line is lost. */
export function watch(turned, { up = true } = {}) {
  let counted = 0;
  const look = async () => {
    const now = await healthy();
    counted = now === up ? 0 : counted + 1;
    if (counted >= ENOUGH) {
      [up, counted] = [now, 0];
      turned(up);
    }
    const lost = document.documentElement.dataset.line === "lost";
    clearTimeout(next);
    next = setTimeout(look, !up || counted || lost ? CLOSE_MS : CALM_MS);
  };
  let next = setTimeout(look, CLOSE_MS);
  document.addEventListener("sw:line", ({ detail }) => {
    if (detail.live) return;
    clearTimeout(next);
    next = setTimeout(look, 0);
  });
}
