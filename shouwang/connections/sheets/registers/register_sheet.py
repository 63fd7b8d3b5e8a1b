"""What the sheets of all registers have in common: what a line is made with, and what it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from shouwang.connections.sheets.cells import Cells
from shouwang.connections.sheets.columns import Column
from shouwang.connections.sheets.ground import Standing
from shouwang.core.calendar import Limit
from shouwang.core.keyring import active_number, sealer
from shouwang.core.problem import Problem
from shouwang.registry.keeping import dates
from shouwang.registry.lists import Register, Source
from shouwang.registry.protecting import SEALED, TABLES, HashOf, many_hashes
from shouwang.registry.purposes import Basis

Standings = Mapping[str, Standing | Problem]


@dataclass(frozen=True)
class Told:
    """What a line becomes: the key of its record, what tells it again, and the columns of each table by name."""

    id: UUID
    match: bytes
    given: dict[str, dict[str, Any]]
    address: UUID | None = None
    person: UUID | None = None
    bucket: int | None = None


@dataclass
class Making:
    """With what the lines of one batch are made into records, all at one instant by one person.

    tree  of a batch of addresses: what its lines hang under
    """

    at: dt.datetime
    by: UUID | None
    tree: Any = None
    key_number: int = field(default_factory=active_number)
    hashed: HashOf = field(default_factory=lambda: lru_cache(maxsize=8)(many_hashes()))  # each number is asked twice
    housed: set[UUID] = field(default_factory=set)  # addresses to which a line of this batch brings the dwelling
    _sealers: dict[tuple[str, str], Callable[[bytes, object], bytes]] = field(default_factory=dict)
    _dates: dict[int, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for register in (Register.RESIDENT, Register.DWELLING, Register.ORGANISATION):
            for one in SEALED[register]:
                self._sealers[register, one] = sealer(TABLES[register], one)

    def kept(self, row: UUID, limit: Limit) -> dict[str, Any]:
        """The columns that every record has."""
        if limit.amount not in self._dates:
            told = {
                "source": Source.SHEET.value, "basis": Basis.STATUTORY_DUTY.value, "stale": False,
                "kept_by": str(self.by) if self.by else None, "created_at": self.at.isoformat(),
            } | {name: value.isoformat() for name, value in dates(self.at, limit).items()}  # fmt: skip
            self._dates[limit.amount] = told
        return {"id": row, **self._dates[limit.amount]}

    def sealed(self, register: Register, row: UUID, name: str, value: str) -> dict[str, Any]:
        return {f"{name}_enc": self._sealers[register, name](value.encode(), row) if value else None}


@dataclass(frozen=True)
class RegisterSheet:
    """One register as a sheet.

    tell       a line as a record; raises Faulty
    addressed  whether lines stand at an address that must be there already
    undone_by  the steps of `undo_sheet`, in order
    """

    columns: tuple[Column, ...]
    examples: tuple[tuple[str, ...], ...]
    tell: Callable[[Cells, Making, Standings], Told]
    undone_by: tuple[str, ...]
    addressed: bool = True

    def title_of(self, key: str) -> object:
        return next((column.title for column in self.columns if column.key == key), key)


def standing_of(cells: Cells, standings: Standings) -> Standing | None:
    """Where the line stands; what is wrong with its address is noted among its faults."""
    found = cells.read("address", lambda text: standings[text], None)
    if isinstance(found, Problem):
        cells.faults["address"] = found
        return None
    return found


def longest(limit: int) -> Callable[[str], str]:
    """A line of text of at most so many characters."""
    from shouwang.core.chinese import clean_line

    return lambda text: clean_line(text, limit)
