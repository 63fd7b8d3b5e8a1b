"""The way of a position, in order; read this list and you know it.

decode        the connection's own (`connections/osmand`, `connections/owntracks`, `connections/jt808`)
authenticate  whose token is it?                                 remembers for a second
sane          a place and a time at all?                         pure
gate          is the unit on shift? else dropped, stored nowhere pure
order         late ones and impossible jumps move no marker      pure
deduplicate   the same again is accepted and not stored          pure
place         in which areas does it lie?                        pure, all that wait together
store         keep, move the marker, tell the live screens       one transaction, all that wait together
rules         what do the live ones tell? (`tracking/rules`)     pure; what they notice goes to the journal
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import DatabaseError

from shouwang.duty.models import Unit
from shouwang.tracking.pipeline.authenticate import authenticate, known_of, remember
from shouwang.tracking.pipeline.deduplicate import is_repeated
from shouwang.tracking.pipeline.gate import gate
from shouwang.tracking.pipeline.notice import notice
from shouwang.tracking.pipeline.order import order
from shouwang.tracking.pipeline.passing import Known, Passing
from shouwang.tracking.pipeline.place import place
from shouwang.tracking.pipeline.sane import sane
from shouwang.tracking.pipeline.store import store_together
from shouwang.tracking.reading import Reading
from shouwang.tracking.town import town

log = logging.getLogger("shouwang.tracking")
CHECKS = (sane, gate, order)


def checked(token: str, reading: Reading, *, source: str, at: dt.datetime) -> Passing | None:
    """One reading from a device with a unit's token, judged and not stored yet; None when it is a repetition.

    Raises  UnknownUnit, and what the checks raise
    """
    return checked_of(authenticate(token, at), reading, source=source, at=at)


def checked_of(known: Known, reading: Reading, *, source: str, at: dt.datetime) -> Passing | None:
    """The same where the connection knows the unit without a token: a radio of the ledger."""
    passing = _checked(Passing(reading, known, source, at, town(at).box))
    return None if is_repeated(passing) else passing


def keep(passings: Sequence[Passing]) -> None:
    """Place and store them, and ask the rules; returns when all are committed."""
    if not passings:
        return
    store_together(place(passings, town(passings[0].received_at).grounds))
    try:
        notice(passings)
    except DatabaseError:  # they are kept: a device must not send them again for this
        log.exception("what %d positions tell was not written down", len(passings))


def learned(token: str, passing: Passing) -> None:
    """It is stored: the next reading of the unit is compared with it."""
    remember(token, passing.known.after(passing.seen, believed=passing.live))


def receive_from_crew(unit: Unit, reading: Reading, *, source: str, at: dt.datetime) -> bool:
    """The same for a phone whose person is known to be on the unit's crew (the field page asked)."""
    passing = _checked(Passing(reading, known_of(unit, at), source, at, town(at).box))
    if not is_repeated(passing):
        keep([passing])
    return passing.live


def _checked(passing: Passing) -> Passing:
    for check in CHECKS:
        passing = check(passing)
    return passing


__all__ = ["CHECKS", "Known", "Passing", "checked", "checked_of", "keep", "learned", "receive_from_crew"]
