"""Where the lines of a sheet stand: their addresses, found many at once, and whether that is the bringer's ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.people.access import EVERYWHERE
from shouwang.places.components import components
from shouwang.places.matching import match_address
from shouwang.places.models import Address, Area
from shouwang.places.words import comparable
from shouwang.registry.dwellings import STREETS
from shouwang.registry.registering import NotInAGrid
from shouwang.registry.spelling import address_grams

MOST_GUESSES = 300  # of one batch: looking for what somebody may have meant takes a while
LONGEST_TEXT = 240
_ROWS = """
SELECT id, full_text, searched, path, area_id FROM places_address
WHERE (searched = ANY(%s) OR full_text = ANY(%s)) AND status IN ('planned', 'in_use')
"""


class AddressUnknown(Problem):
    code, status = "sheets.address_unknown", 422
    says = _("There is no such address. Write it as the standard addresses do, or have it entered first.")


class AddressMeant(Problem):
    code, status = "sheets.address_meant", 422
    says = _("There is no such address. Perhaps {meant}?")


class OutsideYourGround(Problem):
    code, status = "sheets.outside", 422
    says = _("This address lies outside your ground; let those who are responsible there bring this line.")


class _Row(NamedTuple):
    id: UUID
    full_text: str
    searched: str
    path: str
    area_id: UUID | None


@dataclass(frozen=True)
class Standing:
    """Where a record stands, as the columns of its register."""

    address: UUID
    text: str
    street: str
    area: UUID
    grams: tuple[str, ...]

    @property
    def columns(self) -> dict[str, Any]:
        return {"address_id": self.address, "address_text": self.text, "street": self.street, "area_id": self.area,
                "place_grams": self.grams}  # fmt: skip


class Ground:
    """The addresses of a town for the lines of one batch."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.streets = dict(Address.objects.filter(element__in=STREETS).values_list("number", "name"))
        areas = Area.objects.all() if tuple(paths) == EVERYWHERE else Area.objects.filter(_reached(paths))
        self.mine = set(areas.values_list("pk", flat=True))
        self.guesses_left = MOST_GUESSES

    def standings(self, texts: Iterable[str]) -> dict[str, Standing | Problem]:
        """Each text with where it stands, or what is wrong with it."""
        asked = {text: [text, comparable(text)] for text in set(texts) if text}
        found = self._rows(asked)
        left = {text: components(text[:LONGEST_TEXT]).wholes for text in asked if text not in found}
        found |= self._rows({text: list(wholes) for text, wholes in left.items()})
        return {text: self._standing(found[text]) if text in found else self._meant(text) for text in asked}

    def _rows(self, asked: dict[str, list[str]]) -> dict[str, _Row]:
        """One open address for each text that names exactly one."""
        every = sorted({one for wholes in asked.values() for one in wholes})
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [every, every])
            rows = [_Row(*row) for row in cursor.fetchall()]
        by_text: dict[str, list[_Row]] = {}
        for row in rows:
            for said in {row.full_text, row.searched}:
                by_text.setdefault(said, []).append(row)
        told = {text: next((by_text[one] for one in wholes if one in by_text), []) for text, wholes in asked.items()}
        return {text: rows[0] for text, rows in told.items() if len(rows) == 1}

    def _standing(self, row: _Row) -> Standing | Problem:
        if row.area_id is None:
            return NotInAGrid(field="address")
        if row.area_id not in self.mine:
            return OutsideYourGround(field="address")
        numbers = (int(number) for number in reversed(row.path.strip("/").split("/")))
        street = next((self.streets[number] for number in numbers if number in self.streets), "")
        return Standing(row.id, row.full_text, street, row.area_id, _grams(row.searched or row.full_text))

    def _meant(self, text: str) -> Problem:
        self.guesses_left -= 1
        found = match_address(text, limit=1) if self.guesses_left >= 0 else []
        return AddressMeant(field="address", meant=found[0].address.full_text) if found else AddressUnknown()


@lru_cache(maxsize=10_000)
def _grams(text: str) -> tuple[str, ...]:
    return tuple(address_grams(text))


def _reached(paths: Sequence[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(duty_path__startswith=path) | Q(government_path__startswith=path)
    return found
