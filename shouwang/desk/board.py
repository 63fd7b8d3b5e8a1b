"""The queue as the desk shows it: open matters by where they stand, with the crews on them. Two queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter

LIMIT = 500
UNSIGNED_AFTER = dt.timedelta(seconds=60)
LONG_ON_SCENE = dt.timedelta(minutes=30)

SECTIONS: tuple[tuple[str, Promise, Promise | str], ...] = (
    ("new", _("To send"), _("The most urgent first")),
    ("sign", _("To sign"), _("Comes back after 60 seconds without a signature")),
    ("way", _("On the way"), ""),
    ("scene", _("In hand"), ""),
    ("wait", _("Waiting"), _("Each has a next step and a date")),
)


@dataclass(frozen=True)
class Row:
    """One matter in the queue. `since` is where its running clock starts; `due_at` is shown instead when it waits."""

    matter: Matter
    kind: str
    status: str
    over: bool
    since: dt.datetime
    units: tuple[str, ...]

    @property
    def shape(self) -> str:
        return "over" if self.over else self.status


@dataclass
class Section:
    status: str
    label: Promise
    rule: Promise | str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Filters:
    """What the address asks for: `?show=mine|over`, `?kind=`, `?area=` (a path inside the person's ground)."""

    show: str = ""
    kind: str = ""
    area: str = ""

    @classmethod
    def read(cls, query: Any) -> Filters:
        show = query.get("show", "")
        return cls(show if show in {"mine", "over"} else "", query.get("kind", "")[:24], query.get("area", "")[:200])


def rows_for(by: Actor, at: dt.datetime, filters: Filters) -> list[Row]:
    """The open matters `by` may see, worst first inside each status."""
    live = Assignment.objects.exclude(state__in=ENDED_STATES).select_related("unit")
    matters = Matter.objects.visible_to(by, at).open().prefetch_related(Prefetch("assignments", live))
    if filters.kind:
        matters = matters.filter(kind=filters.kind)
    if filters.area:
        matters = matters.filter(duty_path__startswith=filters.area)
    ordered = matters.order_by("urgency", "opened_at")[:LIMIT]
    rows = [row_of(matter, matter.assignments.all(), at) for matter in ordered]
    if filters.show == "over":
        return [row for row in rows if row.over]
    if filters.show == "mine":
        return [row for row in rows if row.status == "new" or row.over]
    return rows


def row_of(matter: Matter, live: Iterable[Assignment], at: dt.datetime) -> Row:
    crews = list(live)
    status = status_of(matter, crews)
    since = since_of(matter, crews, status)
    unsigned = status == "sign" and at - since > UNSIGNED_AFTER
    over = unsigned or (matter.due_at is not None and matter.due_at < at)
    return Row(matter, label_of(matter), status, over, since, tuple(crew.unit.name for crew in crews))


def status_of(matter: Matter, crews: list[Assignment]) -> str:
    """One of the shapes of the desk: where the matter stands for whoever sends crews."""
    states = {crew.state for crew in crews}
    if matter.phase == "waiting":
        return "wait"
    if states & {"arrived", "reported"}:
        return "scene"
    if states & {"signed", "departed"}:
        return "way"
    if "sent" in states:
        return "sign"
    return "scene" if matter.phase == "active" and matter.facts.get("crewed") else "new"


def since_of(matter: Matter, crews: list[Assignment], status: str) -> dt.datetime:
    """Since when it stands there: the earliest crew's stamp, or since it was opened."""
    stamps: list[dt.datetime | None] = [None]
    if status == "sign":
        stamps = [crew.sent_at for crew in crews]
    elif status == "way":
        stamps = [crew.departed_at or crew.signed_at for crew in crews]
    elif status == "scene":
        stamps = [crew.arrived_at for crew in crews]
    return min((stamp for stamp in stamps if stamp), default=matter.opened_at)


def label_of(matter: Matter) -> str:
    """The kind as it is called at the desk: 打架, 走失老人."""
    kind = kind_of(matter.kind)
    sort = kind.subkinds.get(matter.subkind)
    return str(sort.label if sort else kind.label)


def sections(rows: list[Row]) -> list[Section]:
    """Rows under their heads. Heads of urgent statuses stay when empty."""
    heads = {name: Section(name, label, rule) for name, label, rule in SECTIONS}
    for row in rows:
        heads[row.status].rows.append(row)
    return [head for head in heads.values() if head.rows or head.status in {"new", "sign"}]
