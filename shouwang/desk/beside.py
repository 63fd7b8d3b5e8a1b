"""What stands beside a matter at the desk: requests that wait, links, watchers, messages to its crews."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.desk.board import label_of
from shouwang.duty.messages import messages_for
from shouwang.duty.models import Message
from shouwang.matters.kinds import MERGED
from shouwang.matters.models import Matter, Opening
from shouwang.matters.openings import requests_on
from shouwang.people.access import Verb, may
from shouwang.people.models import Person

PURPOSES: dict[str, Promise] = {
    "problem": _("A place problem to be solved"),
    "dispute": _("A dispute to be mediated"),
    "promise": _("A promise to be kept"),
    "follow_up": _("A further visit to the caller"),
}
REASONS: dict[str, Promise] = {
    "repeat_place": _("three calls here in 30 days"),
    "bad_answer": _("the caller was not content"),
}
PART_OF, JOINED_INTO, BELONGS, WAS_JOINED = HOW = (
    _("Part of"), _("Joined into"), _("Belongs to it"), _("Was joined to it")
)  # fmt: skip
LAST_MESSAGES = 5


@dataclass(frozen=True)
class Asked:
    """A request that no kind serves yet."""

    opening: Opening
    purpose: Promise | str
    why: Promise | str


@dataclass(frozen=True)
class Tied:
    """Another matter and how it belongs here."""

    matter: Matter
    kind: str
    how: Promise
    parent: bool = False


@dataclass(frozen=True)
class Beside:
    asked: list[Asked]
    tied: list[Tied]
    watchers: list[str]
    watching: bool
    messages: list[Message]
    may_work: bool
    may_triage: bool
    may_tell: bool
    may_keep: bool  # ask that the tracks of its crews are kept
    may_export: bool
    may_review: bool

    @property
    def empty(self) -> bool:
        return not (self.tied or self.watchers or self.may_work)


def beside_of(matter: Matter, by: Actor, at: dt.datetime, *, crewed: bool) -> Beside:
    """As far as `by` may see it; messages of its crews while there are any."""
    watching = set(matter.watches.values_list("person", flat=True))
    names = Person.objects.filter(pk__in=watching, active=True).order_by("name").values_list("name", flat=True)
    asked = [
        Asked(one, PURPOSES.get(one.purpose, one.purpose), REASONS.get(one.why, one.why))
        for one in requests_on(matter, by, at)
    ]
    return Beside(
        asked=asked, tied=_tied(matter, by, at), watchers=list(names), watching=by.person_id in watching,
        messages=messages_for(by, at, matter=matter)[-LAST_MESSAGES:] if crewed else [],
        may_work=may(by, Verb.MATTER_WORK, matter, at), may_triage=may(by, Verb.MATTER_TRIAGE, matter, at),
        may_tell=may(by, Verb.MESSAGE_SEND, matter, at), may_keep=may(by, Verb.PAST_ASK, matter, at),
        may_export=may(by, Verb.PAST_REPLAY, matter, at), may_review=may(by, Verb.PAST_REVIEW, matter, at),
    )  # fmt: skip


def _tied(matter: Matter, by: Actor, at: dt.datetime) -> list[Tied]:
    """One query: what is above first, then what belongs to it, then what was joined to it."""
    above = Q(pk__in=[key for key in (matter.parent_id, matter.merged_into_id) if key])
    below = Q(parent=matter) | Q(merged_into=matter, state=MERGED)
    seen = Matter.objects.visible_to(by, at).filter(above | below).order_by("opened_at")
    ranked = sorted(((_how(one, matter), one) for one in seen), key=lambda pair: HOW.index(pair[0]))
    return [Tied(one, label_of(one), how, how is PART_OF) for how, one in ranked]


def _how(one: Matter, matter: Matter) -> Promise:
    if one.pk == matter.parent_id:
        return PART_OF
    if one.pk == matter.merged_into_id:
        return JOINED_INTO
    return BELONGS if one.parent_id == matter.pk else WAS_JOINED
