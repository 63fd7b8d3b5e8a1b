"""What one looks back for: a closed list, and words of one's own that those who are looked at can read."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem

SHORTEST_REASON = 4
PURPOSES: dict[str, Promise] = {
    "complaint": _("A complaint or a review"),
    "times": _("Times of a call"),
    "lesson": _("Learning from a serious case"),
    "safety": _("Safety of the crew"),
}


class NoPurpose(Problem):
    code, status = "oversight.no_purpose", 400
    says = _("Choose what you look back for; those who are looked at can read it.")


class NoReason(Problem):
    code, status = "oversight.no_reason", 400
    says = _("Say in a few words why; those who are looked at can read it.")


def stated(purpose: str, reason: str) -> str:
    """The reason, cleaned. Raises NoPurpose, NoReason"""
    if purpose not in PURPOSES:
        raise NoPurpose(field="purpose")
    return why(reason)


def why(reason: str) -> str:
    """Raises NoReason"""
    words = clean_line(reason, 120, field="reason")
    if len(words) < SHORTEST_REASON:
        raise NoReason(field="reason")
    return words
