"""A replay: one stretch of one ground, opened for a purpose, read in pages of a few minutes (PAT-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.models import Crew, Shift, Unit
from shouwang.journal.record import record
from shouwang.oversight.models import About, Replay
from shouwang.oversight.purposes import stated
from shouwang.oversight.telling import NOBODY, tell
from shouwang.people.access import NotAllowed, NotVisible, Verb, require, spans, within
from shouwang.places.models import Area
from shouwang.tracking.tracks import LONGEST

OPEN_FOR = dt.timedelta(hours=8)  # then it is opened again, with a purpose again
MOST_UNITS = 200


class BadStretch(Problem):
    code, status = "oversight.bad_stretch", 400
    says = _("Choose a beginning and an end, at most 24 hours apart, and not in the future.")


class TooManyUnits(Problem):
    code, status = "oversight.too_many_units", 400
    says = _("{n} units were on shift then; at most {most} are replayed at once. Choose a smaller ground.")


def check_stretch(start: dt.datetime, end: dt.datetime, at: dt.datetime) -> None:
    """Raises BadStretch"""
    if not start < end <= at or end - start > LONGEST:
        raise BadStretch(field="end")


def open_replay(
    *, area: Area, start: dt.datetime, end: dt.datetime, purpose: str, reason: str, by: Actor, at: dt.datetime
) -> Replay:
    """One entry for one opening, and a notice to each who was on one of these units then.

    Raises  BadStretch, TooManyUnits, NoPurpose, NoReason, NotAllowed, NotVisible
    """
    words = stated(purpose, reason)
    check_stretch(start, end, at)
    with acting(by):
        require(by, Verb.PAST_REPLAY, area, at)
        if by.person_id is None:
            raise NotAllowed
        units = units_then(area, start, end, by, at)
        if len(units) > MOST_UNITS:
            raise TooManyUnits(n=len(units), most=MOST_UNITS)
        replay = Replay.objects.create(
            area=area, starts_at=start, ends_at=end, purpose=purpose, reason=words, units=[one.pk for one in units],
            opened_by=by.person_id, opened_at=at,
        )  # fmt: skip
        record("replay.open", topic="replay.opened", subject=replay, by=by, at=at, area=area, purpose=purpose,
               reason=words, start=start, end=end, n_units=len(units))  # fmt: skip
        tell(crews_then(replay.units, start, end) - {by.person_id}, About.REPLAY, replay.pk, at)
    return replay


def units_then(area: Area, start: dt.datetime, end: dt.datetime, by: Actor, at: dt.datetime) -> list[Unit]:
    """Units of this ground that were on shift in that stretch, as far as `by` may look back at them."""
    paths = [path for path in (area.duty_path, area.government_path) if path]
    on = Shift.objects.filter(during__overlap=(start, end)).values("unit")
    rows = Unit.objects.filter(within(spans(by, Verb.PAST_REPLAY, at)), within(paths), pk__in=on)
    return list(rows.order_by("name", "pk"))


def crews_then(units: Iterable[UUID], start: dt.datetime, end: dt.datetime) -> set[UUID]:
    """Everybody who was on one of these units in that stretch."""
    rows = Crew.objects.filter(shift__unit__in=list(units), during__overlap=(start, end))
    return set(rows.values_list("person_id", flat=True))


def own_replays(by: Actor, at: dt.datetime) -> list[Replay]:
    """Those of `by` that are still open, newest first."""
    with acting(by):
        rows = Replay.objects.filter(opened_by=by.person_id or NOBODY, opened_at__gt=at - OPEN_FOR)
        return list(rows.select_related("area").order_by("-opened_at")[:20])


def opened_replay(key: UUID, by: Actor, at: dt.datetime) -> Replay:
    """One's own, as long as it is open. Raises NotVisible"""
    with acting(by):
        rows = Replay.objects.filter(pk=key, opened_by=by.person_id or NOBODY, opened_at__gt=at - OPEN_FOR)
        found = rows.select_related("area").first()
    if found is None:
        raise NotVisible
    require(by, Verb.PAST_REPLAY, found.area, at)
    return found
