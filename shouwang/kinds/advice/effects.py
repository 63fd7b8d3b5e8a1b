"""Effects of the steps of advice."""

from __future__ import annotations

from shouwang.kinds.advice.words import CHECKS
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.owners import refuse_without_paper


def checked_by_owner(taking: Taking) -> None:
    """What the owner ticked, and how much of the list that is."""
    ticked = [name for name in CHECKS if name in taking.given["in_order"]]
    taking.matter.facts["in_order"] = ticked
    taking.matter.facts["checked"] = f"{len(ticked)} / {len(CHECKS)}"
    taking.noted["n_in_order"] = len(ticked)


def checked_by_paper(taking: Taking) -> None:
    """By the paper that was left: whoever fills it in has read it. Raises NotAllowed"""
    refuse_without_paper(taking.by)
    checked_by_owner(taking)


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put
