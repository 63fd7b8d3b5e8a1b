"""Sorts of directives, how one reaches those it is for, and what may come of it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"task": _("Directive to act"), "warning": _("Early warning")}
SORTS = (
    Subkind("task.presence", _("Show presence at a place"), 3),
    Subkind("task.check", _("Check premises or things"), 3),
    Subkind("task.close", _("Close or open a way"), 2),
    Subkind("task.event", _("Keep an event safe"), 2),
    Subkind("task.chase", _("Bring something late to an end"), 3),
    Subkind("task.other", _("Something else to be done"), 3),
    Subkind("warning.place", _("Warning about a place"), 3),
    Subkind("warning.time", _("Warning about hours or days"), 3),
    Subkind("warning.method", _("Warning about a method"), 3),
)
SUBKINDS = {sort.name: sort for sort in SORTS}
WARNING = "warning"

CHANNELS: dict[str, Promise] = {
    "room": _("To a command room"),
    "ground": _("To a community or one post"),
}
OUTCOMES: dict[str, Promise] = {
    "done": _("Done as it was asked"),
    "partly": _("Done in part"),
    "nothing": _("Looked, nothing to do"),
    "could_not": _("Could not be done"),
    "expired": _("Its time was over"),
    "withdrawn": _("Directive withdrawn"),
}
EFFECTS = {name: OUTCOMES[name] for name in ("done", "partly", "nothing", "could_not")}
FACTS: dict[str, Promise] = {
    "when": _("At which hours or days"),
    "basis": _("What it rests on"),
    "advice": _("What is advised"),
    "expires_on": _("Holds until the end of"),
    "effect": _("What came of it"),
    "feedback": _("What the unit fed back"),
    "reason": _("Reason"),
    "remark": _("Remark of the issuer"),
}
