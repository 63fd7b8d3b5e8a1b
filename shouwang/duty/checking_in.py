"""Check-ins: a person alone or at night says in time that he is well; silence is heard at the desk, then louder.

Timers begin from the phone, by the rule of the office, or by an order: `begin_for_shift` is for whoever gives one. One
that was begun to ask once ends with the answer.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.duty.alerts import put_alert, settle_alert
from shouwang.duty.models import Alert, AlertKind, CheckIn, CheckInRule, CheckInWhy, Crew, Shift
from shouwang.duty.shifts import unit_of
from shouwang.journal.record import record
from shouwang.people.access import Verb, reaches, require, spans
from shouwang.places.models import Area

SHORTEST, LONGEST = dt.timedelta(minutes=5), dt.timedelta(hours=4)
GRACE = dt.timedelta(minutes=1)  # a tap on its way is no silence
ESCALATE = dt.timedelta(minutes=3)  # nobody at the desk took notice: it becomes a call for help
NIGHT_FROM, NIGHT_UNTIL = dt.time(22), dt.time(6)


class NoTimerRuns(Problem):
    code, status = "check_in.none", 409
    says = _("No check-in timer runs. Start one.")


class TimerUnusable(Problem):
    code, status = "check_in.unusable", 422
    says = _("A check-in comes every 5 minutes at the soonest, and every 4 hours at the latest.")


class NotOnAUnit(Problem):
    code, status = "check_in.off_duty", 409
    says = _("You are not on a unit now. Sign on first.")


def begin_check_in(*, every: dt.timedelta, by: Actor, at: dt.datetime, why: str = CheckInWhy.OWN) -> CheckIn:
    """One's own timer; a running one is set anew. Raises NotOnAUnit, TimerUnusable"""
    with acting(by):
        crew = unit_of(by.person_id, at) if by.person_id else None
        if crew is None:
            raise NotOnAUnit
        return _begin(crew, every, CheckInWhy(why), by=by, at=at)


def begin_for_shift(shift: Shift, *, every: dt.timedelta, why: str, by: Actor, at: dt.datetime) -> list[CheckIn]:
    """A timer for everybody on the shift who has none yet. Inside an act that has checked who may.

    Raises  TimerUnusable
    """
    crew = Crew.objects.filter(shift=shift, during__contains=at).select_related("shift__unit")
    has = set(CheckIn.objects.filter(shift=shift, ended_at__isnull=True).values_list("person", flat=True))
    return [_begin(one, every, CheckInWhy(why), by=by, at=at) for one in crew if one.person_id not in has]


def check_in(*, by: Actor, at: dt.datetime) -> CheckIn:
    """“I am well”: counts from the moment of the tap, however late it comes. Raises NoTimerRuns"""
    with acting(by):
        row = CheckIn.objects.select_for_update(of=("self",)).select_related("unit").filter(
            person=by.person_id, ended_at__isnull=True
        ).first()  # fmt: skip
        if row is None:
            raise NoTimerRuns
        row.answered_at = max(at, row.answered_at or at)
        row.due_at = max(row.due_at, at + dt.timedelta(seconds=row.every_s))
        heard = row.missed_at is not None
        row.missed_at = row.escalated_at = None
        row.save(update_fields=["answered_at", "due_at", "missed_at", "escalated_at"])
        if heard:
            settle_alert(kind=AlertKind.MISSED, subject=row.pk, why="well", by=by, at=at)
        record(
            "check_in.well", topic="check_in.well", subject=row, by=by, at=at, area=row.unit.home_id, unit=row.unit_id
        )
        if row.why == CheckInWhy.ASKED:
            _end(row, by=by, at=at)
    return row


def end_check_in(*, by: Actor, at: dt.datetime) -> CheckIn:
    """One's own timer ends; one that a rule or an order began goes on. Raises NoTimerRuns"""
    with acting(by):
        rows = CheckIn.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(person=by.person_id, ended_at__isnull=True, why=CheckInWhy.OWN).first()
        if row is None:
            raise NoTimerRuns
        return _end(row, by=by, at=at)


def set_rule(area: Area, *, lone_min: int, night_min: int, by: Actor, at: dt.datetime) -> CheckInRule:
    """When timers begin by themselves; 0: they do not. Raises NotAllowed, NotVisible, TimerUnusable"""
    for minutes in (lone_min, night_min):
        if minutes and not SHORTEST <= dt.timedelta(minutes=minutes) <= LONGEST:
            raise TimerUnusable(field="lone_min")
    with acting(by):
        require(by, Verb.ROSTER_WRITE, area, at)
        told = {"lone_min": lone_min, "night_min": night_min, "set_at": at, "set_by": by.person_id}
        row = CheckInRule.objects.update_or_create(area=area, defaults=told)[0]
        record("check_in.rule", topic="check_in.rule", subject=("check_in_rule", area.pk), by=by, at=at, area=area,
               lone=lone_min, night=night_min)  # fmt: skip
    return row


