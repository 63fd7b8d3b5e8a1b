"""The way of a position, in order; read this list and you know it.

decode        the connection's own (`connections/osmand`, `connections/owntracks`)
authenticate  whose token is it?                                 remembers for a second
sane          a place and a time at all?                         pure
gate          is the unit on shift? else dropped, stored nowhere pure
order         late ones and impossible jumps move no marker      pure
deduplicate   the same again is accepted and not stored          pure
store         keep, move the marker, tell the live screens       one statement
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from shouwang.duty.models import Unit
from shouwang.tracking.pipeline.authenticate import authenticate, known_of, remember
from shouwang.tracking.pipeline.deduplicate import is_repeated
from shouwang.tracking.pipeline.gate import gate
from shouwang.tracking.pipeline.order import order
from shouwang.tracking.pipeline.passing import Known, Passing
from shouwang.tracking.pipeline.sane import sane
from shouwang.tracking.pipeline.store import store_together
from shouwang.tracking.reading import Reading
from shouwang.tracking.town import town_box

CHECKS = (sane, gate, order)


def checked(token: str, reading: Reading, *, source: str, at: dt.datetime) -> Passing | None:
    """One reading from a device with a unit's token, judged and not stored yet; None when it is a repetition.

    Raises  UnknownUnit, and what the checks raise
    """
    passing = _checked(Passing(reading, authenticate(token, at), source, at, town_box(at)))
    return None if is_repeated(passing) else passing


def learned(token: str, passing: Passing) -> None:
    """It is stored: the next reading of the unit is compared with it."""
    known = passing.known
    remember(token, replace(known, last=passing.seen, doubted=None) if passing.live
             else replace(known, doubted=passing.seen))  # fmt: skip


def receive_from_crew(unit: Unit, reading: Reading, *, source: str, at: dt.datetime) -> bool:
    """The same for a phone whose person is known to be on the unit's crew (the field page asked)."""
    passing = _checked(Passing(reading, known_of(unit, at), source, at, town_box(at)))
    if not is_repeated(passing):
        store_together([passing])
    return passing.live


def _checked(passing: Passing) -> Passing:
    for check in CHECKS:
        passing = check(passing)
    return passing


__all__ = ["CHECKS", "Known", "Passing", "checked", "learned", "receive_from_crew", "store_together"]
