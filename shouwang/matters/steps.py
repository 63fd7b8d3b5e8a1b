"""Taking a step: the only way the state of a matter changes. Pages, API, the phone's replay and tests use these."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.asking import read_given
from shouwang.matters.changes import changed_fields, raise_if_changed, snapshot
from shouwang.matters.clocks import turn_clocks
from shouwang.matters.finding import FOUND_BY, set_grams
from shouwang.matters.kinds import BACK, Kind, State, Step, Taking, kind_of
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import OPEN_PHASES
from shouwang.people.access import may, require


class StepNotOpen(Problem):
    code, status = "matter.step_not_open", 409
    says = _("This matter is now “{state}”; “{step}” no longer applies.")


@dataclass(frozen=True)
class OpenStep:
    """A button. `why` is the Problem that keeps it shut, None when it is open."""

    step: Step
    why: Problem | None = None


def take_step(
    matter: Matter, name: str, *, by: Actor, at: dt.datetime, expected_version: int | None = None, **given: Any
) -> Matter:
    """Take one step and return the matter as it is then.

    expected_version  the version the person looked at; a newer one is a conflict that names what changed
    Raises            UnknownStep, NotAllowed, NotVisible, MatterChanged, StepNotOpen, GivenWrong, and what checks raise
    """
    with acting(by):
        row = Matter.objects.select_for_update().get(pk=matter.pk)
        kind = kind_of(row.kind)
        step, state = kind.step(name), kind.state(row.state)
        require(by, step.verb, row, at)
        raise_if_changed(row, expected_version)
        if not step.leaves(state):
            raise StepNotOpen(state=state.label, step=step.label)
        taking = Taking(row, step, by, at)
        for check in step.check:
            check(taking)
        taking.given = read_given(step.form, given, label=step.label)
        _take(taking, kind, state)
    return row


def _take(taking: Taking, kind: Kind, state: State) -> None:
    row, step = taking.matter, taking.step
    before = snapshot(row)
    for effect in step.effects:
        effect(taking)
    target = row.facts.pop("state_before", kind.first.name) if step.target == BACK else step.target
    if target is not None:
        enter(row, kind.state(target), taking.at)
    changed = changed_fields(before, row)
    if FOUND_BY.intersection(changed):
        set_grams(row)
    row.version += 1
    turn_clocks(row, step.name, state.name, by=taking.by, at=taking.at)
    row.save()
    topic = f"matter.{row.phase}" if row.state != state.name else "matter.changed"
    noted = {"state": row.state, "version": row.version, "changed": changed, "tells": list(step.tells)}
    if step.urgent:
        noted["urgent"] = True
    record(
        f"{kind.name}.{step.name}", topic=topic, subject=row, by=taking.by, at=taking.at, area=row.area_id,
        **(noted | taking.noted),
    )  # fmt: skip


def enter(matter: Matter, state: State, at: dt.datetime) -> None:
    """Put the matter, not yet saved, into a state. Only this module and intake (for the first state) call it."""
    matter.state, matter.phase = state.name, state.phase
    if state.phase in OPEN_PHASES:
        matter.closed_at = None
    elif matter.closed_at is None:
        matter.closed_at = at


def steps_open_to(
    matter: Matter, by: Actor, at: dt.datetime, *, checked: bool = True, with_reasons: bool = False
) -> list[OpenStep]:
    """The buttons of this matter for `by`.

    checked       also ask each step's checks (they may query); lists of many rows pass False
    with_reasons  also the steps a person of his post could take here, shut, with the reason why
    """
    kind = kind_of(matter.kind)
    state = kind.state(matter.state)
    found = []
    for step in kind.steps.values():
        if not step.by_hand or not (with_reasons or step.leaves(state)) or not may(by, step.verb, matter, at):
            continue
        why = _shut(matter, step, state, by, at, checked=checked)
        if why is None or with_reasons:
            found.append(OpenStep(step, why))
    return found


def _shut(matter: Matter, step: Step, state: State, by: Actor, at: dt.datetime, *, checked: bool) -> Problem | None:
    if not step.leaves(state):
        return StepNotOpen(state=state.label, step=step.label)
    try:
        for check in step.check if checked else ():
            check(Taking(matter, step, by, at))
    except Problem as problem:
        return problem
    return None
