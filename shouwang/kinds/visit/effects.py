"""Checks and effects of the steps of a visit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.visit.wishes import code_fits, end_wish, settle, wish_of
from shouwang.matters.kinds import Act, Taking

MOST_TRIES = 3


class WrongCode(Problem):
    code, status = "visit.wrong_code", 400
    says = _("This is not the person's code. Ask again, or say why the visit is noted without it.")


class TriedOften(Problem):
    code, status = "visit.tried_often", 409
    says = _("There were three tries. End it as not met, and let the person be asked in another way.")


def met(taking: Taking) -> None:
    """Proven by the code where the visit was asked for, or by a reason why not. Raises WrongCode."""
    matter, given = taking.matter, taking.given
    said = given.get("code")
    fits = code_fits(matter, said) if said else None
    if fits is False:
        raise WrongCode(field="code")
    proof = "code" if fits else "receipt" if matter.facts.get("receipt") else "none"
    matter.facts["proof"] = taking.noted["proof"] = proof
    matter.facts |= {name: given[name] for name in ("why_no_code", "asked_for") if given.get(name)}


def tried(taking: Taking) -> None:
    """Nobody was at home. Raises TriedOften."""
    tries = int(taking.matter.facts.get("tries", 0)) + 1
    if tries > MOST_TRIES:
        raise TriedOften
    taking.matter.facts["tries"] = taking.noted["tries"] = tries


def declined(taking: Taking) -> None:
    """What the person says holds at once, for the wish too."""
    taking.matter.facts["reason"] = taking.given["reason"]
    wish = wish_of(taking.matter)
    if wish is not None and wish.revoked_at is None:
        end_wish(wish, by=taking.by, at=taking.at)


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome
        settle(taking.matter, taking.at)

    return put
