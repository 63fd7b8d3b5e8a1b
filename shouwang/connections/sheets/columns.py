"""What a table has to hold: its columns, under the names by which people know them, and its rows once read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import half_width
from shouwang.core.problem import Problem


class ColumnMissing(Problem):
    code, status = "sheets.column_missing", 422
    says = _("The column “{column}” is missing. Take the template; its first line names every column.")


@dataclass(frozen=True)
class Column:
    """One column. In a file it may be headed by its key, by its title in any of our languages, or as others call it."""

    key: str
    title: Promise
    hint: Promise | str = ""
    needed: bool = False
    also: tuple[str, ...] = ()

    def is_headed(self, heading: str) -> bool:
        tidied = half_width(heading).strip().lower()
        if tidied == self.key or tidied in self.also:
            return True
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                if tidied == str(self.title).lower():
                    return True
        return False


@dataclass(frozen=True)
class Row:
    """One line of a file: its number there, and the text of each column by key; what is absent is empty."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


def guessed_places(headings: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column seems to stand, by key; those that no heading fits are left out."""
    guessed = {}
    for column in columns:
        found = next((i for i, heading in enumerate(headings) if column.is_headed(heading)), None)
        if found is not None:
            guessed[column.key] = found
    return guessed


def places_of(headings: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """The same, complete. Raises ColumnMissing"""
    places = guessed_places(headings, columns)
    require_needed(places, columns)
    return places


def require_needed(places: Mapping[str, int], columns: Sequence[Column]) -> None:
    """Raises ColumnMissing for the first needed column that has no place."""
    for column in columns:
        if column.needed and column.key not in places:
            raise ColumnMissing(field="file", column=column.title)
