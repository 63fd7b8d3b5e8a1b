"""Sorts of joint tasks, and how one may end."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

SORTS = (
    Subkind("together.search", _("Look for somebody lost"), 1),
    Subkind("together.rescue", _("Rescue and clear away"), 1),
    Subkind("together.traffic", _("Keep roads open"), 3),
    Subkind("together.border", _("Order where grounds meet"), 3),
    Subkind("together.support", _("Stand by a case of another branch"), 2),
    Subkind("together.other", _("Something else together"), 3),
)
SUBKINDS = {sort.name: sort for sort in SORTS}
GROUPS: dict[str, Promise] = {"together": _("Joint task")}
CHANNELS: dict[str, Promise] = {"office": _("By a command room")}
ENDED: dict[str, Promise] = {
    "reached": _("What was wanted is done"),
    "partly": _("Part of it is done"),
    "handed_on": _("Others go on with it"),
}
OUTCOMES: dict[str, Promise] = ENDED | {"withdrawn": _("Joint task withdrawn")}
FACTS: dict[str, Promise] = {
    "starts_at": _("Task begins"),
    "ends_at": _("Task ends"),
    "case_reference": _("Reference in the case system"),
    "ended_as": _("How it ended"),
    "reason": _("Reason"),
}
