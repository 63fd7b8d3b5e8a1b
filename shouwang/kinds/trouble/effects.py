"""Checks and effects of the steps of a trouble."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.trouble.words import PARTNERS
from shouwang.matters.kinds import Act, Taking


class AskTheResident(Problem):
    code, status = "trouble.ask_the_resident", 409
    says = _("Whoever solved it does not say so for the resident. Somebody else asks.")


class PartnersMissing(Problem):
    code, status = "trouble.partners", 400
    says = _("A joint action names at least one body that acts along, from the list.")


def opened(taking: Taking) -> None:
    """A joint action has partners, and the instant of its signal. Raises PartnersMissing"""
    matter = taking.matter
    if not matter.subkind.startswith("joint."):
        return
    partners = matter.facts.get("partners") or []
    if not partners or not PARTNERS.keys() >= set(partners):
        raise PartnersMissing(field="partners")
    signal = matter.parent.opened_at if matter.parent else taking.at
    matter.facts["signal_at"] = signal.isoformat()
    taking.noted["partners"] = list(partners)


def acted(taking: Taking) -> None:
    """The first act: from here on it is in somebody's hands; the time since the signal is kept."""
    matter = taking.matter
    matter.facts["taken_by"] = str(taking.by.person_id)
    since = matter.facts.get("signal_at")
    begins = dt.datetime.fromisoformat(since) if since else matter.opened_at
    seconds = max(int((taking.at - begins).total_seconds()), 0)
    matter.facts["acted_after"] = spoken(seconds)
    taking.noted["after_s"] = seconds


def spoken(seconds: int) -> str:
    hours, rest = divmod(seconds // 60, 60)
    return f"{hours}:{rest:02} h"


def solved(taking: Taking) -> None:
    taking.matter.facts["solved_person"] = str(taking.by.person_id)


def another(taking: Taking) -> None:
    """The resident's word is asked for by another. Raises AskTheResident"""
    if taking.matter.facts.get("solved_person") == str(taking.by.person_id):
        raise AskTheResident


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put
