"""The sheet of a station (S-GRD-014): aggregates of the registers by community, with small cells suppressed.

A cell of fewer than five people is “fewer than five”; where it is the only such cell of a community, the next smallest
is hidden too, so that nobody takes the others from the total (IND-07).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.people.access import Verb, spans
from shouwang.registry.lists import Category
from shouwang.registry.looking import ask_database

FEW = 5


@dataclass
class Counts:
    """One community. `people` by category; None: not told. `total` is of everybody, None where it would tell on few."""

    area: UUID
    people: dict[str, int | None] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    trades: dict[str, int] = field(default_factory=dict)  # of the units that are special trades
    n_stale: int = 0

    @property
    def total(self) -> int | None:
        told = [n for n in self.people.values() if n is not None]
        return sum(told) if len(told) == len(self.people) else None

    @property
    def migrants(self) -> int | None:
        return self.people.get(Category.MIGRANT, 0)


def profile_on(by: Actor, at: dt.datetime) -> list[Counts]:
    """Each community on the ground of whoever may count."""
    reach = list(spans(by, Verb.REGISTER_COUNT, at))
    if not reach:
        return []
    with acting(by):
        rows = ask_database("SELECT area, counted, item, n FROM profile_counts(%s::varchar[])", [reach])
    found: dict[UUID, Counts] = {}
    people: dict[UUID, dict[str, int | None]] = defaultdict(dict)
    for area, counted, item, n in rows:
        one = found.setdefault(area, Counts(area))
        if counted == "people":
            people[area][item] = n
        elif counted == "stale":
            one.n_stale = n
        else:
            getattr(one, counted)[item] = n
    for area, cells in people.items():
        found[area].people = suppressed(cells)
    return list(found.values())


def suppressed(cells: dict[str, int | None]) -> dict[str, int | None]:
    """Small cells are None already; where there is exactly one, the smallest of the others joins it."""
    small = [name for name, n in cells.items() if n is None or n < FEW]
    hidden = dict.fromkeys(small)
    others = sorted((n, name) for name, n in cells.items() if n is not None and name not in hidden)
    if len(small) == 1 and others:
        hidden[others[0][1]] = None
    return {name: None if name in hidden else n for name, n in cells.items()}