def running(by: Actor, at: dt.datetime) -> list[CheckIn]:
    """Timers on the ground of `by`, whoever is silent first."""
    reach = reaches(spans(by, Verb.UNIT_SEND, at), "unit__")
    rows = CheckIn.objects.filter(reach, ended_at__isnull=True).select_related("person", "unit")
    return list(rows.order_by("due_at"))


def tick(at: dt.datetime) -> int:
    """Begin what a rule asks for, end what is off duty, and let the desk hear of silence; how many are silent."""
    _begin_by_rule(at)
    by = Actor.system()
    rows = CheckIn.objects.filter(ended_at__isnull=True)
    late = rows.filter(due_at__lte=at - GRACE).filter(Q(missed_at__isnull=True) | Q(escalated_at__isnull=True))
    off = rows.exclude(shift__during__contains=at)
    for key in list((late | off).distinct().values_list("pk", flat=True)):
        with acting(by):
            found = CheckIn.objects.select_for_update(of=("self",), skip_locked=True).select_related("unit", "shift")
            row = found.filter(pk=key, ended_at__isnull=True).first()
            if row is not None:
                _look_after(row, by=by, at=at)
    return rows.filter(missed_at__isnull=False).count()


def _look_after(row: CheckIn, *, by: Actor, at: dt.datetime) -> None:
    if row.shift.during.upper is not None and row.shift.during.upper <= at:
        _end(row, by=by, at=at)
        return
    if not Crew.objects.filter(shift=row.shift, person=row.person_id, during__contains=at).exists():
        _end(row, by=by, at=at)
        return
    if row.missed_at is None:
        row.missed_at = at
        row.save(update_fields=["missed_at"])
        _alert(row, AlertKind.MISSED, row.pk, by, at)
    elif _unheard(row):
        if row.missed_at <= at - ESCALATE:
            row.escalated_at = at
            row.save(update_fields=["escalated_at"])
            _alert(row, AlertKind.SOS, row.unit_id, by, at)
    elif row.missed_at + dt.timedelta(seconds=row.every_s) <= at:  # noticed, and silent for another turn
        row.missed_at = at
        row.save(update_fields=["missed_at"])
        _alert(row, AlertKind.MISSED, row.pk, by, at)


def _unheard(row: CheckIn) -> bool:
    return Alert.objects.filter(kind=AlertKind.MISSED, subject=row.pk, settled_at__isnull=True).exists()


def _alert(row: CheckIn, kind: str, subject: UUID, by: Actor, at: dt.datetime) -> None:
    put_alert(kind=kind, subject=subject, unit_id=row.unit_id, matter_id=None, raised_at=at, by=by, at=at)


def _begin(crew: Crew, every: dt.timedelta, why: CheckInWhy, *, by: Actor, at: dt.datetime) -> CheckIn:
    if not SHORTEST <= every <= LONGEST:
        raise TimerUnusable(field="every")
    for old in CheckIn.objects.select_for_update().filter(person=crew.person_id, ended_at__isnull=True):
        _end(old, by=by, at=at)
    row = CheckIn.objects.create(
        person_id=crew.person_id, unit=crew.shift.unit, shift=crew.shift, why=why,
        every_s=int(every.total_seconds()), started_at=at, due_at=at + every,
    )  # fmt: skip
    record("check_in.begin", topic="check_in.begun", subject=row, by=by, at=at, area=row.unit.home_id, unit=row.unit_id,
           minutes=row.every_s // 60)  # fmt: skip
    return row


def _end(row: CheckIn, *, by: Actor, at: dt.datetime) -> CheckIn:
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    settle_alert(kind=AlertKind.MISSED, subject=row.pk, why="ended", by=by, at=at)
    record("check_in.end", topic="check_in.ended", subject=row, by=by, at=at, area=row.unit.home_id, unit=row.unit_id)
    return row


def _begin_by_rule(at: dt.datetime) -> None:
    """For every shift on: who is alone on it, or works at night, gets the timer of the nearest office with a rule."""
    rules = list(CheckInRule.objects.select_related("area"))
    if not rules:
        return
    hour = at.astimezone(SHANGHAI).time()
    night = hour >= NIGHT_FROM or hour < NIGHT_UNTIL
    by = Actor.system()
    grounds = sorted(rules, key=lambda rule: -len(rule.area.duty_path))
    for shift in Shift.objects.filter(during__contains=at).select_related("unit"):
        rule = next((one for one in grounds if shift.unit.duty_path.startswith(one.area.duty_path)), None)
        if rule is None:
            continue
        crew = Crew.objects.filter(shift=shift, during__contains=at)
        lone = rule.lone_min if crew.count() == 1 else 0
        minutes, why = (lone, CheckInWhy.LONE) if lone else (rule.night_min if night else 0, CheckInWhy.NIGHT)
        has = CheckIn.objects.filter(shift=shift, ended_at__isnull=True).count()
        if minutes and has < crew.count():
            with acting(by):
                begin_for_shift(shift, every=dt.timedelta(minutes=minutes), why=why, by=by, at=at)
