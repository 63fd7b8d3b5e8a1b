"""Rosters as text: the open format of the shift scheduling benchmarks (SECTION_… with comma-separated rows). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shouwang.solvers.rostering import Cover, Member, Shift, Task, Wish

SECTIONS = (
    "SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_DAYS_OFF", "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS", "SECTION_COVER",
)  # fmt: skip


class RosterUnreadable(ValueError):
    """Text that is no roster; says the line and what was expected there."""


def read_task(text: str) -> Task:
    """Raises RosterUnreadable."""
    rows: dict[str, list[tuple[int, list[str]]]] = {name: [] for name in SECTIONS}
    for number, section, parts in _rows(text.splitlines()):
        if section not in rows:
            raise RosterUnreadable(f"line {number}: “{section}” is no section of a roster")
        rows[section].append((number, parts))
    if len(rows["SECTION_HORIZON"]) != 1:
        raise RosterUnreadable("SECTION_HORIZON must hold one number of days")
    try:
        return _task(rows)
    except (IndexError, KeyError, ValueError) as problem:
        raise RosterUnreadable(f"a row cannot be read: {problem}") from None


def _task(rows: dict[str, list[tuple[int, list[str]]]]) -> Task:
    plain = {name: [parts for _, parts in found] for name, found in rows.items()}
    off = {parts[0]: frozenset(int(day) for day in parts[1:] if day) for parts in plain["SECTION_DAYS_OFF"]}
    members = tuple(_member(parts, off.get(parts[0], frozenset())) for parts in plain["SECTION_STAFF"])
    known = {member.code for member in members}
    wishes = [
        Wish(who, int(day), shift, int(weight), wanted)
        for section, wanted in (("SECTION_SHIFT_ON_REQUESTS", True), ("SECTION_SHIFT_OFF_REQUESTS", False))
        for who, day, shift, weight in plain[section]
    ]
    strangers = {wish.member for wish in wishes} - known
    if strangers:
        raise ValueError(f"a wish of “{min(strangers)}”, who is not in SECTION_STAFF")
    return Task(
        days=int(plain["SECTION_HORIZON"][0][0]),
        shifts=tuple(_shift(parts) for parts in plain["SECTION_SHIFTS"]),
        members=members,
        wishes=tuple(wishes),
        cover=tuple(Cover(int(p[0]), p[1], int(p[2]), int(p[3]), int(p[4])) for p in plain["SECTION_COVER"]),
    )


def _shift(parts: list[str]) -> Shift:
    barred = parts[2] if len(parts) > 2 else ""
    return Shift(parts[0], int(parts[1]), tuple(code for code in barred.split("|") if code))


def _member(parts: list[str], off: frozenset[int]) -> Member:
    most = dict(pair.split("=") for pair in parts[1].split("|") if pair)
    return Member(
        code=parts[0],
        most={shift: int(count) for shift, count in most.items()},
        most_minutes=int(parts[2]),
        least_minutes=int(parts[3]),
        most_running=int(parts[4]),
        least_running=int(parts[5]),
        least_off=int(parts[6]),
        most_weekends=int(parts[7]),
        off=off,
    )


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, str, list[str]]]:
    """(line number, section, parts) of every row that says something."""
    section = ""
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line
        else:
            yield number, section, [part.strip() for part in line.split(",")]
