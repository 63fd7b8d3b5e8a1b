"""Checks and effects of an information item: of no person, assessed by another, acted on by a directive below it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.openings import Wanted, ask_for
from shouwang.people.access import spans, within
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Tier

ACTING = (Tier.STATION, Tier.COMMUNITY)
MOST = 300


class WhatMissing(Problem):
    code, status = "information.what", 400
    says = _("Say in one line what was learnt: where, when or how.")


class OwnItem(Problem):
    code, status = "information.own", 409
    says = _("Whoever wrote the item does not assess it. Somebody else does.")


class NotAGround(Problem):
    code, status = "information.to", 400
    says = _("Choose a station or a community on your ground.")


def entered(taking: Taking) -> None:
    """Of a place, of hours or of a method: what speaks of a person is refused at entry. Raises WhatMissing …"""
    matter = taking.matter
    if not matter.gist:
        raise WhatMissing(field="gist")
    refuse_persons({"gist": matter.gist, "words": matter.words, "place_text": matter.place_text})
    matter.facts["entered_by"] = str(taking.by.person_id or "")


def not_the_author(taking: Taking) -> None:
    """Raises OwnItem"""
    if taking.by.person_id and taking.matter.facts.get("entered_by") == str(taking.by.person_id):
        raise OwnItem


def impersonal(*names: str) -> Act:
    """What a step adds in words is of no person either."""

    def check(taking: Taking) -> None:
        refuse_persons({name: str(taking.given.get(name) or "") for name in names})

    return check


def grounds(taking: Taking) -> dict[str, list[tuple[str, Any]]]:
    """Stations and communities on which whoever directs may issue directives."""
    standing = AreaVersion.objects.in_force_at(taking.at).filter(layer="duty").values("area")
    mine = within(spans(taking.by, Verb.DIRECTIVE_ISSUE, taking.at))
    areas = Area.objects.filter(mine, pk__in=standing, tier__in=ACTING).order_by("duty_path")[:MOST]
    return {"to": [(str(one.pk), one.name) for one in areas]}


def direct(taking: Taking) -> None:
    """A directive below the item, to the ground that was chosen. Raises NotAGround, and what issuing one raises"""
    to = str(taking.given["to"])
    if to not in dict(grounds(taking)["to"]):
        raise NotAGround(field="to")
    given = {"to_area": to, "subkind": "task.check", "gist": taking.given["what"], "urgency": taking.matter.urgency}
    ask_for(taking.matter, Wanted("directive", f"assessed_{taking.matter.version}", given), by=taking.by, at=taking.at)


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put


def end_as_assessed(taking: Taking) -> None:
    taking.matter.outcome = taking.noted["outcome"] = taking.given["helped"]
