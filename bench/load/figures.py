"""What is written down while the load runs, and what becomes of it: percentiles, slopes, a table.

Times count from the moment something was due, not from when it could begin: whoever has to wait to be asked waits too.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import Any

COMMAND_MS, SUGGESTION_MS, POSITION_MS, NEWS_MS = 500, 300, 1500, 2000
FLAT_MIB_A_MIN = 1.0
YARD = 200_000
COMMANDS, ANSWERS, SUGGESTIONS = "command → full display", "command → answer, other desks", "suggestions, server time"
HEARD, DRAWN, NEWS = "position → stream of a desk", "position → drawn on the map", "news → lists fetched"
READ, STEPPED, REPORTED = "public page", "step from a phone", "position taken"
AIMS = {
    COMMANDS: ("p95", COMMAND_MS), ANSWERS: ("p95", COMMAND_MS), SUGGESTIONS: ("p99", SUGGESTION_MS),
    HEARD: ("p95", POSITION_MS), DRAWN: ("p95", POSITION_MS), NEWS: ("p95", NEWS_MS),
}  # fmt: skip


class Notes:
    """Everything that is measured, by name."""

    def __init__(self) -> None:
        self.began = time.time()
        self.warm_at = self.began
        self.took_ms: dict[str, list[float]] = defaultdict(list)
        self.faults: Counter[str] = Counter()
        self.memory: list[tuple[float, dict[str, float]]] = []
        self.yardstick_ms: list[float] = []

    def took(self, name: str, due: float, *, ended: float | None = None) -> None:
        """`due` and `ended` in seconds since 1970; what was due before the load was warm is not counted."""
        if due >= self.warm_at:
            self.took_ms[name].append(((time.time() if ended is None else ended) - due) * 1000)

    def spent(self, name: str, ms: float) -> None:
        if time.time() >= self.warm_at:
            self.took_ms[name].append(ms)

    def fault(self, what: str) -> None:
        self.faults[what] += 1


def yardstick_ms() -> float:
    """How long this machine takes for the same small piece of work, on a core: neighbours on its host slow it down."""
    began, total = time.thread_time(), 0
    for number in range(YARD):
        total += number * number % 7
    return (time.thread_time() - began) * 1000


def percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def slope(points: list[tuple[float, float]]) -> float:
    """Of the straight line nearest to the points, a second."""
    if len(points) < 2:
        return 0.0
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread if spread else 0.0


def times(notes: Notes) -> list[dict[str, Any]]:
    rows = []
    for name in [*AIMS, STEPPED, REPORTED, READ]:
        found = notes.took_ms.get(name, [])
        if not found:
            continue
        row: dict[str, Any] = {"what": name, "n": len(found)}
        row |= {f"p{percent}_ms": round(percentile(found, percent)) for percent in (50, 95, 99)}
        if name in AIMS:
            mark, aim = AIMS[name]
            row |= {"aim": f"{mark} ≤ {aim} ms", "met": percentile(found, float(mark[1:])) <= aim}
        rows.append(row)
    return rows


def memories(notes: Notes, cpu_shares: dict[str, float]) -> list[dict[str, Any]]:
    """Of each process: memory at the warm start and the end, and how it grew over the second half."""
    warm = [(at, found) for at, found in notes.memory if at >= notes.warm_at] or notes.memory
    half = warm[len(warm) // 2 :]
    rows = []
    for name in warm[-1][1]:
        grows = slope([(at, found[name]) for at, found in half if name in found]) * 60
        rows.append({
            "process": name, "start_mib": round(warm[0][1].get(name, 0)), "end_mib": round(warm[-1][1][name]),
            "slope_mib_a_min": round(grows, 2), "flat": grows <= FLAT_MIB_A_MIN,
            "cpu_share": round(cpu_shares.get(name, 0), 2),
        })  # fmt: skip
    return rows


def tables(result: dict[str, Any]) -> str:
    """Two tables and a line of faults, as markdown."""
    lines = [result["load"], "", "| | n | p50 ms | p95 ms | p99 ms | aim | |", "|---|--:|--:|--:|--:|---|---|"]
    for row in result["times"]:
        met = {True: "met", False: "**missed**"}.get(row.get("met"), "")  # type: ignore[arg-type]
        lines.append(
            f"| {row['what']} | {row['n']} | {row['p50_ms']} | {row['p95_ms']} | {row['p99_ms']} "
            f"| {row.get('aim', '')} | {met} |"
        )
    lines += ["", "| process | MiB, warm | MiB, end | MiB a minute, second half | cores used | aim: flat (≤ 1) |",
              "|---|--:|--:|--:|--:|---|"]  # fmt: skip
    for row in result["memory"]:
        lines.append(
            f"| {row['process']} | {row['start_mib']} | {row['end_mib']} | {row['slope_mib_a_min']} "
            f"| {row['cpu_share']} | {'met' if row['flat'] else '**missed**'} |"
        )
    shed = ", ".join(f"{kind} {n:.0f}" for kind, n in sorted(result["shed"].items())) or "none"
    faults = ", ".join(f"{what}: {n}" for what, n in sorted(result["faults"].items())) or "none"
    others = ", ".join(f"{name} {share:.2f}" for name, share in result["generator_cores"].items())
    said = f"Shed: {shed}. Errors: {faults}. Cores used by the load itself, and by strangers to it: {others}."
    before, under = result["yardstick_ms"]
    said += f" A fixed piece of work took {before:.1f} ms of a core before, {under:.1f} ms (median) beside the load."
    return "\n".join([*lines, "", "Memory: proportional shares, without the shared buffers of postgres.", "", said])
