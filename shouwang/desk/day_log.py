"""The day log of a shift: what the journal holds of its ground in those hours, with the lines that were added by hand.

Nothing of it is typed but the added lines. What a reader may not see of a matter is not in his log either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.duty.models import Alert, LogLine, Watch
from shouwang.journal.models import Entry
from shouwang.journal.timeline import lines_of
from shouwang.matters.kinds import kinds
from shouwang.matters.models import Matter
from shouwang.people.access import reaches, spans, within
from shouwang.people.models import Person
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

MOST = 5_000
LATE = dt.timedelta(days=1)  # cards and phones without network hand in later what happened then
ROOM = (
    "drill.", "road.", "rapid.set", "move_up.", "level.", "mobilisation.", "shift.", "sheet.",
)  # fmt: skip
ORDERS = frozenset({"directive", "joint_task", "event"})
NOISE = (
    "assignment.deliver", "assignment.read", "unit.tell_", "clock.recompute", "submission.", "step.", "watch.log",
    "matter.watch", "matter.unwatch", "matter.not_same",
)  # fmt: skip

Key = tuple[dt.datetime, UUID | LogLine]


@dataclass(frozen=True)
class Logged:
    """One line. `matter`: what it is about, if the reader may open it; `line`: it was added by hand."""

    at: dt.datetime
    words: str
    matter: Matter | None = None
    line: LogLine | None = None
    late: bool = False


@dataclass(frozen=True)
class Log:
    """What stands in a log, oldest first: (time, entry or added line); `cut`: there was more."""

    watch: Watch
    keys: list[Key]
    cut: bool


def log_of(watch: Watch, by: Actor, at: dt.datetime) -> Log:
    """Which lines there are for `by`. Two queries."""
    entries = list(_entries(watch, by, at).values_list("at", "pk")[: MOST + 1])
    added = LogLine.objects.filter(watch=watch).select_related("corrects")
    keys: list[Key] = [*entries[:MOST], *((one.at, one) for one in added[:MOST])]
    return Log(watch, sorted(keys, key=lambda one: one[0]), len(entries) > MOST)


def drawn(keys: Sequence[Key], by: Actor, at: dt.datetime, language: str) -> list[Logged]:
    """These lines in words. A fixed number of queries."""
    wanted = [key for _at, key in keys if isinstance(key, UUID)]
    entries = Entry.objects.filter(pk__in=wanted).select_related("particulars").in_bulk()
    told = {line.entry: line for line in lines_of(entries.values(), language)}
    matters = Matter.objects.visible_to(by, at).filter(pk__in=[one.subject for one in entries.values()]).in_bulk()
    writers = {key.made_by for _at, key in keys if isinstance(key, LogLine) and key.made_by}
    names: dict[UUID | None, str] = dict(Person.objects.filter(pk__in=writers).values_list("pk", "name"))
    found = []
    for when, key in keys:
        if isinstance(key, LogLine):
            found.append(Logged(when, f"{names.get(key.made_by, '–')}：{key.text}", line=key))
        elif key in told:
            line = told[key]
            late = line.received_at - line.at > dt.timedelta(minutes=1)
            found.append(Logged(when, line.text, matters.get(entries[key].subject), late=late))
    return found


def _entries(watch: Watch, by: Actor, at: dt.datetime) -> QuerySet[Entry]:
    begins, ends = watch.during.lower, min(watch.during.upper, at)
    shown = ORDERS | {kind.name for kind in kinds() if kind.crewed}
    matters = Matter.objects.visible_to(by, at).filter(kind__in=shown)
    room, noise = Q(pk__in=[]), Q()
    for start in ROOM:
        room |= Q(verb__startswith=start)
    for start in NOISE:
        noise |= Q(verb__startswith=start)
    alerts = Alert.objects.filter(within(spans(by, Verb.UNIT_SEND, at)))
    alerts = alerts.filter(Q(matter__isnull=True) | Q(matter__in=matters.values("pk")))
    about = Q(subject_kind="matter", subject__in=matters.values("pk")) | (room & ~Q(subject_kind="matter"))
    about |= Q(verb__startswith="alert.", subject__in=alerts.values("pk"))
    areas = Area.objects.filter(reaches((watch.duty_path,)))
    then = Q(about, area__in=areas.values("pk"), at__gte=begins, at__lt=ends)
    then |= Q(subject=watch.pk)  # its hand-over too, which is written when it is over
    rows = Entry.objects.filter(then).exclude(noise)
    return rows.filter(pk__gte=_first_id(begins), pk__lt=_first_id(ends + LATE)).order_by("pk")


def _first_id(at: dt.datetime) -> UUID:
    """The smallest key that can have been made at that instant: keys begin with the time (UUIDv7)."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
