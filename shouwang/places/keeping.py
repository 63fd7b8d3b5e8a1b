"""Keeping the addresses of a ground: those already in the tree stay as they are, the others are added.

The tree outlives the map: what people verified, renamed or split is not undone by loading a newer map, and an address
that a newer map lacks is ended by somebody, not by a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from shouwang.core.ids import new_id
from shouwang.places.ground import Ground, GroundAddress
from shouwang.places.models import Address, AddressAlias, FoundPlace, GroundLoad
from shouwang.places.tree import ABOVE_STREETS, FOUND_BY_PARENT, areas_at, grams_of, next_numbers
from shouwang.places.words import comparable, said_here

ADDRESS = "id, number, parent_id, path, element, name, full_text, searched, lon, lat, area_id, status, since, source"
ALIAS = "id, address_id, kind, name"
PLACE = (
    "id, load_id, kind, name, full_text, aliases, searched, grams, is_address, lon, lat, parent_id, households, made"
)


@dataclass
class _Kept:
    """What a key of the ground stands for in the tree."""

    id: UUID
    path: str
    said: str
    element: str


@dataclass
class Keeping:
    """One ground's addresses on their way into the tree: rows for the three tables, filled by `take`."""

    load: GroundLoad
    at: dt.datetime
    known: dict[str, tuple[UUID, str]]  # by full text: id and path
    kept: dict[str, _Kept] = field(default_factory=dict)
    addresses: list[list[Any]] = field(default_factory=list)
    aliases: list[Sequence[Any]] = field(default_factory=list)
    places: list[Sequence[Any]] = field(default_factory=list)
    names: set[tuple[UUID | None, str]] = field(default_factory=set)
    findable: set[UUID] = field(default_factory=set)

    def take(self, one: GroundAddress, number: int) -> None:
        """Parents stand before their children in the list."""
        above = self.kept.get(one.parent)
        said = said_here(one.name, one.full_text)
        under = above if above and above.element not in ABOVE_STREETS else None
        name = said.removeprefix(under.said) if under and said != under.said else said
        if one.full_text in self.known:
            self.kept[one.key] = _Kept(*self.known[one.full_text], said, one.kind)
            return
        parent = above.id if above else None
        twin = (parent, name) in self.names
        self.names.add((parent, name))
        made = _Kept(new_id(), f"{above.path if above else '/'}{number}/", said, one.kind)
        self._find(one, made, said, parent, own=not twin)
        if twin:  # of two alike the tree holds one; both are found
            return
        self.kept[one.key] = made
        self.addresses.append(
            [made.id, number, parent, made.path, one.kind, name[:80], one.full_text[:240], comparable(said)[:240],
             one.lon, one.lat, None, "in_use", self.at, "made" if one.made else "ground"]
        )  # fmt: skip
        self.aliases += [(new_id(), made.id, "spoken", alias[:120]) for alias in dict.fromkeys(one.aliases)]

    def _find(self, one: GroundAddress, made: _Kept, said: str, parent: UUID | None, *, own: bool) -> None:
        if one.kind == FOUND_BY_PARENT:
            return
        names = [said, *one.aliases]
        searched = " ".join(comparable(name) for name in names)
        self.findable.add(made.id)
        self.places.append(
            (made.id, None if own else self.load.pk, one.kind, one.name[:120], one.full_text[:200],
             [alias[:120] for alias in one.aliases], searched, grams_of(names), True, one.lon, one.lat,
             parent if parent in self.findable else None, one.households, one.made)
        )  # fmt: skip


def keep_addresses(ground: Ground, load: GroundLoad, at: dt.datetime) -> Iterator[tuple[str, str, list[Sequence[Any]]]]:
    """(table, columns, rows) to be copied, in this order. The areas of the ground must be there already."""
    known = {text: (key, path) for text, key, path in Address.objects.values_list("full_text", "id", "path")}
    keeping = Keeping(load, at, known)
    keeping.findable.update(FoundPlace.objects.filter(load=None).values_list("pk", flat=True))
    numbers = next_numbers(len(ground.addresses))
    for one, number in zip(ground.addresses, numbers, strict=True):
        keeping.take(one, number)
    lonlat = ADDRESS.split(", ").index("lon")
    areas = areas_at([(row[lonlat], row[lonlat + 1]) for row in keeping.addresses], at)
    for row, area in zip(keeping.addresses, areas, strict=True):
        row[lonlat + 2] = area
    yield Address._meta.db_table, ADDRESS, list(keeping.addresses)
    yield AddressAlias._meta.db_table, ALIAS, keeping.aliases
    yield FoundPlace._meta.db_table, PLACE, keeping.places


def copy_rows(table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows by COPY: a town of 200 000 has 170 000 of them, and through the models they take a minute longer."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
