"""Rows → board: lock what an act may touch, and read it as the core's values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from shouwang.dispatch.board import (
    OPEN_STATES,
    REACHES,
    Board,
    BoardAlert,
    BoardAssignment,
    BoardMatter,
    BoardUnit,
    Limits,
)
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Alert, AlertKind, Shift, Unit
from shouwang.duty.models.shift import Availability
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter

HEARD_BY_THE_CORE = (AlertKind.UNSIGNED, AlertKind.RETURNED, AlertKind.SUPPORT)


def lock(*, matters: Iterable[UUID] = (), units: Iterable[UUID] = ()) -> None:
    """Matter rows first, then unit rows, each in the order of ids: so two acts never wait for each other in a ring."""
    list(Matter.objects.filter(pk__in=set(matters)).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Unit.objects.filter(pk__in=set(units)).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def load_board(*, matters: Iterable[UUID], units: Iterable[UUID], at: dt.datetime) -> Board:
    """Everything on these matters and units as it stands now: the units' shifts, all assignments, open alerts."""
    wanted_matters, wanted_units = set(matters), set(units)
    rows = Assignment.objects.filter(
        Q(matter__in=wanted_matters) | Q(unit__in=wanted_units, state__in=OPEN_STATES)
    ).order_by("sent_at", "id")
    assignments = {row.pk: assignment_value(row) for row in rows}
    touched = wanted_matters | {one.matter for one in assignments.values()}
    known_units = wanted_units | {one.unit for one in assignments.values()}
    alerts = Alert.objects.filter(matter__in=touched, settled_at__isnull=True, kind__in=HEARD_BY_THE_CORE)
    return Board(
        units=_units(known_units, at),
        matters={row.pk: matter_value(row) for row in Matter.objects.filter(pk__in=touched)},
        assignments=assignments,
        alerts={value.key: value for value in map(_alert_value, alerts)},
        limits=limits(),
    )


def _units(ids: set[UUID], at: dt.datetime) -> Mapping[UUID, BoardUnit]:
    shifts = {shift.unit_id: shift for shift in Shift.objects.filter(unit__in=ids, during__contains=at)}
    return {unit: _unit_value(unit, shifts.get(unit)) for unit in ids}


def _unit_value(unit: UUID, shift: Shift | None) -> BoardUnit:
    if shift is None:
        return BoardUnit(unit, None)
    away = shift.away_reason if shift.availability == Availability.AWAY else None
    return BoardUnit(unit, shift.pk, away, shift.since)


def matter_value(row: Matter) -> BoardMatter:
    return BoardMatter(row.pk, row.is_open, row.urgency, row.state, flow_of(row.kind))


@cache
def flow_of(kind_name: str) -> Mapping[str, Mapping[str, str]]:
    """How crews move a matter of this kind: state → what a crew reached → next state. From its `crewed` alone."""
    kind = kind_of(kind_name)
    flow: dict[str, dict[str, str]] = {}
    for reached, step_name in kind.crewed.items():
        step = kind.step(step_name)
        for state in kind.by_state.values():
            if step.leaves(state) and step.target is not None and step.target in kind.by_state:
                flow.setdefault(state.name, {})[reached] = step.target
    return flow


def assignment_value(row: Assignment) -> BoardAssignment:
    stamps = {name: at for name in REACHES if (at := getattr(row, f"{name}_at")) is not None}
    return BoardAssignment(
        id=row.pk,
        matter=row.matter_id,
        unit=row.unit_id,
        shift=row.shift_id,
        state=row.state,
        stamps=stamps,
        sent_by=row.sent_by,
        reason=row.reason,
        ended_at=row.ended_at,
        delivered_at=row.delivered_at,
        read_at=row.read_at,
        fallback_at=row.fallback_at,
        reminded_at=row.reminded_at,
    )


def _alert_value(row: Alert) -> BoardAlert:
    assert row.matter_id is not None, "an alert of the core is about an assignment, so about a matter"
    return BoardAlert(row.kind, row.subject, row.matter_id, row.unit_id, row.raised_at)


def limits() -> Limits:
    """The waiting times of this town."""
    return Limits(received_s=settings.RECEIVED_WITHIN_S, signed_s=settings.SIGNED_WITHIN_S)
