"""The bridge: may this person do that with the evidence of this matter? `matters` answers, uploads and pages ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.verbs import Verb, read_verb

Answer = Callable[[Actor, Verb, UUID, dt.datetime], bool]
ANSWERS: list[Answer] = []


def answers(answer: Answer) -> Answer:
    """Register who knows the matters."""
    ANSWERS.append(answer)
    return answer


def may_with(by: Actor, verb: Verb, matter: UUID, at: dt.datetime) -> bool:
    return any(answer(by, verb, matter, at) for answer in ANSWERS)


def is_party(by: Actor, matter: UUID, at: dt.datetime) -> bool:
    """Whether the matter is open to `by` as one of those it is about."""
    return may_with(by, Verb.OWN_REPORT_READ, matter, at)


def require_with(by: Actor, verb: Verb, matter: UUID, at: dt.datetime) -> None:
    """Raises NotVisible when the matter is not theirs to see, NotAllowed when only the act is not theirs."""
    if may_with(by, verb, matter, at):
        return
    if may_with(by, read_verb(verb), matter, at) or is_party(by, matter, at):
        raise NotAllowed()
    raise NotVisible()


def require_adding(by: Actor, matter: UUID, at: dt.datetime) -> bool:
    """Staff with the verb, or a party; whether it is a party. Raises NotVisible, NotAllowed."""
    if not may_with(by, Verb.EVIDENCE_ADD, matter, at) and is_party(by, matter, at):
        return True
    require_with(by, Verb.EVIDENCE_ADD, matter, at)
    return False
