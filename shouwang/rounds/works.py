"""The catalogue of work: what a diary may hold, what proves it, and which of it is the police's own.

What comes of matters and rounds is never typed in: it stands in the diary by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Work:
    """One sort. `proof`: what stands behind a line of it; `police`: False for what others ask of us."""

    name: str
    label: Promise
    proof: Promise
    by_hand: bool = False
    police: bool = True


WORKS = {
    one.name: one
    for one in (
        Work("home_visit", _("Home visit"), _("the visit, with the person’s code or a reason")),
        Work("premises_check", _("Check of premises"), _("the hazard, or the sweep’s list")),
        Work("call", _("Call for help"), _("the call")),
        Work("dispute", _("Dispute settled"), _("the dispute")),
        Work("advice", _("Advice to residents"), _("the slip")),
        Work("trouble", _("Trouble solved"), _("the resident’s word")),
        Work("observation", _("Observation screened"), _("the report and what came of it")),
        Work("other_matter", _("Other matter"), _("the matter")),
        Work("leaflets", _("Advice from door to door"), _("streets, number reached, questions"), by_hand=True),
        Work("patrol", _("Patrol on foot"), _("the shift"), by_hand=True),
        Work("visit_drive", _("Visit campaign"), _("streets, number reached"), by_hand=True),
        Work("mediation_help", _("Help with mediation"), _("the dispute’s number"), by_hand=True),
        Work("fraud_talk", _("Talk against fraud"), _("topic, number reached"), by_hand=True),
        Work("law_talk", _("Talk about law"), _("topic, number reached"), by_hand=True),
        Work("civic_drive", _("City drive (not police work)"), _("who asked for it"), by_hand=True, police=False),
        Work("other_help", _("Help for other offices (not police work)"), _("who asked"), by_hand=True, police=False),
    )
}
BY_HAND: dict[str, Promise] = {name: work.label for name, work in WORKS.items() if work.by_hand}

OF_KIND = {  # the work that a closed matter of a kind is
    "visit": "home_visit", "hazard": "premises_check", "incident": "call", "dispute": "dispute", "advice": "advice",
    "trouble": "trouble", "observation": "observation",
}  # fmt: skip


def work_of(kind: str) -> Work:
    return WORKS[OF_KIND.get(kind, "other_matter")]
