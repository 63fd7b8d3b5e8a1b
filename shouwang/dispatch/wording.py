"""The reasons of a suggestion in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "community_officer": _("Community officer of this ground, within {minutes} minutes"),
    "own_ground": _("Own ground"),
    "two_sworn": _("Two sworn officers"),
    "one_enough": _("One officer with auxiliaries may do this, recorded throughout"),
    "together": _("Two sworn officers together with {unit}, {duration} away"),
    "second_crew": _("Life in danger: send as the second crew"),
    "alarm_level": _("Alarm level {level}: crew {number} of {crews}"),
    "recorder": _("Has a recorder"),
    "free_for": _("Free for {duration}"),
    "free_now": _("Just free"),
    "busy": _("On {number} now"),
    "away": _("Away: {reason}"),
    "no_sworn": _("No sworn officer on the crew"),
    "one_sworn": _("One sworn officer only: cannot question alone"),
    "unrecorded": _("One officer and no recorder: the rule asks for a recording throughout"),
    "many_calls": _("{calls} calls on this shift already"),
    "long_on": _("On shift for {duration}"),
    "leaves": _("Leaves {homes} homes and {places} places with nobody within {within} minutes"),
    "straight_line": _("Time by straight line, not by road"),
    "nobody_left": _("Leaves {area} without a free unit"),
    "uncovers": _("Afterwards the nearest free unit is {duration} away"),
}


def worded(code: str, figures: Mapping[str, Any]) -> str:
    """One reason with its figures."""
    given = dict(figures)
    if "seconds" in given:
        given["duration"] = duration(given["seconds"])
    elif "minutes" in given:
        given["duration"] = _whole_minutes(given["minutes"])
    return str(WORDS[code]).format(**given)


def duration(seconds: float) -> str:
    """2分10秒, 26分, 3小时10分: as look.md writes them."""
    whole = max(0, round(seconds))
    if whole < 600:
        minutes, rest = divmod(whole, 60)
        return (
            gettext("{m} min {s} s").format(m=minutes, s=f"{rest:02d}") if minutes else gettext("{s} s").format(s=rest)
        )
    return _whole_minutes(round(whole / 60))


def _whole_minutes(count: int) -> str:
    hours, minutes = divmod(count, 60)
    return gettext("{h} h {m} min").format(h=hours, m=minutes) if hours else gettext("{m} min").format(m=minutes)


def crew_line(sworn: int, helpers: int) -> str:
    """民警2 辅警1"""
    parts = []
    if sworn:
        parts.append(ngettext("{n} officer", "{n} officers", sworn).format(n=sworn))
    if helpers:
        parts.append(ngettext("{n} auxiliary", "{n} auxiliaries", helpers).format(n=helpers))
    return " ".join(parts)
