"""Whose news is it? The same rule as every page, for each kind of subject; what is unknown goes to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from shouwang.config.live.bus import News
from shouwang.config.live.viewers import Viewer
from shouwang.core.actor import Actor
from shouwang.dispatch.models import Assignment
from shouwang.duty.levels.in_force import visible_orders
from shouwang.duty.mobilising.calling import visible_mobilisations
from shouwang.duty.models import Alert, LevelOrder, Message, Mobilisation, Unit
from shouwang.journal.models import Entry
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, may
from shouwang.places.models import Area
from shouwang.registry.models import Emergency

Sees = Callable[[Actor, Any, dt.datetime], bool]


def _with(verb: Verb) -> Sees:
    return lambda actor, row, at: may(actor, verb, row, at)


def _reads_matter(actor: Actor, row: Any, at: dt.datetime) -> bool:
    """By post, or, for whoever reported it, by his account."""
    return may(actor, Verb.MATTER_READ, row, at) or may(actor, Verb.OWN_REPORT_READ, row, at)


def _reads_its_matter(actor: Actor, row: Any, at: dt.datetime) -> bool:
    return may(actor, Verb.MATTER_READ, row.matter, at)


def _judges_emergency(actor: Actor, row: Any, at: dt.datetime) -> bool:
    return may(actor, Verb.MATTER_SEAL, row.area, at)


def _is_called(actor: Actor, row: Any, at: dt.datetime) -> bool:
    return visible_mobilisations(actor, at).filter(pk=row.pk).exists()


def _under_it(actor: Actor, row: Any, at: dt.datetime) -> bool:
    """Orders of a level reach down: a station is told what its bureau ordered."""
    return visible_orders(actor, at).filter(pk=row.pk).exists()


KINDS: dict[str, tuple[Any, Sees]] = {
    "matter": (Matter, _reads_matter),
    "assignment": (Assignment, _reads_its_matter),
    "unit": (Unit, _with(Verb.ROSTER_READ)),
    "alert": (Alert, _with(Verb.ROSTER_READ)),
    "levelorder": (LevelOrder, _under_it),
    "mobilisation": (Mobilisation, _is_called),
    "message": (Message, _with(Verb.MESSAGE_READ)),
    "emergency": (Emergency, _judges_emergency),
    "area": (Area, _with(Verb.AREA_READ)),
}


def admitted(news: News, viewers: Iterable[Viewer], at: dt.datetime) -> set[tuple[object, ...]]:
    """Keys of the readers who may know of it. The row is loaded once, the question asked once for each person."""
    kind = Entry.objects.filter(pk=news.entry).values_list("subject_kind", flat=True).first()
    if kind not in KINDS:
        return set()
    model, sees = KINDS[kind]
    row = _row(model, news.subject)
    if row is None:
        return set()
    readers = {viewer.key: viewer.actor for viewer in viewers}
    return {key for key, actor in readers.items() if sees(actor, row, at)}


def _row(model: Any, subject: UUID) -> Any:
    return model.objects.filter(pk=subject).first()
