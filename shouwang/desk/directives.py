"""The list of directives as the address narrows it, and the stages of one with their clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.desk.showing import Showing
from shouwang.kinds.directive.issuing import to_sign
from shouwang.kinds.directive.words import GROUPS
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Clock, Matter
from shouwang.matters.querying import MatterQuerySet
from shouwang.people.access import posts_of

SHOWS: dict[str, Promise] = {
    "sign": _("Wait for my signature"),
    "open": _("Open directives"),
    "issued": _("Issued by my office"),
    "late": _("Late directives"),
    "ended": _("Ended directives"),
}
STAGES: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (("sign_room", "sign_ground"), _("Signed")),
    (("start",), _("Started")),
    (("feed_back",), _("Fed back")),
    (("verify",), _("Verified by the office")),
    (("close",), pgettext_lazy("directive", "Closed")),
)


class Filters(Showing):
    shows, sorts, all_sorts = SHOWS, GROUPS, _("All directives")

    def of(self, by: Actor, at: dt.datetime) -> MatterQuerySet:
        rows = Matter.objects.visible_to(by, at).filter(kind="directive")
        if self.sort:
            rows = rows.filter(subkind__startswith=f"{self.sort}.")
        if self.show == "ended":
            return rows.filter(closed_at__isnull=False).order_by("-closed_at")
        rows = rows.open().order_by("due_at", "opened_at")
        if self.show == "sign":
            return rows.filter(pk__in=to_sign(by, at).values("pk"))
        if self.show == "late":
            return rows.filter(Q(due_at__lt=at) | Q(clocks__level__gt=0, clocks__met_at__isnull=True)).distinct()
        if self.show == "issued":
            offices = [post.area.number for post in posts_of(by, at)]
            return rows.filter(facts__issued_from__in=offices)
        return rows


@dataclass(frozen=True)
class Stage:
    """One stage: until when, when it was reached, and how far its clock climbed."""

    label: Promise
    due: dt.datetime | None = None
    met: dt.datetime | None = None
    level: int = 0
    late: bool = False

    @property
    def look(self) -> str:
        return "ok" if self.met else "now" if self.due else ""


def stages_of(matter: Matter, at: dt.datetime) -> list[Stage]:
    """Every stage, those not reached yet too. Sent back, the newest clock of a stage counts."""
    clocks: dict[str, Clock] = {clock.rule: clock for clock in matter.clocks.order_by("started_at")}
    newest = [next((clocks[rule] for rule in rules if rule in clocks), None) for rules, _label in STAGES]
    return [_stage(label, clock, at) for (_rules, label), clock in zip(STAGES, newest, strict=True)]


def _stage(label: Promise, clock: Clock | None, at: dt.datetime) -> Stage:
    if clock is None:
        return Stage(label)
    return Stage(label, clock.due_at, clock.met_at, clock.level, (clock.met_at or at) > clock.due_at)


def state_of(matter: Matter) -> Promise:
    return kind_of(matter.kind).state(matter.state).label
