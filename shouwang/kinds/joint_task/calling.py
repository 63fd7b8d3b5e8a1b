"""Calling a joint task: which offices, which of them leads, from when to when, and no word of an investigation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.kinds.joint_task.models import JointMember
from shouwang.kinds.joint_task.outside import refuse_investigation
from shouwang.matters.intake import open_matter
from shouwang.matters.kinds import Taking, kind_of
from shouwang.matters.models import Matter
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

MOST = 20
LONGEST = dt.timedelta(days=31)
REFERENCE = re.compile(r"[A-Za-z0-9〔〕()（）\[\]第号一-鿿/-]{4,40}")


class TooFewOffices(Problem):
    code, status = "joint_task.too_few", 400
    says = _("A joint task takes at least two offices, twenty at most. One alone gets a directive.")


class LeadMissing(Problem):
    code, status = "joint_task.lead", 400
    says = _("Say which of the offices leads.")


class JointTaskIncomplete(Problem):
    code, status = "joint_task.incomplete", 400
    says = _("Say which sort of task it is and what is to be done together.")


class JointHoursWrong(Problem):
    code, status = "joint_task.hours", 400
    says = _("A joint task ends after it begins, and within 31 days.")


class ReferenceWrong(Problem):
    code, status = "joint_task.reference", 400
    says = _("Of a case only its reference stands here: 4 to 40 letters and digits.")


@dataclass(frozen=True)
class Task:
    """What is to be done together. `reference`: of the case in its own system, and nothing more of it."""

    subkind: str
    gist: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    words: str = ""
    place_text: str = ""
    reference: str = ""


def call_joint_task(task: Task, *, lead: Area | None, members: Sequence[Area], by: Actor, at: dt.datetime) -> Matter:
    """It lies with the office that leads. Raises LeadMissing, TooFewOffices, and what read_task raises"""
    if lead is None:
        raise LeadMissing(field="lead")
    offices = list({one.pk: one for one in (lead, *members)}.values())
    if not 2 <= len(offices) <= MOST:
        raise TooFewOffices(field="members")
    facts = {"starts_at": task.starts_at.isoformat(), "ends_at": task.ends_at.isoformat(),
             "offices": [str(one.pk) for one in offices]}  # fmt: skip
    if task.reference:
        facts["case_reference"] = task.reference
    return open_matter(
        kind="joint_task", by=by, at=at, verb=Verb.DIRECTIVE_ISSUE, area=lead, subkind=task.subkind, gist=task.gist,
        words=task.words, place_text=task.place_text, facts=facts,
    )  # fmt: skip


def read_task(taking: Taking) -> None:
    """Raises JointTaskIncomplete, JointHoursWrong, ReferenceWrong, and what refuse_investigation raises"""
    matter = taking.matter
    if matter.subkind not in kind_of("joint_task").subkinds or not matter.gist:
        raise JointTaskIncomplete(field="gist" if matter.subkind else "subkind")
    begins, ends = hours_of_task(matter)
    if not begins < ends <= begins + LONGEST:
        raise JointHoursWrong(field="ends_at")
    reference = matter.facts.get("case_reference", "")
    if reference and not REFERENCE.fullmatch(reference):
        raise ReferenceWrong(field="reference")
    refuse_investigation({"gist": matter.gist, "words": matter.words, "place_text": matter.place_text})


def call_members(taking: Taking) -> None:
    """The office that leads is in it from the start; the others say so themselves."""
    matter, at = taking.matter, taking.at
    for key in cast(list[str], matter.facts["offices"]):
        leads = key == str(matter.area_id)
        JointMember.objects.create(
            matter=matter, area_id=key, lead=leads, called_at=at, joined_at=at if leads else None,
            joined_by=taking.by.person_id if leads else None,
        )  # fmt: skip


def hours_of_task(matter: Matter) -> tuple[dt.datetime, dt.datetime]:
    """From when to when; of a task so old that its words are gone, when it was called and closed."""
    if "starts_at" not in matter.facts:
        return matter.opened_at, matter.closed_at or matter.opened_at
    return dt.datetime.fromisoformat(matter.facts["starts_at"]), dt.datetime.fromisoformat(matter.facts["ends_at"])
