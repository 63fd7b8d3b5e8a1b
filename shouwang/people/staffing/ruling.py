"""Staffing rules are set and ended: a norm with its source, from a day on. What held before stays to be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, paths_of, reaches, require, spans
from shouwang.people.models import Measure, StaffingRule
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

COUNTED_ON = (Tier.STATION, Tier.TOWNSHIP, Tier.COMMUNITY, Tier.GRID)
HIGHEST = {Measure.SHARE: 100, Measure.DAYS: 7}
MOST_HOURS = {Measure.DAYS: 24}
IN_A_MONTH = 744


class RuleUnusable(Problem):
    code, status = "staffing.rule_unusable", 422
    says = _("This rule cannot be kept: {why}.")


WHY = {
    "name": _("it has no name"),
    "source": _("it does not say where the norm comes from"),
    "role": _("it does not say which post it counts"),
    "tier": _("it does not say on which ground it counts"),
    "fewest": _("its number is out of bounds"),
    "most": _("its upper number is below its lower"),
    "hours": _("its hours are out of bounds"),
}


@dataclass(frozen=True)
class Norm:
    """What a rule says. Numbers as `StaffingRule` explains them."""

    name: str
    measure: str
    role: str
    tier: str
    fewest: int
    source: str
    most: int | None = None
    full_time: bool = False
    hours: int = 0

    def checked(self) -> dict[str, object]:
        """As columns. Raises RuleUnusable"""
        name, source = clean_line(self.name, 60, field="name"), clean_line(self.source, 200, field="source")
        counts = self.measure in (Measure.EACH, Measure.HOUSEHOLDS, Measure.CALLS)
        known = self.role in ROLE_TABLE and self.role not in {"resident", *ADMIN_ROLES}
        faults = {
            "name": not name,
            "source": not source,
            "role": not known and not (self.measure == Measure.SHARE and self.role == ""),
            "tier": self.tier not in COUNTED_ON,
            "fewest": not 1 <= self.fewest <= HIGHEST.get(Measure(self.measure), 1_000_000),
            "most": self.most is not None and self.most < self.fewest,
            "hours": not 0 <= self.hours <= MOST_HOURS.get(Measure(self.measure), IN_A_MONTH),
        }
        for field, wrong in faults.items():
            if wrong:
                raise RuleUnusable(why=WHY[field], field=field)
        most = self.most if self.measure == Measure.EACH else None
        return {
            "name": name, "source": source, "measure": self.measure, "role": self.role, "tier": self.tier,
            "fewest": self.fewest, "most": most, "full_time": self.full_time and counts, "hours": self.hours,
        }  # fmt: skip


def set_rule(norm: Norm, *, area: Area, by: Actor, at: dt.datetime) -> StaffingRule:
    """The norm holds from now on; one that counted the same on the same ground ends. Raises NotAllowed, RuleUnusable"""
    with acting(by):
        require(by, Verb.STAFFING_WRITE, area, at)
        told = norm.checked()
        same = StaffingRule.objects.select_for_update().filter(
            area=area, measure=norm.measure, role=norm.role, tier=norm.tier, during__contains=at
        )
        for rule in same:
            _end(rule, at)
        rule = StaffingRule.objects.create(area=area, during=TimestamptzRange(at, None), set_by=by.person_id, **told)
        record("staffing_rule.set", topic="staffing.ruled", subject=rule, area=area, by=by, at=at, rule=rule.name,
               measure=rule.measure, fewest=rule.fewest, source=rule.source)  # fmt: skip
    return rule


def end_rule(rule: StaffingRule, *, by: Actor, at: dt.datetime) -> StaffingRule:
    """It holds no longer. Raises NotAllowed, NotVisible"""
    with acting(by):
        row = StaffingRule.objects.select_for_update(of=("self",)).select_related("area").get(pk=rule.pk)
        require(by, Verb.STAFFING_WRITE, row.area, at)
        if row.during.upper is not None:
            raise NotVisible
        _end(row, at)
        record("staffing_rule.end", topic="staffing.ruled", subject=row, area=row.area, by=by, at=at, rule=row.name)
    return row


def _end(rule: StaffingRule, at: dt.datetime) -> None:
    rule.during = TimestamptzRange(rule.during.lower, at)
    rule.save(update_fields=["during"])


def rules_seen(by: Actor, at: dt.datetime) -> QuerySet[StaffingRule]:
    """Rules, present and past, that are set on the ground of `by` or above it."""
    paths = spans(by, Verb.STAFFING_READ, at)
    above = [
        "/" + "/".join(parts[:n]) + "/"
        for parts in (path.strip("/").split("/") for path in paths)
        for n in range(1, len(parts) + 1)
    ]
    over = Area.objects.filter(duty_path__in=above) | Area.objects.filter(government_path__in=above)
    rows = StaffingRule.objects.filter(reaches(paths, "area__")) | StaffingRule.objects.filter(area__in=over)
    return rows.select_related("area").order_by("name", "-during").distinct()


def rules_at(by: Actor, at: dt.datetime, *measures: str) -> list[StaffingRule]:
    """Those of them in force, the nearest to the ground last."""
    found = rules_seen(by, at).filter(during__contains=at, measure__in=measures)
    return sorted(found, key=lambda rule: (rule.name, max(len(path) for path in paths_of(rule.area))))
