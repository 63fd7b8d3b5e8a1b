"""Whether somebody was there in the promised minutes, from the stamps; each miss with what took too long (CFS-05)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.geo import metres_between
from shouwang.dispatch.models import Assignment, Excuse, ExcuseCause, RapidBasis
from shouwang.dispatch.rapid import CLASSES, PLACES, Rapid, class_of_place, force_of, rapid_of
from shouwang.dispatch.stamped_far import Arrival, stamped_far
from shouwang.kinds.incident.models import Stamp, StampName
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, spans, within
from shouwang.places.models import FoundPlace
from shouwang.places.models.area import Tier
from shouwang.registry.quality import Rate

MOST_CALLS, MOST_MISSES = 20_000, 60
AT_PLACE_M = 80.0
ALLOWED_S = {"sent": 60.0, "signed": 60.0, "departed": 60.0}  # CFS-03: what a desk and a crew may take
CAUSES: dict[str, Promise] = {
    "sent": _("Sent late"),
    "signed": _("Signed late"),
    "departed": _("Set out late"),
    "arrived": _("Far away, or a long drive"),
}
EMPTY_OUTCOMES = ("false_call", "withdrawn")
EXCLUDED: dict[str, Promise] = {
    **{one.value: one.label for one in ExcuseCause},
    "empty": _("A false call, or withdrawn"),
    "track": _("Stamped while the crew was still far away"),
    "unstamped": _("No stamp of arrival"),
}


@dataclass(frozen=True)
class Served:
    """One call and the crew that was there first. `took_s` None: nobody stamped an arrival."""

    matter: UUID
    number: int
    opened_at: dt.datetime
    place: str
    klass: str
    promised_s: float
    took_s: float | None
    cause: str = ""
    excluded: str = ""
    said: str = ""

    @property
    def excluded_words(self) -> Promise | str:
        return EXCLUDED.get(self.excluded, "")

    @property
    def in_time(self) -> bool:
        return self.took_s is not None and self.took_s <= self.promised_s

    @property
    def cause_words(self) -> Promise | str:
        return CAUSES.get(self.cause, "")


@dataclass(frozen=True)
class Line:
    """One class of the rule: how many calls, how many in time."""

    words: Promise | str
    minutes: int | None
    rate: Rate


@dataclass(frozen=True)
class Compliance:
    lines: list[Line]
    whole: Rate
    causes: list[tuple[Promise, int]]
    missed: list[Served]
    excluded: list[Served]
    not_counted: list[tuple[Promise, int]]


@dataclass(frozen=True)
class _Task:
    unit: UUID
    form: str
    of_station: bool
    stamps: Mapping[str, dt.datetime | None]


def compliance(
    duty_path: str, *, since: dt.datetime, by: Actor, at: dt.datetime, until: dt.datetime | None = None,
    begins: str = "called",
) -> Compliance:  # fmt: skip
    """Calls of a ground opened in the time, as far as `by` sees figures of it. By the rule that is in force now.

    begins  `called`: what the caller waited; `sent`: from the first crew that was sent
    """
    rapid = rapid_of(duty_path, at)
    served = served_calls(duty_path, lambda _path: rapid, since=since, until=until or at, by=by, at=at, begins=begins)
    counted = [one for one in served if not one.excluded]
    excluded = [one for one in served if one.excluded]
    why = Counter(one.excluded for one in excluded)
    missed = [one for one in counted if not one.in_time]
    causes = Counter(one.cause for one in missed)
    lines = [
        Line(words, minutes, _rate(one for one in counted if one.klass == name)) for name, words, minutes in rapid.rings
    ]
    return Compliance(
        lines, _rate(counted), [(CAUSES[name], n) for name, n in causes.most_common()],
        sorted(missed, key=lambda one: one.opened_at, reverse=True)[:MOST_MISSES],
        sorted(excluded, key=lambda one: one.opened_at, reverse=True)[:MOST_MISSES],
        [(EXCLUDED[name], n) for name, n in why.most_common()],
    )  # fmt: skip


def served_calls(
    duty_path: str, promised: Callable[[str], Rapid], *, since: dt.datetime, until: dt.datetime, by: Actor,
    at: dt.datetime, begins: str = "called",
) -> list[Served]:  # fmt: skip
    """Every call of the time to which a crew was sent and that is over, or on which one has arrived.

    promised  what the ground of a path is promised
    """
    rows = Matter.objects.filter(
        within(spans(by, Verb.FIGURES_READ, at)), kind="incident", duty_path__startswith=duty_path,
        opened_at__gte=since, opened_at__lt=until, merged_into__isnull=True,
    ).order_by("-opened_at")[:MOST_CALLS]  # fmt: skip
    columns = ("number", "urgency", "opened_at", "closed_at", "place_text", "lon", "lat", "outcome", "duty_path")
    matters = list(rows.only("id", *columns))
    tasks, stamps = _tasks(matters), _stamps(matters)
    rapids = {matter.duty_path: promised(matter.duty_path) for matter in matters}
    sites = _sites() if any(one.basis == RapidBasis.PLACE for one in rapids.values()) else []
    excused = {one.matter_id: one for one in Excuse.objects.filter(matter__in=matters, taken_back_at__isnull=True)}
    found, arrivals = [], []
    for matter in matters:
        sent = tasks.get(matter.pk, [])
        called = stamps.get((matter.pk, StampName.CALLED)) or matter.opened_at
        arrived = stamps.get((matter.pk, StampName.ARRIVED))
        if not sent or not (arrived or matter.closed_at):
            continue
        first = _first(sent)
        began = called if begins == "called" else min(one.stamps["sent"] or called for one in sent)
        one = _served(matter, first, began, arrived, rapids[matter.duty_path], sites)
        excluded, said = _excluded(matter, one, excused.get(matter.pk))
        found.append(replace(one, excluded=excluded, said=said))
        if arrived and one.in_time and matter.lon is not None and matter.lat is not None:
            arrivals.append(Arrival(matter.pk, first.unit, arrived, matter.lon, matter.lat))
    far = stamped_far(arrivals)
    return [replace(one, excluded="track") if one.matter in far and not one.excluded else one for one in found]


def _excluded(matter: Matter, one: Served, excused: Excuse | None) -> tuple[str, str]:
    """(why it is not counted, what a person said of it); a person's cause before what follows from the rows."""
    if excused is not None:
        return excused.why, excused.words
    if matter.outcome in EMPTY_OUTCOMES:
        return "empty", ""
    return ("unstamped", "") if one.took_s is None else ("", "")


