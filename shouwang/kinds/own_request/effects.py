"""What the steps change in the registers. Each needs the request opened before: a look, which the person can see."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.kinds import Taking
from shouwang.registry import requests
from shouwang.registry.lists import RequestState

ERASE = "own_request.erase"


class NotADeletion(Problem):
    code, status = "own_request.not_a_deletion", 409
    says = _("Only a request to delete is answered by deleting.")


class IsADeletion(Problem):
    code, status = "own_request.is_a_deletion", 409
    says = _("This is a request to delete: delete the record, or say why not.")


def asks_to_delete(taking: Taking) -> None:
    if taking.matter.subkind != ERASE:
        raise NotADeletion()


def asks_for_something_else(taking: Taking) -> None:
    if taking.matter.subkind == ERASE:
        raise IsADeletion()


def done(taking: Taking) -> None:
    _settle(taking, RequestState.DONE, reason=taking.given["done"])


def refused(taking: Taking) -> None:
    _settle(taking, RequestState.REFUSED, reason=taking.given["reason"], remedy=taking.given["remedy"])


def deleted(taking: Taking) -> None:
    """The record goes; the entry of it is what the person can have checked by anybody."""
    matter = taking.matter
    proof = requests.erase(matter.pk, by=taking.by, at=taking.at, area=matter.area)
    requests.settle(
        matter.pk, RequestState.DONE, reason=taking.given["done"], proof=proof, by=taking.by, at=taking.at
    )  # fmt: skip
    _end(taking)


def _settle(taking: Taking, state: RequestState, *, reason: str, remedy: str = "") -> None:
    requests.settle(taking.matter.pk, state, reason=reason, remedy=remedy, by=taking.by, at=taking.at)
    _end(taking)


def _end(taking: Taking) -> None:
    taking.matter.outcome = taking.step.target or ""
    taking.noted["outcome"] = taking.matter.outcome
