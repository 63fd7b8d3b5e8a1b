"""Rows and crews drawn once for what they show, not once for every desk that asks.

The store's key is all that the drawing reads, so a row that changed is another row and nothing has to be forgotten in
time. It knows nothing of who may see what: a view asks for the rows of its reader, and only those are drawn.
Running times are left to `sw-clock`, which writes them as soon as it stands in the page.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shouwang.desk.board import Row
from shouwang.desk.units import UnitLine
from shouwang.ui.templatetags.ui import span

ROWS_KEPT = 600  # somewhat more than a desk shows at most (board.LIMIT): 1.5 MiB a process
CREWS_KEPT = 400  # the same (units.MOST): 0.4 MiB


def row(one: Row) -> SafeString:
    """The line of a matter in the queue."""
    return _row(one, get_language())


def crew(line: UnitLine) -> SafeString:
    """The cell of a unit among the crews."""
    number = line.task.number if line.task else None
    away = "" if line.task or line.status == "free" else line.unit.away_reason
    age = span(line.age_s) if line.stale else ""
    return _crew(line.unit.name, line.shape, line.status, number, away, age, line.since, get_language())


@lru_cache(ROWS_KEPT)
def _row(one: Row, _language: str | None) -> SafeString:
    return render_to_string("desk/_row.html", {"row": one})


@lru_cache(CREWS_KEPT)
def _crew(
    name: str, shape: str, status: str, number: int | None, away: str, age: str, since: dt.datetime,
    _language: str | None,
) -> SafeString:  # fmt: skip
    shown = {"name": name, "shape": shape, "status": status, "number": number, "away": away, "age": age, "since": since}
    return render_to_string("desk/_crew.html", shown)
