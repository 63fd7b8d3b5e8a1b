"""The queue as the desk shows it: open matters by where they stand, with the crews on them. Two queries.

Rows are plain values, not models: every desk asks for all of them whenever there is news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.matters.kinds import kind_of, kinds
from shouwang.matters.models import Matter
from shouwang.ui.templatetags.ui import until

LIMIT = 500
LONGEST = 200
STANDING = (
    "pk", "number", "kind", "subkind", "phase", "urgency", "lon", "lat", "place_text", "gist", "words", "opened_at",
    "due_at", "facts", "duty_path",
)  # fmt: skip

SECTIONS: tuple[tuple[str, Promise, Promise | str], ...] = (
    ("new", _("To send"), _("The most urgent first")),
    ("sign", _("To sign"), _("Comes back when nobody signs in time")),
    ("way", _("On the way"), ""),
    ("scene", _("In hand"), ""),
    ("wait", _("Waiting"), _("Each has a next step and a date")),
)


class Crew(NamedTuple):
    """A crew on a matter and its stamps."""

    name: str
    state: str
    sent_at: dt.datetime
    signed_at: dt.datetime | None
    departed_at: dt.datetime | None
    arrived_at: dt.datetime | None


class Standing(Protocol):
    """What is asked of a matter here: of the model, or of the same columns without it."""

    pk: Any
    number: Any
    kind: Any
    subkind: Any
    phase: Any
    urgency: Any
    lon: Any
    lat: Any
    place_text: Any
    gist: Any
    words: Any
    opened_at: Any
    due_at: Any
    facts: Any


@dataclass(frozen=True)
class Row:
    """One matter in the queue. `since` is where its running clock starts; `due_at` is shown instead when it waits.

    It holds everything that is drawn of it, in the reader's language, and nothing else: equal rows look the same.
    """

    pk: UUID
    number: int
    kind: str
    status: str
    over: bool
    urgency: int
    place: str
    point: tuple[float, float] | None
    says: str
    since: dt.datetime
    due: str
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

    def query(self, show: str) -> str:
        """The address of another tab with the same kind and area."""
        asked = {"show": show, "kind": self.kind, "area": self.area}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def tabs(self) -> dict[str, str]:
        return {"all": self.query(""), "mine": self.query("mine"), "over": self.query("over")}


def rows_for(by: Actor, at: dt.datetime, filters: Filters) -> list[Row]:
    """The open matters of the desk that `by` may see, worst first inside each status; of a chosen kind all."""
    return [row for _path, row in rows_by_path(by, at, filters)]


def rows_by_path(by: Actor, at: dt.datetime, filters: Filters) -> list[tuple[str, Row]]:
    """The same, each with the ground it lies on."""
    matters = Matter.objects.visible_to(by, at).open()
    matters = matters.filter(kind=filters.kind) if filters.kind else matters.filter(_of_the_desk(at))
    if filters.area:
        matters = matters.filter(duty_path__startswith=filters.area)
    standing = list(matters.order_by("urgency", "opened_at").values_list(*STANDING, named=True)[:LIMIT])
    crews = _crews_on([matter.pk for matter in standing])
    rows = [(matter.duty_path, _row(matter, crews.get(matter.pk, []), at)) for matter in standing]
    if filters.show == "over":
        return [(path, row) for path, row in rows if row.over]
    if filters.show == "mine":
        return [(path, row) for path, row in rows if row.status == "new" or row.over]
    return rows


def _of_the_desk(at: dt.datetime) -> Q:
    """What crews are sent to, are out for, or nobody ended in time; visits and sweeps have lists of their own."""
    sent_to = [kind.name for kind in kinds() if kind.crewed]
    at_work = Assignment.objects.exclude(state__in=ENDED_STATES).values("matter")
    return Q(kind__in=sent_to) | Q(due_at__lt=at) | Q(pk__in=at_work)


def row_of(matter: Matter, live: Iterable[Assignment], at: dt.datetime) -> Row:
    """The row of one matter that is at hand."""
    crews = [
        Crew(one.unit.name, one.state, one.sent_at, one.signed_at, one.departed_at, one.arrived_at) for one in live
    ]
    return _row(matter, crews, at)


def _crews_on(matters: list[UUID]) -> dict[UUID, list[Crew]]:
    live = Assignment.objects.filter(matter__in=matters).exclude(state__in=ENDED_STATES).order_by("sent_at")
    found: dict[UUID, list[Crew]] = {}
    for matter, *crew in live.values_list("matter", "unit__name", *Crew._fields[1:]):
        found.setdefault(matter, []).append(Crew(*crew))
    return found


def _row(matter: Standing, crews: list[Crew], at: dt.datetime) -> Row:
    status = status_of(matter, crews)
    since = since_of(matter, crews, status)
    unsigned = status == "sign" and (at - since).total_seconds() > settings.SIGNED_WITHIN_S
    return Row(
        pk=matter.pk, number=matter.number, kind=label_of(matter), status=status, urgency=matter.urgency,
        over=unsigned or (matter.due_at is not None and matter.due_at < at),
        place=matter.place_text, point=(matter.lon, matter.lat) if matter.lon is not None else None,
        says=matter.gist or matter.words[:LONGEST], since=since,
        due=until(matter.due_at) if status == "wait" else "", units=tuple(crew.name for crew in crews),
    )  # fmt: skip


def status_of(matter: Standing, crews: list[Crew]) -> str:
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
    if not kind_of(matter.kind).crewed:
        return "wait"  # late, or chosen by its type: nobody is to be sent
    return "scene" if matter.phase == "active" and matter.facts.get("crewed") else "new"


def since_of(matter: Standing, crews: list[Crew], status: str) -> dt.datetime:
    """Since when it stands there: the earliest crew's stamp, or since it was opened."""
    stamps: list[dt.datetime | None] = [None]
    if status == "sign":
        stamps = [crew.sent_at for crew in crews]
    elif status == "way":
        stamps = [crew.departed_at or crew.signed_at for crew in crews]
    elif status == "scene":
        stamps = [crew.arrived_at for crew in crews]
    opened: dt.datetime = matter.opened_at
    return min((stamp for stamp in stamps if stamp), default=opened)


def label_of(matter: Standing) -> str:
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
