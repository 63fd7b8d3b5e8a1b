"""What the steps of a call change. Plain functions of the taking; the engine saves, turns clocks and records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.incident.calls import SUBKINDS
from shouwang.kinds.incident.models import Answer, StampName
from shouwang.kinds.incident.stamps import set_stamps
from shouwang.kinds.incident.words import ACCEPTED_RECEIPT, BAD_RATINGS
from shouwang.matters.common_effects import keep, plain
from shouwang.matters.ground import area_at, lay_in, responsible_for
from shouwang.matters.kinds import Taking
from shouwang.matters.openings import Wanted, ask_for
from shouwang.matters.passing import make_responsible


class OutsideOurGround(Problem):
    code, status = "incident.place_outside", 409
    says = _("This place lies outside our town. Transfer the call instead of moving it.")


class AlreadyAnswered(Problem):
    code, status = "incident.already_answered", 409
    says = _("This was answered already. Thank you.")


def reclassify(taking: Taking) -> None:
    """Another call type. The urgency stays: it is changed with a reason, or raised by the new type."""
    matter, subkind = taking.matter, taking.given["subkind"]
    taking.noted |= {"from": matter.subkind, "to": subkind}
    matter.subkind = subkind
    if SUBKINDS[subkind].urgency < matter.urgency:
        matter.urgency = SUBKINDS[subkind].urgency
        matter.facts["urgency_by"] = "kind"


def set_urgency(taking: Taking) -> None:
    matter = taking.matter
    taking.noted |= {"from": matter.urgency, "to": taking.given["urgency"], "reason": taking.given["reason"]}
    matter.urgency = taking.given["urgency"]
    matter.facts["urgency_by"] = "person"


def set_alarm(taking: Taking) -> None:
    """How many crews it takes. Higher: suggestions name who goes too; lower: nobody is recalled by it."""
    facts, level = taking.matter.facts, taking.given["alarm_level"]
    taking.noted |= {"from": facts.get("alarm_level"), "to": level, "reason": taking.given["reason"]}
    facts["alarm_level"] = level


def correct_place(taking: Taking) -> None:
    """Another place: with it the area and, if the ground is another's, the responsible post. Raises OutsideOurGround"""
    matter, given = taking.matter, taking.given
    area = area_at(given["lon"], given["lat"], taking.at)
    if area is None:
        raise OutsideOurGround(field="lon")
    matter.lon, matter.lat, matter.address = given["lon"], given["lat"], given.get("address")
    matter.place_text = given["place_text"]
    if area.pk != matter.area_id:
        taking.noted["from_area"] = matter.area_id
        lay_in(matter, area)
        if matter.visibility != "sealed":
            make_responsible(matter, responsible_for(matter, taking.at), taking.at)


def edit_gist(taking: Taking) -> None:
    taking.matter.gist = taking.given["gist"]


def accept(taking: Taking) -> None:
    """Ours: registered, and classified where the call type is known."""
    taking.matter.facts["disposition"] = ACCEPTED_RECEIPT
    if taking.matter.subkind:
        set_stamps(taking.matter, (StampName.CLASSIFIED,), by=taking.by, at=taking.at)


def close(taking: Taking) -> None:
    matter, given = taking.matter, taking.given
    matter.outcome = given["outcome"]
    matter.facts.setdefault("disposition", ACCEPTED_RECEIPT)
    keep("remark", "case_reference")(taking)
    taking.noted["outcome"] = given["outcome"]


def transfer(taking: Taking) -> None:
    matter = taking.matter
    matter.outcome = taking.given["disposition"]
    keep("disposition", "passed_to", "remark")(taking)
    matter.facts["told_at"] = taking.at.isoformat()
    taking.noted["disposition"] = taking.given["disposition"]


def reopen(taking: Taking) -> None:
    taking.noted |= {"reason": taking.given["reason"], "outcome_was": taking.matter.outcome}
    taking.matter.outcome = ""


def withdraw(taking: Taking) -> None:
    taking.matter.outcome = "withdrawn"


def first_handling(taking: Taking) -> None:
    """The check list, with the time: what was said before stays where this time nothing is said."""
    said = {name: value for name, value in taking.given.items() if value not in (None, "")}
    taking.matter.facts["first_handling"] = {
        **taking.matter.facts.get("first_handling", {}), **said, "at": taking.at.isoformat(),
    }  # fmt: skip


def hand_to(taking: Taking) -> None:
    given = taking.given
    at = given["handed_at"] or taking.at
    taking.matter.facts["handed_to"] = {"receiver": given["handed_to"], "at": at.isoformat()}
    taking.noted["handed_at"] = at


def rescue(taking: Taking) -> None:
    """S-CMD-010: what was done for a person in danger, each with its time."""
    said = {name: plain(value) for name, value in taking.given.items() if value}
    taking.matter.facts["rescue"] = {**taking.matter.facts.get("rescue", {}), **said}
    taking.noted["filled"] = sorted(said)


def enforced(taking: Taking) -> None:
    """Keep that the act was done, with its recording or the reason for none (noted by `recorded` before)."""
    act = {"act": taking.step.name, "at": taking.at.isoformat(), **taking.noted}
    taking.matter.facts["enforced"] = [*taking.matter.facts.get("enforced", []), act]


def keep_answer(taking: Taking, *, by_telephone: bool) -> None:
    """What the caller says afterwards; a bad answer asks for a follow-up. Raises AlreadyAnswered"""
    matter, given = taking.matter, taking.given
    if matter.answers.filter(by_telephone=by_telephone).exists():
        raise AlreadyAnswered()
    Answer.objects.create(
        matter=matter, rating=given["rating"], came_in_time=given["came_in_time"], explained=given["explained"],
        comment=given["comment"] or "", by_telephone=by_telephone, at=taking.at,
    )  # fmt: skip
    set_stamps(matter, (StampName.CALLED_BACK,), by=taking.by, at=taking.at)
    taking.noted["rating"] = given["rating"]
    if given["rating"] in BAD_RATINGS:
        ask_for(matter, Wanted("follow_up", "bad_answer", {"rating": given["rating"]}), by=taking.by, at=taking.at)


def answer(taking: Taking) -> None:
    keep_answer(taking, by_telephone=False)


def call_back(taking: Taking) -> None:
    keep_answer(taking, by_telephone=True)
