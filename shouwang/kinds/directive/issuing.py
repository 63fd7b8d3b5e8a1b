"""Issuing a directive, the directives that wait for a signature, and those whose time is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.querying import MatterQuerySet
from shouwang.matters.steps import take_step
from shouwang.people.access import posts_of
from shouwang.people.models import Post
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

ROOMS = (Tier.STATION, Tier.BUREAU)  # where a command room sits that signs within a minute
BATCH = 200


class NobodyToGiveItTo(Problem):
    code, status = "directive.to", 400
    says = _("Choose to whom it goes: a station, a community or a post on your ground.")


@dataclass(frozen=True)
class Order:
    """What a directive says. `gist` in one line; a warning also has when, basis, advice and expires_on."""

    subkind: str
    gist: str
    urgency: int = 3
    words: str = ""
    place_text: str = ""
    when: str = ""
    basis: str = ""
    advice: str = ""
    expires_on: dt.date | None = None
    point: tuple[float, float] | None = None

    def facts(self) -> dict[str, str]:
        told = {"when": self.when, "basis": self.basis, "advice": self.advice}
        last = {"expires_on": self.expires_on.isoformat()} if self.expires_on else {}
        return {name: text for name, text in told.items() if text} | last


def issue(order: Order, *, to: Area | Post | None, by: Actor, at: dt.datetime, parent: Matter | None = None) -> Matter:
    """Issue it to the room of a station, to a community, or to one post. Raises NobodyToGiveItTo, and opening.py's"""
    if to is None:
        raise NobodyToGiveItTo(field="to")
    area = to.area if isinstance(to, Post) else to
    facts: dict[str, str] = order.facts() | ({"to_post": str(to.pk)} if isinstance(to, Post) else {})
    to_room = isinstance(to, Area) and area.tier in ROOMS
    return open_matter(
        kind="directive", by=by, at=at, verb=Verb.DIRECTIVE_ISSUE, area=area, parent=parent,
        subkind=order.subkind, urgency=order.urgency, gist=order.gist, words=order.words, facts=facts,
        place_text=order.place_text, channel="room" if to_room else "ground", point=order.point,
    )  # fmt: skip


def to_sign(by: Actor, at: dt.datetime) -> MatterQuerySet:
    """What waits for the signature of `by`: issued to his own office or post, or climbed to him."""
    if not Matter.objects.filter(kind="directive", state="issued").exists():
        return Matter.objects.none()  # every desk asks this with each news, and there are days without directives
    mine = posts_of(by, at)
    here = Q(area__in=[post.area_id for post in mine], facts__to_post__isnull=True)
    climbed = Q(clocks__holder__in=[post.pk for post in mine], clocks__met_at__isnull=True)
    waiting = Matter.objects.visible_to(by, at, Verb.MATTER_WORK).filter(kind="directive", state="issued")
    found = waiting.filter(here | climbed | Q(responsible__in=mine)).exclude(facts__issued_by=str(by.person_id))
    return found.order_by("opened_at").distinct()


def expire_due(at: dt.datetime) -> int:
    """End the warnings whose last day is over. How many."""
    over = Matter.objects.open().filter(kind="directive", facts__expires_on__lt=local_date(at).isoformat())
    ended = 0
    for row in over[:BATCH]:
        take_step(row, "expire", by=Actor.system(), at=at)
        ended += 1
    return ended
