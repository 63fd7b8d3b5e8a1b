"""Changing the words, hours and figures of a plan that is not approved yet. How they were stands in a note."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.kinds.event.opening import check_plan
from shouwang.kinds.event.words import PARTS
from shouwang.matters.common_effects import NOTHING, plain
from shouwang.matters.kinds import Taking
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note


class NothingChanged(Problem):
    code, status = "event.nothing_changed", 409
    says = _("Nothing of the plan is different.")


def plan_of(matter: Matter) -> dict[str, Any]:
    """What of a plan can be changed, as it stands: texts, numbers, instants; nothing where it says nothing."""
    told = {name: matter.facts.get(name) for name in PARTS} | {"gist": matter.gist}
    return {name: _instant(value) for name, value in told.items()}


def amend_plan(taking: Taking) -> None:
    """Whoever changed a plan does not approve it. Raises NothingChanged, and what check_plan raises"""
    matter, facts = taking.matter, taking.matter.facts
    before = plan_of(matter)
    matter.gist = taking.given["gist"]
    for name in PARTS:
        if name == "gist":
            continue
        facts.pop(name, None)
        if taking.given.get(name) not in NOTHING:
            facts[name] = plain(taking.given[name])
    check_plan(taking)
    now = plan_of(matter)
    changed = [name for name in PARTS if before[name] != now[name]]
    if not changed:
        raise NothingChanged
    facts["amended_by"] = sorted({*facts.get("amended_by", ()), str(taking.by.person_id)})
    taking.noted["parts"] = changed
    for name in changed:  # a text of the plan and its heading fit into one note
        was = gettext("{part} before the change: {words}").format(part=PARTS[name], words=_said(before[name]))
        add_note(matter, was, by=taking.by, at=taking.at)


def _instant(value: Any) -> Any:
    """A fact that is an instant, as one: however it was written, the same is the same."""
    try:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else value
    except ValueError:
        return value


def _said(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return "–" if value in NOTHING else str(value)