def _first(sent: Sequence[_Task]) -> _Task:
    """The crew that was there first."""
    return min(sent, key=lambda one: (one.stamps["arrived"] is None, one.stamps["arrived"] or one.stamps["sent"]))


def _served(
    matter: Matter, first: _Task, began: dt.datetime, arrived: dt.datetime | None, rapid: Rapid,
    sites: Sequence[tuple[str, float, float]],
) -> Served:  # fmt: skip
    place_class = _class_at(matter, sites)
    promised_s = rapid.call_s(
        urgency=matter.urgency, place_class=place_class, form=first.form, of_station=first.of_station
    )
    klass = {
        RapidBasis.PLACE: place_class,
        RapidBasis.FORCE: force_of(first.form, first.of_station),
        RapidBasis.LEVEL: str(matter.urgency),
    }[RapidBasis(rapid.basis)]
    took_s = (arrived - began).total_seconds() if arrived else None
    late = took_s is not None and took_s > promised_s
    cause = cause_of(began, {**first.stamps, "arrived": arrived}, promised_s) if late else ""
    return Served(matter.pk, matter.number, matter.opened_at, matter.place_text, klass, promised_s, took_s, cause)


def cause_of(called: dt.datetime, stamps: Mapping[str, dt.datetime | None], promised_s: float) -> str:
    """The step that took longest beyond what it may: a step without a stamp counts to the next that has one."""
    worst, cause, before = 0.0, "arrived", called
    for name in ("sent", "signed", "departed", "arrived"):
        stamp = stamps.get(name)
        if stamp is None:
            continue
        beyond = (stamp - before).total_seconds() - ALLOWED_S.get(name, max(0.0, promised_s - sum(ALLOWED_S.values())))
        if beyond > worst:
            worst, cause = beyond, name
        before = max(before, stamp)
    return cause


def _tasks(matters: Sequence[Matter]) -> dict[UUID, list[_Task]]:
    rows: Any = Assignment.objects.filter(matter__in=[one.pk for one in matters]).values_list(
        "matter", "unit", "unit__form", "unit__home__tier", "sent_at", "signed_at", "departed_at", "arrived_at"
    )
    found: dict[UUID, list[_Task]] = {}
    for matter, unit, form, tier, *stamps in rows:
        named = dict(zip(("sent", "signed", "departed", "arrived"), stamps, strict=True))
        found.setdefault(matter, []).append(_Task(unit, form, tier == Tier.STATION, named))
    return found


def _stamps(matters: Sequence[Matter]) -> dict[tuple[UUID, str], dt.datetime]:
    """The newest row of each: an amended time counts."""
    rows: Any = Stamp.objects.filter(
        matter__in=[one.pk for one in matters], name__in=[StampName.CALLED, StampName.ARRIVED]
    ).order_by("id").values_list("matter", "name", "at")  # fmt: skip
    return {(matter, name): at for matter, name, at in rows}


def _sites() -> list[tuple[str, float, float]]:
    kinds = [kind for kinds in PLACES.values() for kind in kinds]
    return list(FoundPlace.objects.filter(kind__in=kinds).values_list("kind", "lon", "lat"))


def _class_at(matter: Matter, sites: Sequence[tuple[str, float, float]]) -> str:
    """The strictest class of the places that the call lies at."""
    if matter.lon is None or matter.lat is None:
        return "others"
    near = {
        class_of_place(kind)
        for kind, lon, lat in sites
        if metres_between(lon, lat, matter.lon, matter.lat) <= AT_PLACE_M
    }
    return next((name for name in CLASSES[RapidBasis.PLACE] if name in near), "others")


def _rate(served: Iterable[Served]) -> Rate:
    rows = list(served)
    return Rate(sum(one.in_time for one in rows), len(rows))
