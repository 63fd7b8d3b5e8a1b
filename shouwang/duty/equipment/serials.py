"""Numbers as they are scanned, typed or pasted: one a line, or with blanks and commas between."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import clean_line, half_width
from shouwang.core.problem import Problem

MOST, LONGEST = 1000, 40
_BETWEEN = re.compile(r"[\s,;，；、]+")


class NoSerials(Problem):
    code, status = "equipment.no_serials", 400
    says = _("Scan or paste at least one number.")


class TooManySerials(Problem):
    code, status = "equipment.too_many_serials", 400
    says = _("At most {most} numbers go at once.")


def serial_of(text: str) -> str:
    """One number as the ledger writes it: half-width, capital letters, no blanks inside."""
    return "".join(clean_line(half_width(text), LONGEST, field="serial").upper().split())


def serials_of(text: str) -> list[str]:
    """Each number once, in the order in which it came. Raises NoSerials, TooManySerials, TextTooLong"""
    found = list(dict.fromkeys(serial for part in _BETWEEN.split(text) if (serial := serial_of(part))))
    if not found:
        raise NoSerials(field="serials")
    if len(found) > MOST:
        raise TooManySerials(field="serials", most=MOST)
    return found
