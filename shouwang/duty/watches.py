"""Duty chief and duty lead: one of each a shift, closed with a note; what falls to them at night."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.duty.models import LogLine, NightApproval, Watch
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, NotVisible, Verb, may, reaches, require, spans, within
from shouwang.people.models import Person, Post
from shouwang.places.models import Area

CHIEFS = ("bureau_head", "station_head", "duty_lead")
LEADS = ("duty_lead", "station_head", "police_officer", "community_officer", "dispatcher")
LONGEST = dt.timedelta(hours=26)
NOTE, LINE = 2000, 500


class WatchTimesUnusable(Problem):
    code, status = "watch.times", 422
    says = _("A shift ends after it begins, and lasts 26 hours at most.")


class WatchTaken(Problem):
    code, status = "watch.taken", 409
    says = _("Another shift of this office lies in these hours. One duty chief and one duty lead at a time.")


class SamePerson(Problem):
    code, status = "watch.same_person", 422
    says = _("Duty chief and duty lead are two people.")


class NoHandOverNote(Problem):
    code, status = "watch.no_note", 422
    says = _("Write the hand-over note. A shift does not close without it.")


class WatchClosed(Problem):
    code, status = "watch.closed", 409
    says = _("This shift is closed and stays as it is.")


class WatchNotBegun(Problem):
    code, status = "watch.not_begun", 409
    says = _("This shift has not begun.")


class NothingToLog(Problem):
    code, status = "watch.nothing_to_log", 422
    says = _("Write what happened.")


class NotInShift(Problem):
    code, status = "watch.not_in_shift", 422
    says = _("Give a time inside the shift that is not ahead.")


@dataclass(frozen=True)
class Falls:
    """An approval that falls to somebody now, and the line it comes from."""

    line: NightApproval
    watch: Watch


def set_watch(
    area: Area, *, begins_at: dt.datetime, ends_at: dt.datetime, chief: Person, lead: Person, by: Actor, at: dt.datetime
) -> Watch:
    """Raises  NotAllowed, NotVisible, WatchTimesUnusable, SamePerson, WatchTaken"""
    if not begins_at < ends_at <= begins_at + LONGEST:
        raise WatchTimesUnusable(field="ends_at")
    if chief.pk == lead.pk:
        raise SamePerson(field="lead")
    with acting(by):
        require(by, Verb.ROSTER_WRITE, area, at)
        try:
            with transaction.atomic():
                row = Watch.objects.create(
                    area=area, duty_path=area.duty_path, government_path=area.government_path, chief=chief, lead=lead,
                    during=TimestamptzRange(begins_at, ends_at), set_by=by.person_id,
                )  # fmt: skip
        except IntegrityError:
            raise WatchTaken(field="begins_at") from None
        record("watch.set", topic="watch.set", subject=row, by=by, at=at, area=area, chief=chief.name, lead=lead.name)
    return row


def close_watch(watch: Watch, *, note: str, by: Actor, at: dt.datetime) -> Watch:
    """By its chief or lead, or whoever writes the roster there. Raises WatchClosed, WatchNotBegun, NoHandOverNote"""
    with acting(by):
        row = Watch.objects.select_for_update(of=("self",)).select_related("area").get(pk=watch.pk)
        if by.person_id not in (row.chief_id, row.lead_id):
            require(by, Verb.ROSTER_WRITE, row, at)
        if row.closed_at is not None:
            raise WatchClosed
        if row.during.lower > at:
            raise WatchNotBegun
        row.note = clean_line(note, NOTE, field="note")
        if not row.note:
            raise NoHandOverNote(field="note")
        row.closed_at, row.closed_by = at, by.person_id
        row.save(update_fields=["note", "closed_at", "closed_by"])
        record("watch.close", topic="watch.closed", subject=row, by=by, at=at, area=row.area_id)
    return row


def may_log(row: Watch, by: Actor, at: dt.datetime) -> bool:
    """Its chief and lead, and whoever sends crews on that ground; from its begin on."""
    return row.during.lower <= at and (by.person_id in (row.chief_id, row.lead_id) or may(by, Verb.UNIT_SEND, row, at))


def add_line(
    watch: Watch, text: str, *, happened_at: dt.datetime, corrects: LogLine | None = None, by: Actor, at: dt.datetime
) -> LogLine:
    """A line of the day log, which nobody changes afterwards. On a closed shift only a correction of another line.

    Raises  NotAllowed, WatchClosed, NothingToLog, NotInShift
    """
    with acting(by):
        row = Watch.objects.select_for_update(of=("self",)).select_related("area").get(pk=watch.pk)
        if not may_log(row, by, at):
            raise NotAllowed
        if row.closed_at is not None and corrects is None:
            raise WatchClosed
        said = clean_line(text, LINE, field="text")
        if not said:
            raise NothingToLog(field="text")
        if not row.during.lower <= happened_at <= min(at, row.during.upper):
            raise NotInShift(field="happened_at")
        made = LogLine.objects.create(
            watch=row, at=happened_at, text=said, corrects=corrects, made_at=at, made_by=by.person_id
        )
        record("watch.log", topic="watch.logged", subject=row, by=by, at=at, area=row.area_id, line=made.pk)
    return made


def drop_watch(watch: Watch, *, by: Actor, at: dt.datetime) -> None:
    """A shift that has not begun is moved to nothing: the day is free again. Raises WatchClosed"""
    with acting(by):
        row = Watch.objects.select_for_update(of=("self",)).select_related("area").get(pk=watch.pk)
        require(by, Verb.ROSTER_WRITE, row, at)
        if row.closed_at is not None or row.during.lower <= at:
            raise WatchClosed
        row.during = TimestamptzRange(row.during.lower, row.during.lower)
        row.save(update_fields=["during"])
        record("watch.drop", topic="watch.dropped", subject=row, by=by, at=at, area=row.area_id)


def watches_seen(by: Actor, at: dt.datetime) -> QuerySet[Watch]:
    """Shifts on the ground of `by`, the earliest first."""
    rows = Watch.objects.filter(within(spans(by, Verb.ROSTER_READ, at))).exclude(during__isempty=True)
    return rows.select_related("area", "chief", "lead").order_by("during", "area__duty_path")


def watch_seen(key: UUID, by: Actor, at: dt.datetime) -> Watch:
    """Raises NotVisible"""
    row = watches_seen(by, at).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def not_closed(by: Actor, at: dt.datetime) -> QuerySet[Watch]:
    """Shifts whose time is over and whose note is not written."""
    return watches_seen(by, at).filter(during__endswith__lte=at, closed_at__isnull=True)


def people_for(area: Area, roles: tuple[str, ...], at: dt.datetime) -> list[Person]:
    """Who can be put down there: holders of such a post on that ground or above it."""
    posts = Post.objects.held_at(at).filter(role__in=roles, area__duty_path__in=_upwards(area.duty_path))
    own = Post.objects.held_at(at).filter(reaches((area.duty_path,), "area__"), role__in=roles)
    return list(Person.objects.filter(pk__in=(posts | own).values("person"), active=True).order_by("name"))


def falls_to(by: Actor, act: Verb, row: object, at: dt.datetime, *, size: int = 0) -> Falls | None:
    """Whether an approval falls to `by` now: he is down for the shift on that ground, and the matrix goes so far.

    size  for a duty level its number: 1 is the highest
    """
    path = getattr(row, "duty_path", "")
    watches = Watch.objects.filter(during__contains=at, closed_at__isnull=True, duty_path__in=_upwards(path))
    held = watches.filter(chief=by.person_id) | watches.filter(lead=by.person_id)
    here = at.astimezone(SHANGHAI).time()
    for watch in held:
        side = "chief" if watch.chief_id == by.person_id else "lead"
        for line in NightApproval.objects.filter(act=act, side=side):
            within_hours = (
                line.begins <= here < line.ends if line.begins < line.ends else here >= line.begins or here < line.ends
            )
            if within_hours and size >= line.limit:
                return Falls(line, watch)
    return None


def lead_over(path: str, at: dt.datetime) -> UUID | None:
    """The person who leads the shift on that ground: as put down for it, nearest first, or by his post."""
    nearest = sorted(_upwards(path), key=len, reverse=True)
    watches = Watch.objects.filter(during__contains=at, closed_at__isnull=True, duty_path__in=nearest)
    posts = Post.objects.held_at(at).filter(role="duty_lead", area__duty_path__in=nearest, person__active=True)
    down = dict(watches.values_list("duty_path", "lead"))
    held = dict(posts.order_by("-pk").values_list("area__duty_path", "person"))
    return next((found for path in nearest if (found := down.get(path) or held.get(path))), None)


def may_close(row: Watch, by: Actor, at: dt.datetime) -> bool:
    return by.person_id in (row.chief_id, row.lead_id) or may(by, Verb.ROSTER_WRITE, row, at)


def _upwards(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
