"""“Who was here then”: asked for one matter, approved by another of a higher post, read for a quarter of an hour.

Units on shift only. There is no position of a resident to ask for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.geo import metres_between
from shouwang.core.problem import Problem
from shouwang.duty.models import Crew, Unit
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.oversight.models import About, Asked, Presence
from shouwang.oversight.purposes import NoReason, stated
from shouwang.oversight.replaying import check_stretch
from shouwang.oversight.telling import NOBODY, tell
from shouwang.people.access import NotAllowed, NotVisible, Verb, require, spans, within
from shouwang.territory.history import place_then
from shouwang.tracking.models import Fix

ANSWER_FOR = dt.timedelta(minutes=15)
SMALLEST_M, WIDEST_M = 20, 1000
MOST_FIXES = 50_000
M_PER_DEGREE = 111_320.0


class OffTheGround(Problem):
    code, status = "oversight.off_the_ground", 400
    says = _("This place lies on nobody’s ground. Choose one inside the town.")


class BadRadius(Problem):
    code, status = "oversight.bad_radius", 400
    says = _("Choose a distance from {least} to {most} metres.")


class NotYoursToApprove(Problem):
    code, status = "oversight.not_yours_to_approve", 403
    says = _("Somebody else decides, whose post stands above that of whoever asks.")


class DecidedAlready(Problem):
    code, status = "oversight.decided_already", 409
    says = _("This has been decided already.")


class AnswerOver(Problem):
    code, status = "oversight.answer_over", 410
    says = _("The quarter of an hour is over. Ask again if you still need it.")


@dataclass(frozen=True)
class Place:
    text: str
    lon: float
    lat: float
    radius_m: int


@dataclass(frozen=True)
class Here:
    """One unit that was there: when first and last, how near at its nearest, and who was on it."""

    unit: Unit
    first_at: dt.datetime
    last_at: dt.datetime
    nearest_m: float
    crew: list[str]


def ask_presence(
    *, matter: Matter, place: Place, start: dt.datetime, end: dt.datetime, purpose: str, reason: str, by: Actor,
    at: dt.datetime,
) -> Presence:  # fmt: skip
    """Raises BadStretch, BadRadius, OffTheGround, NoPurpose, NoReason, NotAllowed, NotVisible"""
    words = stated(purpose, reason)
    check_stretch(start, end, at)
    if not SMALLEST_M <= place.radius_m <= WIDEST_M:
        raise BadRadius(field="radius_m", least=SMALLEST_M, most=WIDEST_M)
    version = place_then(place.lon, place.lat, at)
    if version is None:
        raise OffTheGround(field="place")
    with acting(by):
        require(by, Verb.MATTER_READ, matter, at)
        require(by, Verb.PAST_ASK, version.area, at)
        if by.person_id is None:
            raise NotAllowed
        row = Presence.objects.create(
            matter=matter, area=version.area, duty_path=version.area.duty_path,
            government_path=version.area.government_path, place_text=clean_line(place.text, 200, field="place"),
            lon=place.lon, lat=place.lat, radius_m=place.radius_m, starts_at=start, ends_at=end, purpose=purpose,
            reason=words, asked_by=by.person_id, asked_at=at,
        )  # fmt: skip
        record("presence.ask", topic="presence.asked", subject=row, by=by, at=at, area=version.area, purpose=purpose,
               reason=words, matter=matter.pk, start=start, end=end, radius_m=place.radius_m)  # fmt: skip
    return row


def may_decide(row: Presence, by: Actor, at: dt.datetime) -> bool:
    """Somebody else, who approves on ground around that on which the asker himself could approve."""
    if by.person_id == row.asked_by or by.person_id is None:
        return False
    mine, theirs = (_reach(one, row, at) for one in (by, Actor(row.asked_by)))
    return bool(mine) and (not theirs or min(map(len, mine)) < min(map(len, theirs)))


def _reach(by: Actor, row: Presence, at: dt.datetime) -> list[str]:
    return [one for one in spans(by, Verb.PAST_APPROVE, at) if row.duty_path.startswith(one)]


def decide(key: UUID, *, approved: bool, because: str, by: Actor, at: dt.datetime) -> Presence:
    """Raises NotVisible, NotYoursToApprove, DecidedAlready, NoReason"""
    words = clean_line(because, 120, field="because")
    with acting(by):
        reach = within(spans(by, Verb.PAST_APPROVE, at))
        row = Presence.objects.select_for_update(of=("self",)).filter(reach, pk=key).first()
        if row is None:
            raise NotVisible
        if not may_decide(row, by, at):
            raise NotYoursToApprove
        if row.state != Asked.WAITING:
            raise DecidedAlready
        if not approved and not words:
            raise NoReason(field="because")
        row.state = Asked.APPROVED if approved else Asked.REFUSED
        row.decided_by, row.decided_at, row.because = by.person_id, at, words
        row.save(update_fields=["state", "decided_by", "decided_at", "because"])
        record("presence.approve" if approved else "presence.refuse", topic="presence.decided", subject=row, by=by,
               at=at, area=row.area_id)  # fmt: skip
    return row


def answer_of(key: UUID, *, by: Actor, at: dt.datetime) -> tuple[Presence, list[Here]]:
    """Who was there, for whoever asked. The first reading begins the quarter of an hour, and tells everybody found.

    Raises  NotVisible, NotAllowed, AnswerOver
    """
    with acting(by):
        rows = Presence.objects.select_for_update(of=("self",)).select_related("matter")
        row = rows.filter(pk=key, asked_by=by.person_id or NOBODY).first()
        if row is None:
            raise NotVisible
        require(by, Verb.PAST_ASK, row, at)
        if row.state != Asked.APPROVED:
            raise NotAllowed
        if row.answer_until and at >= row.answer_until:
            raise AnswerOver
        found, people = _here(row)
        if row.opened_at is None:
            row.opened_at, row.answer_until = at, at + ANSWER_FOR
            row.save(update_fields=["opened_at", "answer_until"])
            record("presence.open", topic="presence.opened", subject=row, by=by, at=at, area=row.area_id,
                   n_units=len(found))  # fmt: skip
            for one in sorted(people):
                record("presence.found", topic="presence.found", subject=("person", one), by=by, at=at,
                       area=row.area_id, person=one, presence=row.pk)  # fmt: skip
            tell(people - {row.asked_by}, About.PRESENCE, row.pk, at)
    return row, found


def waiting_for(by: Actor, at: dt.datetime) -> list[Presence]:
    """What `by` may decide, oldest first."""
    reach = within(spans(by, Verb.PAST_APPROVE, at))
    rows = Presence.objects.filter(reach, state=Asked.WAITING).select_related("matter").order_by("asked_at")[:50]
    return [row for row in rows if may_decide(row, by, at)]


def asked_by(by: Actor) -> list[Presence]:
    rows = Presence.objects.filter(asked_by=by.person_id or NOBODY).select_related("matter")
    return list(rows.order_by("-asked_at")[:30])


def _here(row: Presence) -> tuple[list[Here], set[UUID]]:
    wide = row.radius_m / M_PER_DEGREE * 2.5  # a box around the circle, wide enough at 60° north
    near = Fix.objects.filter(
        at__gte=row.starts_at, at__lt=row.ends_at, lon__range=(row.lon - wide, row.lon + wide),
        lat__range=(row.lat - wide, row.lat + wide),
    ).order_by("at")  # fmt: skip
    seen: dict[UUID, list[tuple[dt.datetime, float]]] = {}
    for unit, at, lon, lat in near.values_list("unit", "at", "lon", "lat")[:MOST_FIXES]:
        metres = metres_between(lon, lat, row.lon, row.lat)
        if metres <= row.radius_m:
            seen.setdefault(unit, []).append((at, metres))
    crews: dict[UUID, dict[UUID, str]] = {}
    for member in Crew.objects.filter(
        shift__unit__in=seen, during__overlap=(row.starts_at, row.ends_at)
    ).select_related("person", "shift").order_by("-lead", "person__name"):  # fmt: skip
        times = [at for at, _metres in seen[member.shift.unit_id]]
        if any(member.during.lower <= at and not (member.during.upper and at >= member.during.upper) for at in times):
            crews.setdefault(member.shift.unit_id, {})[member.person_id] = member.person.name
    found = [
        Here(unit, seen[unit.pk][0][0], seen[unit.pk][-1][0], min(m for _at, m in seen[unit.pk]),
             list(crews.get(unit.pk, {}).values()))
        for unit in Unit.objects.filter(pk__in=seen).order_by("name")
    ]  # fmt: skip
    return found, {person for crew in crews.values() for person in crew}
