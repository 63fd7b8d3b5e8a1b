"""Night-economy zones: set one up, its venues and ranks, its plan by post and day, and its end with an outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.beats.cover import square_m
from shouwang.beats.models import NightZone, Spot, TaskState, ZoneTask
from shouwang.beats.models.zone import STANDING
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, Verb, may, require
from shouwang.people.models import Post
from shouwang.places.models import Area
from shouwang.territory.overlays import outline_of
from shouwang.territory.tiling import readable

MOST_SPOTS, MOST_TASKS, MOST_CORNERS, LARGEST_KM2 = 80, 60, 200, 20
FURTHEST = dt.timedelta(days=366)


class ZoneUnusable(Problem):
    code, status = "beats.zone", 422
    says = _("A zone has a name, hours that end at another time than they begin, and a border of {km} km² at most.")


class ZoneNamed(Problem):
    code, status = "beats.zone_named", 409
    says = _("There is a zone called {name} on this ground already.")


class ZoneClosed(Problem):
    code, status = "beats.zone_closed", 409
    says = _("This zone was closed; nothing in it changes any more.")


class ZoneFull(Problem):
    code, status = "beats.zone_full", 409
    says = _("A zone holds at most {spots} places and {tasks} tasks.")


class WordsMissing(Problem):
    code, status = "beats.words_missing", 422
    says = _("Say it in a few words.")


class DueUnclear(Problem):
    code, status = "beats.due", 422
    says = _("The last day is today or later, within a year.")


class TaskOver(Problem):
    code, status = "beats.task_over", 409
    says = _("This task is over; note another one.")


class TasksLeft(Problem):
    code, status = "beats.tasks_left", 409
    says = _("{n} tasks are not over yet. Say of each that it is done, or why it is not; then close the zone.")


def make_zone(
    ground: Area, name: str, corners: Sequence[Sequence[float]], hours: tuple[dt.time, dt.time], *, by: Actor,
    at: dt.datetime,
) -> NightZone:  # fmt: skip
    """Hours may pass midnight. Raises NotAllowed, NotVisible, ZoneUnusable, ZoneNamed, what a wrong place is"""
    called, boundary = clean_line(name, 60, field="name"), _outline(corners)
    if not called or hours[0] == hours[1]:
        raise ZoneUnusable(field="ends" if called else "name", km=LARGEST_KM2)
    refuse_persons({"name": called})
    with acting(by):
        require(by, Verb.PATROL_ORDER, ground, at)
        try:
            with transaction.atomic():
                row = NightZone.objects.create(
                    name=called, ground=ground, duty_path=ground.duty_path, government_path=ground.government_path,
                    boundary=boundary, begins=hours[0], ends=hours[1], made_by=by.person_id, made_at=at,
                )  # fmt: skip
        except IntegrityError as fault:
            raise ZoneNamed(field="name", name=called) from fault
        _told(row, "zone.make", by, at)
    return row


def add_spot(
    zone: NightZone, kind: str, name: str, point: tuple[float, float], *, by: Actor, at: dt.datetime,
    closes: dt.time | None = None,
) -> Spot:  # fmt: skip
    """Raises NotAllowed, NotVisible, ZoneClosed, ZoneFull, ZoneNamed, WordsMissing, what a wrong place is"""
    called, (lon, lat) = clean_line(name, 60, field="name"), check_lonlat(*point, field="lon")
    if not called:
        raise WordsMissing(field="name")
    refuse_persons({"name": called})
    with acting(by):
        row = _locked(zone, by, at)
        if row.spots.filter(ended_at=None).count() >= MOST_SPOTS:
            raise ZoneFull(spots=MOST_SPOTS, tasks=MOST_TASKS)
        try:
            with transaction.atomic():
                spot = Spot.objects.create(zone=row, kind=kind, name=called, lon=lon, lat=lat, closes=closes)
        except IntegrityError as fault:
            raise ZoneNamed(field="name", name=called) from fault
        _told(row, "zone.change", by, at, what="spot")
    return spot


def end_spot(spot: Spot, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed, NotVisible, ZoneClosed"""
    with acting(by):
        row = _locked(spot.zone, by, at)
        Spot.objects.filter(pk=spot.pk, ended_at=None).update(ended_at=at)
        _told(row, "zone.change", by, at, what="spot")


