"""Reading positions: where units are now, and, with an entry each time, where one was (S-CMD-005)."""

from __future__ import annotations

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.models import Crew, Shift, Unit
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, Verb, may, require, spans, within
from shouwang.tracking.models import Fix, LastFix, TrackHold

LONGEST = dt.timedelta(hours=24)
SHORTEST_REASON = 4
PURPOSES: dict[str, Promise] = {
    "times": _("Times of a call"),
    "complaint": _("A complaint or a review"),
    "safety": _("Safety of the crew"),
    "equipment": _("Fault of phone or tracker"),
}


class TooLongStretch(Problem):
    code, status = "track.too_long", 400
    says = _("At most 24 hours of a track are shown at once.")


class ReasonNeeded(Problem):
    code, status = "track.reason_needed", 400
    says = _("Say in a few words what the track is needed for; the crew can read it.")


class PurposeNeeded(Problem):
    code, status = "track.purpose_needed", 400
    says = _("Choose what the track is needed for; the crew can read it.")


def live_fixes(by: Actor, at: dt.datetime) -> list[LastFix]:
    """The newest fix of every unit on shift on the ground of `by`. Two queries; no entry, this is the desk's map."""
    fixes = {fix.shift: fix for fix in LastFix.objects.filter(within(spans(by, Verb.UNIT_TRACK, at)))}
    on_duty = Shift.objects.filter(pk__in=fixes, during__contains=at).values_list("pk", flat=True)
    return [fixes[shift] for shift in on_duty]


def read_track(
    *, unit: Unit, start: dt.datetime, end: dt.datetime, purpose: str, reason: str, by: Actor, at: dt.datetime
) -> list[Fix]:
    """Where a unit was, by a person who may follow it, for a reason; or by somebody who was on it then.

    Raises  TooLongStretch, PurposeNeeded, ReasonNeeded, NotAllowed, NotVisible
    """
    if purpose not in PURPOSES:
        raise PurposeNeeded(field="purpose")
    words = clean_line(reason, 120, field="reason")
    if end - start > LONGEST:
        raise TooLongStretch(field="end")
    if len(words) < SHORTEST_REASON:
        raise ReasonNeeded(field="reason")
    with acting(by):
        _require_own_or_followed(unit, start, end, by, at)
        record(
            "track.read", topic="track.read", subject=unit, by=by, at=at, area=unit.home_id, unit=unit.pk,
            start=start, end=end, purpose=purpose, reason=words,
        )  # fmt: skip
        return list(Fix.objects.filter(unit=unit.pk, at__gte=start, at__lt=end).order_by("at"))


def hold_track(
    *, unit: Unit, start: dt.datetime, end: dt.datetime, reason: str, by: Actor, at: dt.datetime
) -> TrackHold:
    """Keep a stretch 90 days instead of 30, for a complaint or a review (PAT-03)."""
    words = clean_line(reason, 120, field="reason")
    if len(words) < SHORTEST_REASON:
        raise ReasonNeeded(field="reason")
    with acting(by):
        require(by, Verb.AUDIT_READ, unit, at)
        if by.person_id is None:  # a person answers for it, not the system
            raise NotAllowed
        hold = TrackHold.objects.create(
            unit=unit.pk, during=DateTimeTZRange(start, end), reason=words, held_by=by.person_id, held_at=at
        )
        record("track.hold", topic="track.held", subject=unit, by=by, at=at, area=unit.home_id, unit=unit.pk,
               hold=hold.pk, start=start, end=end)  # fmt: skip
    return hold


def _require_own_or_followed(unit: Unit, start: dt.datetime, end: dt.datetime, by: Actor, at: dt.datetime) -> None:
    if may(by, Verb.UNIT_TRACK, unit, at):
        return
    own = Crew.objects.filter(shift__unit=unit, person=by.person_id, during__contains=DateTimeTZRange(start, end))
    if by.person_id is None or not own.exists():
        require(by, Verb.UNIT_TRACK, unit, at)
