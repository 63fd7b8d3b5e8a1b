"""Cells as people fill them in: days, numbers, words of a list. What is wrong says which cell, and how to mend it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.columns import Column, Row
from shouwang.core.chinese import half_width
from shouwang.core.problem import Problem

Told = TypeVar("Told")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
YES, NO = (
    frozenset(["是", "有", "yes", "y", "1", "true", "√"]),
    frozenset(["否", "无", "没有", "no", "n", "0", "false", "×"]),
)


class CellEmpty(Problem):
    code, status = "sheets.cell_empty", 422
    says = _("This cell must be filled in.")


class NotADay(Problem):
    code, status = "sheets.not_a_day", 422
    says = _("Write the day as 2026-03-01.")


class NotANumber(Problem):
    code, status = "sheets.not_a_number", 422
    says = _("Write a number from {least} to {most}.")


class NotInList(Problem):
    code, status = "sheets.not_in_list", 422
    says = _("Write one of these: {words}.")


class NotYesOrNo(Problem):
    code, status = "sheets.not_yes_or_no", 422
    says = _("Write 是 or 否.")


class Faulty(Exception):
    """A line with cells that cannot be taken; column key → what is wrong."""

    def __init__(self, faults: Mapping[str, Problem]) -> None:
        self.faults = dict(faults)
        super().__init__(", ".join(self.faults))


class Cells:
    """One line on its way into a record: reads cell by cell and gathers what is wrong."""

    def __init__(self, row: Row, columns: Sequence[Column]) -> None:
        self.row, self.needed = row, {column.key for column in columns if column.needed}
        self.faults: dict[str, Problem] = {}

    def read(self, key: str, how: Callable[[str], Told], otherwise: Told) -> Told:
        """What stands in the cell; `otherwise` where it is empty, or wrong, which is noted."""
        text = self.row[key]
        if not text:
            if key in self.needed:
                self.faults[key] = CellEmpty(field=key)
            return otherwise
        try:
            return how(text)
        except Problem as problem:
            self.faults[key] = problem
            return otherwise

    def finish(self) -> None:
        """Raises Faulty"""
        if self.faults:
            raise Faulty(self.faults)


@lru_cache(maxsize=4096)
def day(text: str) -> dt.date:
    """2026-03-01, 2026/3/1, 2026年3月1日, 20260301. Raises NotADay"""
    found = _DAY.fullmatch(half_width(text).strip())
    if found is None:
        raise NotADay
    try:
        return dt.date(*(int(one) for one in found.groups() if one is not None))
    except ValueError:
        raise NotADay from None


def whole_number(most: int, least: int = 0) -> Callable[[str], int]:
    def read(text: str) -> int:
        plain = half_width(text).strip()
        if not plain.isdecimal() or len(plain) > 9 or not least <= int(plain) <= most:
            raise NotANumber(least=least, most=most)
        return int(plain)

    return read


def degrees(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            found = float(half_width(text))
        except ValueError:
            found = float("nan")
        if not least <= found <= most:
            raise NotANumber(least=least, most=most)
        return found

    return read


def yes_or_no(text: str) -> bool:
    plain = half_width(text).strip().lower()
    if plain in YES | NO:
        return plain in YES
    raise NotYesOrNo


def one_of(choices: Any, also: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """A value of closed list `choices`, said by its key or by its label in any of our languages. Raises NotInList"""

    @lru_cache(maxsize=256)
    def read(text: str) -> str:
        plain = half_width(text).strip().lower()
        found = _words(choices).get(plain) or (also or {}).get(plain)
        if found is None:
            raise NotInList(words=" · ".join(str(label) for label in choices.labels))
        return found

    return read


@lru_cache(maxsize=64)
def _words(choices: Any) -> dict[str, str]:
    words = {str(value).lower(): str(value) for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {half_width(str(label)).lower(): str(value) for value, label in choices.choices}
    return words
