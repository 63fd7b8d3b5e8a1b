"""Checks at start-up: no kind can get stuck, and no row stands in a state that nobody declares any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import override

from shouwang.matters.kinds import BACK, ENDED, MERGED, OPEN, Kind, State, kinds
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import OPEN_PHASES

TAKEN = frozenset({"matter", "name", "by", "at", "expected_version"})  # what take_step itself is given


def faults_of(kind: Kind) -> list[str]:
    """What is wrong with a declaration, in sentences for its author."""
    found = _wrong_names(kind)
    if found:
        return found
    names = set(kind.by_state)
    reached = _reach({kind.first.name}, _ways(kind))
    found += [f"{kind.name}: nothing leads to the state “{name}”" for name in sorted(names - reached - {MERGED})]
    ends = {state.name for state in kind.states if state.phase not in OPEN_PHASES}
    backwards = [(target, source) for source, target in _ways(kind, own=True)]
    can_end = _reach(ends, backwards)
    found += [
        f"{kind.name}: from “{state.name}” no step leads to an end"
        for state in kind.states
        if state.phase in OPEN_PHASES and state.name not in can_end
    ]
    return found


def _wrong_names(kind: Kind) -> list[str]:
    known, steps = set(kind.by_state), set(kind.steps)
    found = []
    for step in kind.own_steps:
        for name in (*step.source, step.target or kind.first.name):
            if name not in known | {OPEN, ENDED, BACK}:
                found.append(f"{kind.name}: the step “{step.name}” names the state “{name}”, which there is not")
        for name in sorted(TAKEN.intersection(step.form.base_fields if step.form else ())):
            found.append(f"{kind.name}: the form of “{step.name}” may not call a field “{name}”")
    for deadline in kind.deadlines:
        for name in (*deadline.starts, *deadline.met_by):
            if name not in steps | {"open"}:
                found.append(f"{kind.name}: the clock “{deadline.rule}” names the step “{name}”, which there is not")
    for event, name in kind.crewed.items():
        if name not in steps:
            found.append(f"{kind.name}: “{event}” of a crew names the step “{name}”, which there is not")
    if len({step.name for step in kind.own_steps}) < len(kind.own_steps):
        found.append(f"{kind.name}: two steps have one name")
    if kind.first.phase != "new":
        found.append(f"{kind.name}: the first state must be of the phase “new”")
    return found


def labels_of(kind: Kind) -> list[Any]:
    """Every label of a declaration."""
    things: Iterable[Any] = (
        *kind.by_state.values(), *kind.steps.values(), *kind.deadlines, *kind.subkinds.values(),
    )  # fmt: skip
    named = (*kind.groups.values(), *kind.channels.values(), *kind.outcomes.values(), *kind.facts.values())
    return [kind.label, *(thing.label for thing in things), *named]


def words_missing(kind: Kind) -> list[str]:
    """Labels that are no lazy messages, or have no Chinese."""
    found = []
    for label in labels_of(kind):
        if not isinstance(label, Promise):
            found.append(f"{kind.name}: the label “{label}” is not a lazy message")
            continue
        with override("en"):
            english = str(label)
        with override("zh-hans"):
            if str(label) == english:
                found.append(f"{kind.name}: the label “{english}” has no Chinese")
    return found


def _ways(kind: Kind, *, own: bool = False) -> list[tuple[str, str]]:
    steps = kind.own_steps if own else tuple(kind.steps.values())
    return [
        (state.name, step.target)
        for step in steps
        for state in kind.by_state.values()
        if step.target not in (None, BACK) and step.leaves(state) and isinstance(step.target, str)
    ]


def _reach(starts: set[str], ways: Sequence[tuple[str, str]]) -> set[str]:
    found = set(starts)
    while True:
        more = {target for source, target in ways if source in found} - found
        if not more:
            return found
        found |= more


def lost_states() -> list[str]:
    """States that rows hold and no kind declares: a removed state, or a kind that was switched off."""
    declared: dict[str, dict[str, State]] = {kind.name: kind.by_state for kind in kinds()}
    rows = Matter.objects.values_list("kind", "state").annotate(n=Count("id")).order_by("kind", "state")
    return [
        f"{n} matters of the kind “{kind}” stand in the state “{state}”, which is not declared: put it back"
        for kind, state, n in rows
        if state not in declared.get(kind, {})
    ]


@register()
def check_kinds(**_given: Any) -> list[Error]:
    """Runs with every start."""
    return [Error(fault, id="matters.E001") for kind in kinds() for fault in faults_of(kind)]


@register(Tags.database)
def check_rows(databases: Sequence[str] | None = None, **_given: Any) -> list[Error]:
    """Runs where the database may be asked: `check --database default`, and after every upgrade."""
    if not databases or "matters_matter" not in connection.introspection.table_names():
        return []
    return [Error(fault, id="matters.E002") for fault in lost_states()]
