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
from shouwang.tracking.pipeline.store import store
from shouwang.tracking.reading import Reading
from shouwang.tracking.town import town_box

CHECKS = (sane, gate, order)


def receive(token: str, reading: Reading, *, source: str, at: dt.datetime) -> bool:
    """Take one reading from a device with a unit's token; True when it moved the unit's marker.

    Raises  UnknownUnit, and what the checks raise; then nothing was stored
    """
    passing = _checked(Passing(reading, authenticate(token, at), source, at, town_box(at)))
    known = passing.known
    if not is_repeated(passing):
        store(passing)
        known = (
            replace(known, last=passing.seen, doubted=None) if passing.live else replace(known, doubted=passing.seen)
        )
        remember(token, known)
    return passing.live


def receive_from_crew(unit: Unit, reading: Reading, *, source: str, at: dt.datetime) -> bool:
    """The same for a phone whose person is known to be on the unit's crew (the field page asked)."""
    passing = _checked(Passing(reading, known_of(unit, at), source, at, town_box(at)))
    if not is_repeated(passing):
        store(passing)
    return passing.live


def _checked(passing: Passing) -> Passing:
    for check in CHECKS:
        passing = check(passing)
    return passing


__all__ = ["CHECKS", "Known", "Passing", "receive", "receive_from_crew"]
