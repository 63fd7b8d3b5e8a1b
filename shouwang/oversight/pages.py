"""What a replay shows: the axis of the whole stretch, and pages of minutes with positions and what was known then.

Every answer is bounded: a page by its minutes and by how many positions of a unit it holds, the axis by events.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Message, Unit
from shouwang.matters.models import Matter
from shouwang.oversight.models import Replay
from shouwang.people.access import Verb, reaches, spans, within
from shouwang.tracking.models import Fix

PAGE = dt.timedelta(minutes=10)
GAP = dt.timedelta(minutes=3)  # longer without a position: nothing is drawn there
MOST_FIXES = 120  # of one unit in one page: one every five seconds
MOST_EVENTS = 1500
STAMPS = ("sent", "signed", "departed", "arrived", "reported", "cleared", "returned", "recalled")
LABELS: dict[str, Promise] = {
    "new": _("call came in"), "closed": _("call closed"), "message": _("message"), "sent": _("sent"),
    "signed": _("signed"), "departed": _("set out"), "arrived": _("on scene"), "reported": _("reported"),
    "cleared": _("cleared"), "returned": _("given back"), "recalled": _("recalled"),
}  # fmt: skip
ENDED = ("cleared", "returned", "recalled")

_STRETCHES = """
WITH seen AS (
    SELECT unit, at, at - lag(at) OVER (PARTITION BY unit ORDER BY at) > %(gap)s AS parted
    FROM tracking_fix WHERE unit = ANY(%(units)s) AND at >= %(start)s AND at < %(end)s
), numbered AS (
    SELECT unit, at, count(*) FILTER (WHERE parted) OVER (PARTITION BY unit ORDER BY at) AS part FROM seen
)
SELECT unit, min(at), max(at) FROM numbered GROUP BY unit, part ORDER BY unit, min(at) LIMIT 5000
"""


@dataclass(frozen=True)
class Event:
    """Something that was known from `at` on. `status` is what it made of its unit or matter."""

    at: dt.datetime
    what: str
    words: str
    number: int | None = None
    unit: UUID | None = None
    matter: UUID | None = None

    @property
    def label(self) -> Promise | str:
        return LABELS.get(self.what, self.what)

    def plain(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(), "what": self.what, "words": self.words, "number": self.number,
            "unit": str(self.unit) if self.unit else None, "matter": str(self.matter) if self.matter else None,
        }  # fmt: skip


Stretches = dict[UUID, list[tuple[dt.datetime, dt.datetime]]]


def stretches_of(replay: Replay) -> Stretches:
    """When each unit reported without a gap. What lies between is not known, and is not drawn."""
    given: dict[str, Any] = {"gap": GAP, "units": replay.units, "start": replay.starts_at, "end": replay.ends_at}
    found: Stretches = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STRETCHES, given)
        for unit, first, last in cursor.fetchall():
            found[unit].append((first, last))
    return found


def events_of(replay: Replay, by: Actor, at: dt.datetime) -> list[Event]:
    """Matters, assignments and messages of the stretch, as far as `by` may see them; oldest first."""
    window = (replay.starts_at, replay.ends_at)
    paths = [path for path in (replay.area.duty_path, replay.area.government_path) if path]
    seen = Matter.objects.visible_to(by, at)
    new = seen.filter(within(paths), opened_at__range=window, kind="incident").order_by("opened_at")[:MOST_EVENTS]
    found = [Event(one.opened_at, "new", one.place_text, one.number, None, one.pk) for one in new]
    found += [
        Event(one.closed_at, "closed", one.place_text, one.number, None, one.pk) for one in new
        if one.closed_at and one.closed_at < replay.ends_at
    ]  # fmt: skip
    found += _stamps_of(replay, seen)
    talk = Message.objects.filter(
        reaches(spans(by, Verb.MESSAGE_READ, at)), within(paths), sent_at__range=window
    ).order_by("sent_at")[:MOST_EVENTS]
    found += [Event(one.sent_at, "message", one.text, None, one.unit_id, one.matter_id) for one in talk]
    return sorted(found, key=lambda one: one.at)[:MOST_EVENTS]


def _stamps_of(replay: Replay, seen: Any) -> list[Event]:
    rows = Assignment.objects.filter(
        unit__in=replay.units, sent_at__lt=replay.ends_at, matter__in=seen.values("pk")
    ).exclude(ended_at__lt=replay.starts_at).select_related("matter").order_by("-sent_at")[:MOST_EVENTS]  # fmt: skip
    found = []
    for row in rows:
        for name in STAMPS:
            moment = row.ended_at if name in ENDED and row.state == name else getattr(row, f"{name}_at", None)
            if moment and moment < replay.ends_at and not (name in ENDED and row.state != name):
                found.append(Event(moment, name, row.matter.place_text, row.matter.number, row.unit_id, row.matter_id))
    return found


def page_of(replay: Replay, start: dt.datetime) -> dict[str, Any]:
    """Positions of `PAGE` from `start`, and the last of each unit before it where no gap lies between."""
    start = max(start, replay.starts_at)
    end = min(start + PAGE, replay.ends_at)
    fixes: dict[UUID, list[tuple[dt.datetime, float, float, float | None]]] = defaultdict(list)
    rows = Fix.objects.filter(unit__in=replay.units, at__gte=max(start - GAP, replay.starts_at), at__lt=end)
    step = PAGE / MOST_FIXES
    for unit, at, lon, lat, heading in rows.order_by("unit", "at").values_list(
        "unit", "at", "lon", "lat", "heading_deg"
    ):
        kept = fixes[unit]
        if not kept or at - kept[-1][0] >= step:
            kept.append((at, lon, lat, heading))
    return {
        "from": start.isoformat(), "to": end.isoformat(),
        "next": end.isoformat() if end < replay.ends_at else None,
        "fixes": {
            str(unit): [[at.isoformat(), round(lon, 6), round(lat, 6), heading] for at, lon, lat, heading in line]
            for unit, line in fixes.items()
        },
    }  # fmt: skip


def units_of(replay: Replay) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=replay.units).order_by("name", "pk"))
