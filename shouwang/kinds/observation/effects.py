"""Checks and effects of the steps of an observation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.observation.about_who import word_about_who
from shouwang.kinds.observation.words import BASIS
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.openings import Wanted, ask_for


class AboutWho(Problem):
    code, status = "observation.about_who", 400
    says = _("Write what was done and where, not where somebody comes from or what he believes (“{word}”).")


class BasisMissing(Problem):
    code, status = "observation.basis", 400
    says = _("Say how it is known, and in a few words what was seen.")


class OwnReport(Problem):
    code, status = "observation.own_report", 409
    says = _("Whoever reported it does not screen it. Somebody else looks.")


def noted(taking: Taking) -> None:
    """Facts with their basis, about a place or conduct. Raises AboutWho, BasisMissing"""
    matter = taking.matter
    if word := word_about_who(f"{matter.gist} {matter.words}"):
        raise AboutWho(field="words", word=word)
    if matter.facts.get("basis") not in BASIS or not matter.gist:
        raise BasisMissing(field="basis")
    matter.facts["noted_person"] = str(taking.by.person_id)


def not_the_author(taking: Taking) -> None:
    """Raises OwnReport"""
    if taking.matter.facts.get("noted_person") == str(taking.by.person_id):
        raise OwnReport


def ticket(taking: Taking) -> None:
    ask_for(taking.matter, Wanted("trouble", "screened"), by=taking.by, at=taking.at)


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put
