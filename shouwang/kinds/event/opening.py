"""What is checked and kept when an event is planned: its hours, its words, and from which office the plan comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_text
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.kinds.event.words import CROWD
from shouwang.matters.ground import posts_over
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.kinds import Taking, kind_of
from shouwang.matters.models import Matter
from shouwang.people.verbs import Verb

LONGEST = dt.timedelta(days=31)
SAID = ("traffic", "contingency", "organiser", "lost_child")
OF_A_CROWD = ("organiser", "capacity", "lost_child")


class SortMissing(Problem):
    code, status = "event.sort", 400
    says = _("Say which sort of event it is.")


class PlanIncomplete(Problem):
    code, status = "event.incomplete", 400
    says = _("The plan lacks this. Without it nobody can approve.")


class HoursWrong(Problem):
    code, status = "event.hours", 400
    says = _("The posts begin before they end, and an event lasts 31 days at most.")


@dataclass(frozen=True)
class Plan:
    """What a plan says. Of a crowd also organiser, licensed capacity, lost-child point, and who speaks for it."""

    subkind: str
    gist: str
    place_text: str
    point: tuple[float, float]
    starts_at: dt.datetime
    ends_at: dt.datetime
    traffic: str = ""
    contingency: str = ""
    organiser: str = ""
    capacity: int | None = None
    lost_child: str = ""
    contact: Told | None = None


def plan_event(plan: Plan, *, by: Actor, at: dt.datetime) -> Matter:
    """Lay a plan before the level above. Raises what read_plan raises, NotAllowed, NotVisible"""
    facts: dict[str, object] = {name: getattr(plan, name) for name in (*SAID, "capacity") if getattr(plan, name)}
    facts |= {"starts_at": plan.starts_at.isoformat(), "ends_at": plan.ends_at.isoformat()}
    return open_matter(
        kind="event", by=by, at=at, verb=Verb.EVENT_PLAN, subkind=plan.subkind, gist=plan.gist,
        place_text=plan.place_text, point=plan.point, facts=facts, told=plan.contact,
    )  # fmt: skip


def hours_of(matter: Matter) -> tuple[dt.datetime, dt.datetime]:
    """From when to when the posts stand; of an event so old that its words are gone, when it was planned and closed."""
    if "starts_at" not in matter.facts:
        return matter.opened_at, matter.closed_at or matter.opened_at
    begins, ends = matter.facts["starts_at"], matter.facts["ends_at"]
    return dt.datetime.fromisoformat(begins), dt.datetime.fromisoformat(ends)


def read_plan(taking: Taking) -> None:
    """A new plan, and whose it is. Raises what check_plan raises"""
    check_plan(taking)
    planners = posts_over(taking.matter, taking.at, Verb.EVENT_PLAN)
    office = next((post for post in planners if post.person_id == taking.by.person_id), None)
    taking.matter.facts |= {
        "planned_by": str(taking.by.person_id or ""), "planned_post": str(office.pk) if office else "",
    }  # fmt: skip


def check_plan(taking: Taking) -> None:
    """Raises SortMissing, PlanIncomplete, HoursWrong, and what refuse_persons raises"""
    matter = taking.matter
    facts = matter.facts
    sort = kind_of("event").subkinds.get(matter.subkind)
    if sort is None:
        raise SortMissing(field="subkind")
    if not matter.gist:
        raise PlanIncomplete(field="gist")
    for name in (*SAID[:2], *(OF_A_CROWD if sort.group == CROWD else ())):
        if not facts.get(name):
            raise PlanIncomplete(field=name)
    for name in SAID:
        if name in facts:
            facts[name] = clean_text(facts[name], 1000, field=name)
    begins, ends = hours_of(matter)
    if not begins < ends <= begins + LONGEST:
        raise HoursWrong(field="ends_at")
    refuse_persons(
        {"gist": matter.gist, "place_text": matter.place_text} | {name: facts.get(name, "") for name in SAID}
    )
