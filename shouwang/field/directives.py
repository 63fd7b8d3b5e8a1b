"""Directives that wait for the person with the phone: to be signed by him, or signed and still in his hands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from shouwang.core.actor import Actor
from shouwang.kinds.directive.issuing import to_sign
from shouwang.kinds.directive.words import EFFECTS, FACTS
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.people.access import may
from shouwang.people.models import Person
from shouwang.people.verbs import Verb

NEXT = {"issued": "sign", "signed": "start", "started": "feed_back"}
SAID = ("when", "basis", "advice", "expires_on", "reason")
MOST = 20


def directives_for(person: Person, by: Actor, at: dt.datetime) -> list[dict[str, Any]]:
    """The most urgent first. Nobody asks for them who may not work on matters."""
    if not may(by, Verb.MATTER_WORK, None, at):
        return []
    mine = Q(responsible__person=person.pk, state__in=("signed", "started"))
    seen = Matter.objects.visible_to(by, at).filter(kind="directive")
    rows = seen.filter(mine | Q(pk__in=to_sign(by, at).values("pk"))).order_by("urgency", "due_at")
    return [_told(row) for row in rows[:MOST]]


def _told(row: Matter) -> dict[str, Any]:
    kind = kind_of(row.kind)
    said = [row.words, *(f"{FACTS[name]}：{row.facts[name]}" for name in SAID if row.facts.get(name))]
    return {
        "id": str(row.pk), "number": row.number, "sort": str(kind.subkinds[row.subkind].label), "gist": row.gist,
        "place": row.place_text, "said": [text for text in said if text], "state": row.state,
        "state_label": str(kind.state(row.state).label), "due": row.due_at.isoformat() if row.due_at else None,
        "next": NEXT[row.state],
    }  # fmt: skip


def effects() -> list[list[str]]:
    """[value, label] of what may have come of one."""
    return [[name, str(label)] for name, label in EFFECTS.items()]
