"""Planning a round: what is due on a ground, laid in walking order around what is booked and when people are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.core.window import Window, window_of
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import OPEN_PHASES
from shouwang.people.access import Verb, reaches, require, spans
from shouwang.people.models import Person, Post
from shouwang.people.roles import roles_with
from shouwang.places.loading import road_graph
from shouwang.rounds.models import Round, Stop
from shouwang.solvers.touring import Call, Tour, tour
from shouwang.solvers.walking import between

WALKED = ("visit", "hazard", "address_check")  # kinds that are settled by going there
MOST_STOPS = 40
SOON = dt.timedelta(days=10)  # a week, and the days off that may lengthen it
AT_A_STOP = dt.timedelta(minutes=12)
GRACE = dt.timedelta(minutes=20)  # so much later than booked somebody may still come
LONGEST = dt.timedelta(hours=10)


class NothingToWalk(Problem):
    code, status = "rounds.nothing", 400
    says = _("Choose at least one place, at most 40.")


class WalkerUnknown(Problem):
    code, status = "rounds.walker", 400
    says = _("Choose somebody who holds a post on this ground and may walk rounds.")


class NoDay(Problem):
    code, status = "rounds.day", 400
    says = _("A round takes at most ten hours, from now on and within 30 days.")


@dataclass(frozen=True)
class Wanted:
    """Who walks, from where, between which instants, to which matters.

    windows  within which hours somebody is there, where that is other than what the matter itself keeps
    """

    walker: Person
    start: tuple[float, float]
    starts_at: dt.datetime
    lasts: dt.timedelta
    matters: Sequence[Matter]
    windows: Mapping[UUID, Window] = field(default_factory=dict)

    def window(self, matter: Matter) -> Window:
        return self.windows.get(matter.pk, window_of(matter.facts))


def due_to_walk(by: Actor, at: dt.datetime) -> list[Matter]:
    """Open matters with a place on the ground of `by` that are due soon, or booked; soonest first."""
    seen = Matter.objects.visible_to(by, at).filter(kind__in=WALKED, phase__in=OPEN_PHASES, lon__isnull=False)
    due = seen.filter(Q(due_at__lte=at + SOON) | Q(facts__has_key="appointment")).order_by("due_at", "opened_at")
    return list(due.select_related("area")[:200])


def walkers_for(by: Actor, at: dt.datetime) -> list[Person]:
    """Who may be sent: holders of a post with `round.walk` on the ground on which `by` works."""
    above = {int(part) for path in spans(by, Verb.MATTER_WORK, at) for part in path.split("/") if part}
    on = reaches(spans(by, Verb.MATTER_WORK, at), "area__")
    held = Post.objects.held_at(at).filter(on, role__in=roles_with(Verb.ROUND_WALK)).select_related("person")
    here = {post.person_id: post.person for post in held}
    mates = Post.objects.held_at(at).filter(area__number__in=above, role__in=("police_officer", "auxiliary"))
    here |= {post.person_id: post.person for post in mates.select_related("person")}
    return sorted(here.values(), key=lambda one: (one.pk != by.person_id, one.name))


def plan_round(wanted: Wanted, *, by: Actor, at: dt.datetime) -> Round:
    """A round with its stops in order. Raises NothingToWalk, WalkerUnknown, NoDay, WindowEnds, NotVisible, …"""
    check_lonlat(*wanted.start)
    if not 1 <= len(wanted.matters) <= MOST_STOPS:
        raise NothingToWalk(field="matters")
    ahead = wanted.starts_at - at
    if not (-dt.timedelta(hours=12) <= ahead <= dt.timedelta(days=30) and dt.timedelta() < wanted.lasts <= LONGEST):
        raise NoDay(field="starts_at")
    if wanted.walker.pk not in {one.pk for one in walkers_for(by, at)}:
        raise WalkerUnknown(field="walker")
    for matter in wanted.matters:
        wanted.window(matter).checked(f"until_{matter.pk}")
    with acting(by):
        for matter in wanted.matters:
            require(by, Verb.MATTER_WORK, matter, at)
        found = way_round(wanted)
        area = min((matter.area for matter in wanted.matters), key=lambda one: len(one.duty_path))
        row = Round.objects.create(
            on=local_date(wanted.starts_at), walker=wanted.walker, area=area, duty_path=area.duty_path,
            government_path=area.government_path, starts_at=wanted.starts_at, lon=wanted.start[0],
            lat=wanted.start[1], metres=round(found.metres), minutes=round(found.seconds / 60),
            left_out=len(found.left_out), planned_by=by.person_id,
        )  # fmt: skip
        Stop.objects.bulk_create(
            _stop(row, place, wanted, n, wanted.starts_at + dt.timedelta(seconds=begins))
            for place, (n, begins) in enumerate(zip(found.order, found.begins, strict=True), start=1)
        )
        record("round.plan", topic="round.planned", subject=row, by=by, at=at, area=area, n_stops=len(found.order),
               left_out=len(found.left_out), metres=row.metres)  # fmt: skip
    return row


def way_round(wanted: Wanted) -> Tour:
    points = [wanted.start, *((one.lon or 0.0, one.lat or 0.0) for one in wanted.matters)]
    calls = [_call(wanted, one) for one in wanted.matters]
    return tour(between(road_graph(), points), calls, lasts=int(wanted.lasts.total_seconds()))


def booked_at(matter: Matter) -> dt.datetime | None:
    """The hour that was agreed with somebody (a fact that any kind may keep as `appointment`)."""
    said = matter.facts.get("appointment")
    return dt.datetime.fromisoformat(said) if said else None


def _call(wanted: Wanted, matter: Matter) -> Call:
    """What was booked at an hour of that day is kept to; else the hours within which somebody is there."""
    at, day = booked_at(matter), local_date(wanted.starts_at)
    opens, closes = wanted.window(matter).on(day)
    if at is not None and local_date(at) == day:
        opens, closes = at, max(at + GRACE, wanted.starts_at)
    early, late = (int((one - wanted.starts_at).total_seconds()) if one else None for one in (opens, closes))
    return Call(int(AT_A_STOP.total_seconds()), max(early or 0, 0), late)


def _stop(row: Round, place: int, wanted: Wanted, n: int, expected_at: dt.datetime) -> Stop:
    matter = wanted.matters[n]
    at = booked_at(matter)
    booked = at is not None and local_date(at) == row.on
    opens, closes = (None, None) if booked else wanted.window(matter).on(row.on)
    return Stop(
        round=row, place=place, matter=matter.pk, kind=matter.kind, subkind=matter.subkind, number=matter.number,
        place_text=matter.place_text, lon=matter.lon or 0.0, lat=matter.lat or 0.0, expected_at=expected_at,
        opens_at=opens, closes_at=closes, booked=booked,
    )  # fmt: skip
