"""What somebody noted himself: number, sort, place and how far it is. A grid worker sees this much and no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shouwang.core.actor import Actor
from shouwang.desk.board import label_of
from shouwang.journal.models import Entry
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter

KINDS = ("hazard", "trouble", "observation", "advice")
BACK = dt.timedelta(days=180)
SHOWN = 100


@dataclass(frozen=True)
class Noted:
    """One line. `state` in the reader's language."""

    matter: Matter
    sort: str
    state: str


def noted_by(by: Actor, at: dt.datetime, kinds: tuple[str, ...] = KINDS) -> list[Noted]:
    """The newest first. What was sealed since is gone from here, too."""
    acts = Entry.objects.filter(person=by.person_id, verb__in=[f"{kind}.open" for kind in kinds], at__gte=at - BACK)
    rows = Matter.objects.filter(pk__in=acts.values("subject"), visibility="office").order_by("-opened_at")[:SHOWN]
    return [Noted(row, label_of(row), str(kind_of(row.kind).state(row.state).label)) for row in rows]
