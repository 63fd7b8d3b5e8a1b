"""Checks and effects of the steps of a hazard."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.hazard.items import renewed_by
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.owners import refuse_without_paper


class ByAnother(Problem):
    code, status = "hazard.by_another", 409
    says = _("Whoever said that it is mended cannot re-check it. Somebody else has to look.")


def said_mended(taking: Taking) -> None:
    taking.matter.facts["mended_by_person"] = str(taking.by.person_id)


def said_by_owner(taking: Taking) -> None:
    """By the paper in his hand; anybody of the staff may re-check then. Raises NotAllowed"""
    refuse_without_paper(taking.by)
    taking.matter.facts["mended_by_person"] = ""


def not_the_same(taking: Taking) -> None:
    """A re-check is by another (table 3.7). Raises ByAnother."""
    if taking.matter.facts.get("mended_by_person") == str(taking.by.person_id):
        raise ByAnother


def end_as(outcome: str) -> Act:
    """The outcome; a safety item that was the cause is in order again."""

    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome
        if outcome == "mended" and (item := taking.matter.facts.get("item")):
            renewed_by(item, taking.matter, taking.at)

    return put
