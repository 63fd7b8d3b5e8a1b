"""Kinds of matter, declared in code: states, steps, clocks, words. Each stands whole in its folder under `kinds/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit
from shouwang.core.problem import Problem
from shouwang.matters.models.matter import OPEN_PHASES, Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb

if TYPE_CHECKING:
    from shouwang.matters.models import Matter

OPEN = "*open"  # as a source: any state of an open phase
ENDED = "*ended"  # as a source: any state of an ended phase but `merged`
BACK = "*back"  # as a target: the state it was in before the merge
MERGED = "merged"


class UnknownKind(Problem):
    code, status = "matter.unknown_kind", 404
    says = _("There is no kind of matter called “{kind}”.")


class UnknownStep(Problem):
    code, status = "matter.unknown_step", 404
    says = _("“{step}” is no step of this kind of matter.")


@dataclass(frozen=True)
class State:
    """Where a matter stands. `limit`: how long it may stay; a clock of its own runs while it does."""

    name: str
    label: Promise
    phase: Phase
    limit: Limit | None = None


@dataclass
class Taking:
    """One step being taken: what checks and effects are told. What they put into `noted` goes into the entry."""

    matter: Matter
    step: Step
    by: Actor
    at: dt.datetime
    given: dict[str, Any] = field(default_factory=dict)
    noted: dict[str, Any] = field(default_factory=dict)


Act = Callable[[Taking], None]  # raises a Problem when it cannot


@dataclass(frozen=True)
class Step:
    """One way on.

    source   states it leaves, or OPEN or ENDED          target   the state it enters; None: stays where it is
    check    asked also when buttons are drawn, so without what is given     effects  change the matter and its rows
    form     what it asks for                                 tells    who hears of it: parties, desk, watchers …
    offers   what may be chosen in its form's fields: field → (value, label)
    urgent   told at once, with a sound                       by_hand  False: no button; a crew or a clock takes it
    """

    name: str
    label: Promise
    source: tuple[str, ...]
    target: str | None
    verb: Verb
    check: tuple[Act, ...] = ()
    form: type[forms.Form] | None = None
    offers: Callable[[Taking], Mapping[str, list[tuple[str, Any]]]] | None = None
    effects: tuple[Act, ...] = ()
    tells: tuple[str, ...] = ()
    urgent: bool = False
    by_hand: bool = True

    def leaves(self, state: State) -> bool:
        """Whether the step is open in that state."""
        if state.name in self.source:
            return True
        is_open = state.phase in OPEN_PHASES
        return (OPEN in self.source and is_open) or (ENDED in self.source and not is_open and state.name != MERGED)


@dataclass(frozen=True)
class Kind:
    """A sort of matter, whole. `crewed`: which step follows which assignment event."""

    name: str
    label: Promise
    states: tuple[State, ...]
    own_steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...] = ()
    subkinds: Mapping[str, Subkind] = field(default_factory=dict)
    groups: Mapping[str, Promise] = field(default_factory=dict)
    channels: Mapping[str, Promise] = field(default_factory=dict)
    outcomes: Mapping[str, Promise] = field(default_factory=dict)
    facts: Mapping[str, Promise] = field(default_factory=dict)  # labels of what stands in Matter.facts
    shown: tuple[str, ...] = ()  # facts a desk shows, in this order
    choices: Mapping[str, Mapping[str, Promise]] = field(default_factory=dict)  # of a fact: value → words
    crewed: Mapping[str, str] = field(default_factory=dict)
    on_open: tuple[Act, ...] = ()  # before it is saved
    after_open: tuple[Act, ...] = ()  # once it is saved and has its clocks

    @cached_property
    def by_state(self) -> dict[str, State]:
        merged = State(MERGED, _("Joined to another"), Phase.VOID)
        return {state.name: state for state in (*self.states, merged)}

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Its own and those every kind has."""
        common = sorted(COMMON_STEPS, key=lambda step: step.name)
        return {step.name: step for step in (*self.own_steps, *common)}

    @cached_property
    def clocks(self) -> dict[str, Deadline]:
        """Deadlines, and the limits of states as `state.<name>`."""
        limits = {
            f"state.{state.name}": Deadline(f"state.{state.name}", state.label, (), (), {None: state.limit})
            for state in self.states
            if state.limit
        }
        return limits | {deadline.rule: deadline for deadline in self.deadlines}

    @property
    def first(self) -> State:
        return self.states[0]

    def state(self, name: str) -> State:
        return self.by_state[name]

    def step(self, name: str) -> Step:
        """Raises UnknownStep."""
        try:
            return self.steps[name]
        except KeyError:
            raise UnknownStep(step=name) from None


COMMON_STEPS: list[Step] = []  # filled by merging.py, sealing.py …: acts that every kind has
_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; called when its app is ready."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(kind=name) from None


def kinds() -> list[Kind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
