"""Which beats somebody may see: those of his own ground, and those of the offices above it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from shouwang.beats.models import Beat
from shouwang.core.actor import Actor
from shouwang.people.access import Verb, spans, within


def visible_beats(by: Actor, at: dt.datetime) -> QuerySet[Beat]:
    """Beats in use, by name. One query."""
    paths = spans(by, Verb.ROSTER_READ, at)
    above = Q(duty_path__in=[lead for path in paths for lead in _leading(path)])
    rows = Beat.objects.filter(within(paths) | above, ended_at=None)
    return rows.select_related("area", "sector", "ground", "team").order_by("area__name")


def _leading(path: str) -> list[str]:
    """ "/1/2/" → "/1/", "/1/2/"."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts))]