def add_task(
    zone: NightZone, kind: str, text: str, post: Post, due_on: dt.date, *, by: Actor, at: dt.datetime, body: str = ""
) -> ZoneTask:
    """One line of the plan, with the post that answers for it and its last day.

    Raises  NotAllowed, NotVisible, ZoneClosed, ZoneFull, WordsMissing, DueUnclear, what refuse_persons raises
    """
    said, turned_to = clean_line(text, 200, field="text"), clean_line(body, 60, field="body")
    if not said:
        raise WordsMissing(field="text")
    refuse_persons({"text": said, "body": turned_to})
    if not local_date(at) <= due_on <= local_date(at) + FURTHEST:
        raise DueUnclear(field="due_on")
    with acting(by):
        row = _locked(zone, by, at)
        if row.tasks.count() >= MOST_TASKS:
            raise ZoneFull(spots=MOST_SPOTS, tasks=MOST_TASKS)
        task = ZoneTask.objects.create(
            zone=row, kind=kind, text=said, post=post, body=turned_to, due_on=due_on, noted_by=by.person_id, noted_at=at
        )
        _told(row, "zone.task", by, at, what=said)
    return task


def move_task(task: ZoneTask, state: str, said: str = "", *, by: Actor, at: dt.datetime) -> ZoneTask:
    """Begun, done or not done; by whoever keeps the zone, or whoever holds the post that answers for it.

    Raises  NotAllowed, NotVisible, ZoneClosed, TaskOver, WordsMissing, what refuse_persons raises
    """
    words = clean_line(said, 200, field="said")
    if state in (TaskState.DONE, TaskState.DROPPED) and not words:
        raise WordsMissing(field="said")
    refuse_persons({"said": words})
    with acting(by):
        zone = _held(task.zone)
        row = ZoneTask.objects.select_for_update(of=("self",)).select_related("post").get(pk=task.pk)
        if not answers_for(row, zone, by, at):
            raise NotAllowed
        if zone.closed_at is not None:
            raise ZoneClosed
        if not row.standing or state not in TaskState.values:
            raise TaskOver
        row.state, row.said, row.changed_at = state, words or row.said, at
        row.save(update_fields=["state", "said", "changed_at"])
        _told(zone, "zone.move", by, at, what=row.text, state=state)
    return row


def answers_for(task: ZoneTask, zone: NightZone, by: Actor, at: dt.datetime) -> bool:
    """Whether `by` may say how a task stands."""
    own = task.post.person_id == by.person_id and at in task.post.during
    return own or may(by, Verb.PATROL_ORDER, zone, at)


def close_zone(zone: NightZone, outcome: str, *, by: Actor, at: dt.datetime) -> NightZone:
    """With what came of it, once every task is over.

    Raises  NotAllowed, NotVisible, ZoneClosed, TasksLeft, WordsMissing, what refuse_persons raises
    """
    words = clean_line(outcome, 300, field="outcome")
    if not words:
        raise WordsMissing(field="outcome")
    refuse_persons({"outcome": words})
    with acting(by):
        row = _locked(zone, by, at)
        left = row.tasks.filter(state__in=STANDING).count()
        if left:
            raise TasksLeft(n=left)
        row.closed_at, row.outcome = at, words
        row.save(update_fields=["closed_at", "outcome"])
        _told(row, "zone.close", by, at)
    return row


def _outline(corners: Sequence[Sequence[float]]) -> dict[str, Any]:
    if len(corners) > MOST_CORNERS:
        raise ZoneUnusable(field="corners", km=LARGEST_KM2)
    boundary = outline_of([check_lonlat(lon, lat, field="corners") for lon, lat in corners])
    if readable(boundary) is None or square_m(boundary) > LARGEST_KM2 * 1e6:
        raise ZoneUnusable(field="corners", km=LARGEST_KM2)
    return boundary


def _held(zone: NightZone) -> NightZone:
    return NightZone.objects.select_for_update(of=("self",)).select_related("ground").get(pk=zone.pk)


def _locked(zone: NightZone, by: Actor, at: dt.datetime) -> NightZone:
    row = _held(zone)
    require(by, Verb.PATROL_ORDER, row, at)
    if row.closed_at is not None:
        raise ZoneClosed
    return row


def _told(row: NightZone, verb: str, by: Actor, at: dt.datetime, **more: object) -> None:
    record(verb, topic="zone.changed", subject=row, area=row.ground, by=by, at=at, called=row.name, **more)
