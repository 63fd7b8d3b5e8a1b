"""What each rule asks of each area, who fills it, and where people could go from. It proposes numbers, never names."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.people.access import paths_of, reaches, spans
from shouwang.people.models import Measure, Post, StaffingRule
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.staffing.ruling import rules_at
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion

COUNTING = (Measure.EACH, Measure.HOUSEHOLDS, Measure.CALLS)


class Filling(StrEnum):
    FILLED = "filled"
    SHORT = "short"
    VACANT = "vacant"
    OVER = "over"


FILLINGS: dict[str, Promise | str] = {
    Filling.VACANT: pgettext_lazy("staffing", "Vacant"),
    Filling.SHORT: pgettext_lazy("staffing", "Too few"),
    Filling.FILLED: pgettext_lazy("staffing", "Filled"),
    Filling.OVER: pgettext_lazy("staffing", "More than the norm"),
}

NOT_SIGNED = _("has not signed for the post")
STANDS_IN = _("only stands in")
ELSEWHERE = _("also posted: {where}")
OTHER_HOURS = _("{hours} hours on other duties in 30 days")


@dataclass(frozen=True)
class Loads:
    """What only higher apps know: calls by area, hours on other duties by person, both of the last 30 days."""

    calls: Mapping[UUID, int] = field(default_factory=dict)
    other_hours: Mapping[UUID, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """Somebody on the post; `shared` says why he does not count as full time."""

    post: Post
    shared: tuple[str, ...] = ()
    signed: bool = True


@dataclass(frozen=True)
class Place:
    """One rule on one area. `load` is the number of households or calls it was worked out from."""

    rule: StaffingRule
    area: Area
    needed: int
    held: tuple[Held, ...]
    load: int | None = None

    @property
    def n(self) -> int:
        """How many people count."""
        counted = (one for one in self.held if one.signed and not (self.rule.full_time and one.shared))
        return len({one.post.person_id for one in counted})

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.n)

    @property
    def spare(self) -> int:
        return max(0, self.n - (self.rule.most or self.needed))

    @property
    def filling(self) -> Filling:
        if self.missing:
            return Filling.SHORT if self.n else Filling.VACANT
        return Filling.OVER if self.spare else Filling.FILLED

    @property
    def says(self) -> Promise | str:
        return FILLINGS[self.filling]

    @property
    def flagged(self) -> bool:
        return any(one.shared for one in self.held)

    @property
    def role_name(self) -> Promise:
        return ROLE_TABLE[self.rule.role].label


@dataclass(frozen=True)
class Sum:
    """One rule over all areas in sight: how many of them it is kept on (S-ORG-007)."""

    rule: StaffingRule
    kept: int
    of: int
    missing: int
    spare: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.kept / self.of) if self.of else None


@dataclass(frozen=True)
class Move:
    """So many could go from one area to another of the same rule (S-ORG-017). Who, people decide."""

    rule: StaffingRule
    from_area: Area
    to_area: Area
    n: int


def places_of(by: Actor, at: dt.datetime, loads: Loads | None = None) -> list[Place]:
    """Every area in sight that a rule counts on. Where two rules count the same, the one set nearest holds."""
    known = loads or Loads()
    rules = rules_at(by, at, *COUNTING)
    areas = _areas({rule.tier for rule in rules}, by, at)
    nearest: dict[tuple[str, str, UUID], tuple[StaffingRule, Area]] = {}
    for rule in sorted(rules, key=lambda one: max(len(path) for path in paths_of(one.area))):
        for area in areas:
            if area.tier == rule.tier and lies_in(area, rule.area):
                kind = "each" if rule.measure == Measure.EACH else "ratio"
                nearest[kind, rule.role, area.pk] = (rule, area)
    held = _held(nearest.values(), at, known)
    households = _households(areas, at)
    found = [
        _place(rule, area, held[rule.role, area.pk], households.get(area.pk, 0), known)
        for rule, area in nearest.values()
    ]
    return sorted(found, key=lambda one: (one.rule.name, one.area.duty_path or one.area.government_path))


def lies_in(area: Area, whole: Area) -> bool:
    """Whether `area` is `whole` or lies in it, along one of the layers that carry responsibility."""
    return any(
        mine and path and mine.startswith(path)
        for mine, path in ((area.duty_path, whole.duty_path), (area.government_path, whole.government_path))
    )


def _place(rule: StaffingRule, area: Area, held: list[Held], households: int, loads: Loads) -> Place:
    people = tuple(held)
    match rule.measure:
        case Measure.HOUSEHOLDS:
            return Place(rule, area, math.ceil(households / rule.fewest), people, households)
        case Measure.CALLS:
            calls = loads.calls.get(area.pk, 0)
            return Place(rule, area, math.ceil(calls / rule.fewest), people, calls)
        case _:
            return Place(rule, area, rule.fewest, people)


def _areas(tiers: set[str], by: Actor, at: dt.datetime) -> list[Area]:
    in_force = AreaVersion.objects.in_force_at(at).values("area_id")
    return list(
        Area.objects.filter(reaches(spans(by, Verb.STAFFING_READ, at)), tier__in=tiers, pk__in=in_force).order_by("pk")
    )


def _households(areas: Iterable[Area], at: dt.datetime) -> dict[UUID, int]:
    rows = AreaVersion.objects.in_force_at(at).filter(area__in=[area.pk for area in areas])
    return dict(rows.values_list("area").annotate(n=Max("households")))


def _held(
    wanted: Iterable[tuple[StaffingRule, Area]], at: dt.datetime, loads: Loads
) -> dict[tuple[str, UUID], list[Held]]:
    """Who holds which role on which area, those posted elsewhere too marked so."""
    pairs = list(wanted)
    on = Post.objects.held_at(at).select_related("person", "area").order_by("person__name", "id")
    counted = list(on.filter(role__in={rule.role for rule, _area in pairs}))
    theirs: dict[UUID, list[Post]] = defaultdict(list)
    for post in on.filter(person__in={post.person_id for post in counted}):
        theirs[post.person_id].append(post)
    found: dict[tuple[str, UUID], list[Held]] = defaultdict(list)
    for rule, area in pairs:
        for post in counted:
            if post.role == rule.role and lies_in(post.area, area):
                shared = _shared(post, theirs[post.person_id], rule, area, loads)
                signed = post.accepted_at is not None and post.accepted_at <= at
                found[rule.role, area.pk].append(Held(post, (*shared, *(() if signed else (str(NOT_SIGNED),))), signed))
    return found


def _shared(post: Post, posts: list[Post], rule: StaffingRule, area: Area, loads: Loads) -> tuple[str, ...]:
    found = [str(STANDS_IN)] if post.acting_for_id else []
    elsewhere = [one for one in posts if one.role != rule.role or not lies_in(one.area, area)]
    if elsewhere:
        where = "、".join(
            f"{one.area.name} {ROLE_TABLE[one.role].label}" for one in elsewhere if one.role in ROLE_TABLE
        )
        found.append(str(ELSEWHERE).format(where=where))
    hours = loads.other_hours.get(post.person_id, 0)
    if rule.full_time and rule.hours and hours > rule.hours:
        found.append(str(OTHER_HOURS).format(hours=f"{hours:g}"))
    return tuple(found)


def sums_of(places: Iterable[Place]) -> list[Sum]:
    """The share of areas on which each rule is kept."""
    by_rule: dict[UUID, list[Place]] = defaultdict(list)
    for place in places:
        by_rule[place.rule.pk].append(place)
    return [
        Sum(
            rows[0].rule, sum(not one.missing for one in rows), len(rows), sum(one.missing for one in rows),
            sum(one.spare for one in rows),
        )
        for rows in by_rule.values()
    ]  # fmt: skip


def moves_for(places: Iterable[Place]) -> list[Move]:
    """From where there are more than the norm to where there are fewer, the same station first."""
    rows = list(places)
    spare = {(one.rule.role, one.area.pk): one.spare for one in rows}
    found: list[Move] = []
    for short in (one for one in rows if one.missing):
        missing = short.missing
        near = [one for one in rows if one.rule.role == short.rule.role and one.area.pk != short.area.pk]
        for one in sorted(near, key=lambda other: not _same_station(other.area, short.area)):
            n = min(missing, spare[one.rule.role, one.area.pk])
            if n:
                found.append(Move(short.rule, one.area, short.area, n))
                spare[one.rule.role, one.area.pk] -= n
                missing -= n
    return found


def _same_station(one: Area, other: Area) -> bool:
    above = [(area.duty_path or area.government_path).rstrip("/").rpartition("/")[0] for area in (one, other)]
    return above[0] == above[1]
