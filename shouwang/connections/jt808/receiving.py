"""From what terminals ask to what the town says: many at once, each judged by itself, positions stored together."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError

from shouwang.connections.jt808.emergency import raise_alarm
from shouwang.connections.jt808.models import Datum
from shouwang.connections.jt808.positions import Position
from shouwang.connections.jt808.session import Asked, Enrol, Prove, Report
from shouwang.connections.jt808.terminals import datum_of, enrol
from shouwang.core.geo import bd_to_wgs, gcj_to_wgs
from shouwang.core.problem import Problem
from shouwang.tracking.limits import READINGS, STRANGERS, TooMany
from shouwang.tracking.pipeline import Known, Passing, checked, keep, learned
from shouwang.tracking.pipeline.authenticate import UnknownUnit, authenticate
from shouwang.tracking.reading import Reading

log = logging.getLogger("shouwang.jt808")
SOURCE = "jt808"
KMH_MPS = 1 / 3.6
TO_WGS84 = {Datum.GCJ02: gcj_to_wgs, Datum.BD09: bd_to_wgs}


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Request:
    """`datum` is what `Prove` found for this connection; `sender` the address, of no meaning but for limits."""

    asked: Asked
    sender: str
    datum: str = Datum.WGS84


@dataclass(slots=True)
class Outcome:
    """`code` of an enrolment, `datum` of a proof (None: refused); of a report whether it was kept, and its alarm."""

    code: str = ""
    datum: str | None = None
    kept: bool = False
    alarm_taken: bool = False
    still_valid: bool = True


@dataclass(slots=True)
class _Waiting:
    outcome: Outcome
    token: str
    passings: list[Passing] = field(default_factory=list)
    alarm_of: Known | None = None


def take(requests: Sequence[Request], at: dt.datetime) -> list[Outcome]:
    """The answers in the same order; positions are answered after their commit."""
    outcomes: list[Outcome] = []
    waiting: list[_Waiting] = []
    for request in requests:
        match request.asked:
            case Enrol():
                outcomes.append(_enrolled(request.asked, request.sender, at))
            case Prove():
                outcomes.append(_proven(request.asked, request.sender, at))
            case Report():
                waiting.append(_judged(request.asked, request.datum, at))
                outcomes.append(waiting[-1].outcome)
    _store(waiting)
    for one in waiting:
        if one.alarm_of is not None:
            places = [(passing.lon, passing.lat) for passing in one.passings]
            one.outcome.alarm_taken = raise_alarm(one.alarm_of, places[-1] if places else None, at)
    return outcomes


def _enrolled(asked: Enrol, sender: str, at: dt.datetime) -> Outcome:
    if STRANGERS.is_empty(sender, at):
        return Outcome()
    try:
        code = enrol(number=asked.number, registration=asked.registration, at=at)
    except DatabaseError:
        log.exception("a terminal was not registered")
        return Outcome()
    if not code:
        STRANGERS.take(sender, at)
    return Outcome(code=code)


def _proven(asked: Prove, sender: str, at: dt.datetime) -> Outcome:
    if STRANGERS.is_empty(sender, at):
        return Outcome()
    try:
        authenticate(asked.code, at)
        return Outcome(datum=datum_of(asked.number, asked.code, at))
    except UnknownUnit:
        STRANGERS.take(sender, at)
        return Outcome()
    except DatabaseError:
        log.exception("a terminal's code was not looked up")
        return Outcome()


def _judged(asked: Report, datum: str, at: dt.datetime) -> _Waiting:
    """What is dropped by design (off shift, no fix, outside the town) counts as kept: again it would be dropped."""
    found = _Waiting(Outcome(kept=True), asked.code)
    try:
        known = authenticate(asked.code, at)
        READINGS.take(asked.code, at)
    except UnknownUnit:
        found.outcome.kept = found.outcome.still_valid = False
        return found
    except (TooMany, DatabaseError):
        found.outcome.kept = False
        return found
    if asked.alarm and known.shift is not None:
        found.alarm_of = known
    for position in asked.positions:
        try:
            passing = checked(asked.code, as_reading(position, datum), source=SOURCE, at=at)
        except Problem:
            continue
        if passing is not None:
            found.passings.append(passing)
    return found


def as_reading(position: Position, datum: str) -> Reading:
    """In our units and in WGS-84."""
    shift = TO_WGS84.get(Datum(datum))
    lon, lat = shift(position.lon, position.lat) if shift else (position.lon, position.lat)
    return Reading(
        lon=lon,
        lat=lat,
        at=position.at,
        speed_mps=position.speed_kmh * KMH_MPS,
        heading_deg=position.heading_deg % 360,
        located=position.located,
    )


def _store(waiting: Sequence[_Waiting]) -> None:
    try:
        keep([passing for one in waiting for passing in one.passings])
    except DatabaseError:
        log.exception("positions of %d terminals were not stored", len(waiting))
        for one in waiting:
            one.outcome.kept = not one.passings
    else:
        for one in waiting:
            for passing in one.passings:
                learned(one.token, passing)
