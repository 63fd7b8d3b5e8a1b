"""Which beats, zones and messages somebody may see: those of his own ground, and those of the offices above it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from shouwang.beats.models import Beat, Message, NightZone
from shouwang.core.actor import Actor
from shouwang.people.access import Verb, spans, within


def visible_beats(by: Actor, at: dt.datetime) -> QuerySet[Beat]:
    """Beats in use, by name. One query."""
    rows = _seen(Beat.objects.filter(ended_at=None), by, at)
    return rows.select_related("area", "sector", "ground", "team").order_by("area__name")


def visible_zones(by: Actor, at: dt.datetime) -> QuerySet[NightZone]:
    """Night-economy zones, open ones first, by name. One query."""
    rows = _seen(NightZone.objects.all(), by, at)
    return rows.select_related("ground").order_by("-closed_at", "name")


def visible_messages(by: Actor, at: dt.datetime) -> QuerySet[Message]:
    """Messages of the loudspeaker library, by topic. One query."""
    return _seen(Message.objects.all(), by, at).select_related("ground").order_by("topic", "written_at")


def _seen(rows: QuerySet[Any], by: Actor, at: dt.datetime) -> QuerySet[Any]:
    paths = spans(by, Verb.ROSTER_READ, at)
    above = Q(duty_path__in=[lead for path in paths for lead in leading(path)])
    return rows.filter(within(paths) | above)


def leading(path: str) -> list[str]:
    """ "/1/2/" → "/1/", "/1/2/"."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts))]
