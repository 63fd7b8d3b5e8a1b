"""The posts of an event: laid out in the plan, and added while it runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.event.models import EventPost
from shouwang.matters.models import Matter
from shouwang.people.access import require
from shouwang.people.verbs import Verb

MOST = 200


class PlanIsFixed(Problem):
    code, status = "event.fixed", 409
    says = _("An approved plan is not changed. Open it again, then it is approved again.")


class PostHoursWrong(Problem):
    code, status = "event.post_hours", 400
    says = _("A post ends after it begins.")


class PostSaysNothing(Problem):
    code, status = "event.post_incomplete", 400
    says = _("Say what the post is called and what is to be done there.")


class TooManyPosts(Problem):
    code, status = "event.too_many", 409
    says = _("An event has {most} posts at most. Divide it.")


@dataclass(frozen=True)
class Wanted:
    """One post: where, from–to, what to do, and which unit is meant for it."""

    label: str
    task: str
    place_text: str
    point: tuple[float, float]
    begins_at: dt.datetime
    ends_at: dt.datetime
    unit: UUID | None = None
    unit_name: str = ""


def set_post(matter: Matter, wanted: Wanted, *, by: Actor, at: dt.datetime) -> EventPost:
    """Raises PlanIsFixed, PostHoursWrong, PostSaysNothing, TooManyPosts, NotAllowed, NotVisible"""
    label = clean_line(wanted.label, 40, field="label")
    task = clean_line(wanted.task, 200, field="task")
    for field, text in (("label", label), ("task", task)):
        if not text:
            raise PostSaysNothing(field=field)
    if wanted.begins_at >= wanted.ends_at:
        raise PostHoursWrong(field="ends_at")
    refuse_persons({"label": label, "task": task})
    with acting(by):
        row = _changeable(matter, ("planned", "running"), by, at)
        last = EventPost.objects.filter(matter=row).aggregate(last=Max("number"))["last"] or 0
        if last >= MOST:
            raise TooManyPosts(most=MOST)
        post = EventPost.objects.create(
            matter=row, number=last + 1, label=label, task=task, lon=wanted.point[0], lat=wanted.point[1],
            place_text=clean_line(wanted.place_text, 300, field="place_text"), begins_at=wanted.begins_at,
            ends_at=wanted.ends_at, unit=wanted.unit, unit_name=clean_line(wanted.unit_name, 40, field="unit"),
        )  # fmt: skip
        record("event.set_post", topic="matter.changed", subject=row, by=by, at=at, area=row.area_id, post=str(post))
    return post


def drop_post(post: EventPost, *, by: Actor, at: dt.datetime) -> None:
    """Take a post out of a plan that is not approved yet. Raises PlanIsFixed, NotAllowed, NotVisible"""
    with acting(by):
        row = _changeable(post.matter, ("planned",), by, at)
        if EventPost.objects.filter(pk=post.pk, dropped_at__isnull=True).update(dropped_at=at):
            record("event.drop_post", topic="matter.changed", subject=row, by=by, at=at, area=row.area_id,
                   post=str(post))  # fmt: skip


def posts_of_event(matter: Matter) -> list[EventPost]:
    return list(EventPost.objects.filter(matter=matter, dropped_at__isnull=True).order_by("number"))


def _changeable(matter: Matter, states: tuple[str, ...], by: Actor, at: dt.datetime) -> Matter:
    row = Matter.objects.select_for_update().get(pk=matter.pk)
    require(by, Verb.EVENT_PLAN, row, at)
    if row.state not in states:
        raise PlanIsFixed
    return row
