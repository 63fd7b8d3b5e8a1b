"""The minutes that were promised (CFS-05): by place, by force or by seriousness, as rows that a head of office sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.dispatch.models.rapid import RapidBasis, RapidRule
from shouwang.duty.models import UnitForm
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.places.models import Area

LONGEST_MIN = 120
UNSET_MIN = 5  # taken where nobody has set anything, and said so

CLASSES: dict[str, dict[str, Promise]] = {
    RapidBasis.PLACE: {
        "hub": _("Stations, government, main sights"),
        "busy": _("Schools, hospitals, banks, malls"),
        "others": _("Everywhere else"),
    },
    RapidBasis.FORCE: {
        "on_street": _("Foot, cycle, booth and rapid-police posts"),
        "branch": _("Cars of the station"),
        "reserve": _("Cars of the bureau"),
    },
    RapidBasis.LEVEL: {"1": _("Life in danger"), "2": _("Going on now"), "3": _("Soon"), "4": _("Can be booked")},
}
PLACES = {  # of OSM and of made towns
    "hub": ("station", "bus_station", "aerodrome", "townhall", "public_building", "attraction", "police"),
    "busy": (
        "school", "kindergarten", "university", "college", "hospital", "clinic", "bank", "mall", "marketplace",
        "market", "department_store", "supermarket", "care_home",
    ),
}  # fmt: skip
PRESETS: dict[str, dict[str, int]] = {  # C12, as one city each has them
    RapidBasis.PLACE: {"hub": 1, "busy": 3, "others": 5},
    RapidBasis.FORCE: {"on_street": 1, "branch": 3, "reserve": 5},
    RapidBasis.LEVEL: {"1": 1, "2": 3, "3": 3, "4": 5},
}
ON_STREET = frozenset({UnitForm.FOOT, UnitForm.CYCLE, UnitForm.BOOTH, UnitForm.RAPID})


class RingMissing(Problem):
    code, status = "rapid.ring_missing", 400
    says = _("Give whole minutes from 1 to 120 for every line.")


@dataclass(frozen=True)
class Rapid:
    """What one ground is promised. `area` None: nobody has set anything, and five minutes are taken."""

    basis: str = RapidBasis.LEVEL
    minutes: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys("1234", UNSET_MIN))
    area: Area | None = None
    since: dt.datetime | None = None

    @property
    def longest_s(self) -> float:
        return max(self.minutes.values()) * 60.0

    def place_s(self, place_class: str) -> float:
        """Seconds that a place of this class is promised, whoever comes."""
        return self.minutes[place_class] * 60.0 if self.basis == RapidBasis.PLACE else self.longest_s

    def unit_s(self, form: str, of_station: bool = True) -> float:
        """Seconds within which this kind of unit counts."""
        return self.minutes[force_of(form, of_station)] * 60.0 if self.basis == RapidBasis.FORCE else self.longest_s

    def call_s(self, *, urgency: int, place_class: str, form: str, of_station: bool = True) -> float:
        """Seconds that the caller was promised."""
        if self.basis == RapidBasis.LEVEL:
            return self.minutes[str(urgency)] * 60.0
        return min(self.place_s(place_class), self.unit_s(form, of_station))

    @property
    def rings(self) -> list[tuple[str, Promise, int]]:
        """(class, its words, minutes) in the order of the table."""
        return [(name, words, self.minutes[name]) for name, words in CLASSES[self.basis].items()]


def force_of(form: str, of_station: bool) -> str:
    if form in ON_STREET:
        return "on_street"
    return "branch" if of_station else "reserve"


def class_of_place(kind: str) -> str:
    return next((name for name, kinds in PLACES.items() if kind in kinds), "others")


def rapid_of(duty_path: str, at: dt.datetime) -> Rapid:
    """What is promised on this ground: the set of the lowest area above it that has one."""
    numbers = [int(part) for part in duty_path.split("/") if part]
    rows = RapidRule.objects.filter(area__number__in=numbers, since__lte=at).exclude(until__lte=at)
    found = list(rows.select_related("area"))
    if not found:
        return Rapid()
    lowest = max(found, key=lambda row: len(row.duty_path))
    return _of_rows([row for row in found if row.area_id == lowest.area_id])


def rapids_below(duty_path: str, at: dt.datetime) -> Callable[[str], Rapid]:
    """What each piece of ground inside this one is promised, by its path. One query for all of them."""
    numbers = [int(part) for part in duty_path.split("/") if part]
    rows = RapidRule.objects.filter(Q(duty_path__startswith=duty_path) | Q(area__number__in=numbers), since__lte=at)
    sets: dict[str, list[RapidRule]] = {}
    for row in rows.exclude(until__lte=at).select_related("area"):
        sets.setdefault(row.duty_path, []).append(row)

    def promised(path: str) -> Rapid:
        lowest = max((one for one in sets if path.startswith(one)), key=len, default="")
        return _of_rows(sets[lowest]) if lowest else Rapid()

    return promised


def _of_rows(rows: Sequence[RapidRule]) -> Rapid:
    """A set that was written together."""
    first = rows[0]
    return Rapid(first.basis, {row.applies: row.minutes for row in rows}, first.area, first.since)


def set_rapid(area: Area, basis: str, minutes: Mapping[str, int], *, by: Actor, at: dt.datetime) -> Rapid:
    """A new set for this ground; the one before ends. Raises RingMissing"""
    wanted = CLASSES.get(basis, {})
    if not wanted or set(minutes) != set(wanted) or not all(1 <= one <= LONGEST_MIN for one in minutes.values()):
        raise RingMissing
    with acting(by):
        require(by, Verb.UNIT_MANAGE, area, at)
        RapidRule.objects.select_for_update().filter(area=area, until__isnull=True).update(until=at)
        RapidRule.objects.bulk_create(
            RapidRule(area=area, duty_path=area.duty_path, basis=basis, applies=name, minutes=count, since=at,
                      set_by=by.person_id)
            for name, count in minutes.items()
        )  # fmt: skip
        record("rapid.set", topic="rapid.set", subject=area, by=by, at=at, area=area, basis=basis,
               minutes=dict(minutes))  # fmt: skip
    return Rapid(basis, dict(minutes), area, at)
