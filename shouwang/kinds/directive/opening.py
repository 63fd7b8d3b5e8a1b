"""What is checked and kept when a directive is issued: from which office, to whom, and what a warning may say."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.kinds.directive.words import WARNING
from shouwang.matters.ground import posts_over
from shouwang.matters.kinds import Taking, kind_of
from shouwang.matters.models import Matter
from shouwang.matters.passing import CannotTake, make_responsible
from shouwang.people.access import may
from shouwang.people.models import Post
from shouwang.people.verbs import Verb

LONGEST_WARNING = dt.timedelta(days=14)
LINES = ("when", "basis", "advice")


class SortMissing(Problem):
    code, status = "directive.sort", 400
    says = _("Say which sort of directive it is.")


class ToBeDoneMissing(Problem):
    code, status = "directive.what", 400
    says = _("Say in one line what is to be done, or what the warning is about.")


class WarningIncomplete(Problem):
    code, status = "directive.warning_incomplete", 400
    says = _("A warning says where or when, what it rests on and what is advised.")


class ExpiryWrong(Problem):
    code, status = "directive.expiry", 400
    says = _("A warning ends by itself: today at the earliest, in 14 days at the latest.")


def read_order(taking: Taking) -> None:
    """Keep who issues it from which office; a warning is of no person and has an end.

    Raises SortMissing, ToBeDoneMissing, WarningIncomplete, ExpiryWrong, and what refuse_persons raises
    """
    matter = taking.matter
    sort = kind_of("directive").subkinds.get(matter.subkind)
    if sort is None:
        raise SortMissing(field="subkind")
    if not matter.gist:
        raise ToBeDoneMissing(field="gist")
    for name in LINES:
        if name in matter.facts:
            matter.facts[name] = clean_line(matter.facts[name], 200, field=name)
    if sort.group == WARNING:
        _read_warning(matter, taking.at)
    issuers = posts_over(matter, taking.at, Verb.DIRECTIVE_ISSUE)
    office = next((post for post in issuers if _is_of(taking.by, post)), None)
    matter.facts |= {
        "issued_by": str(taking.by.person_id or ""),
        "issued_post": str(office.pk) if office else "",
        "issued_from": office.area.number if office else None,
    }
    taking.noted["tells"] = ["responsible"]


def _read_warning(matter: Matter, at: dt.datetime) -> None:
    facts = matter.facts
    told = {"place_text": matter.place_text or facts.get("when")} | {name: facts.get(name) for name in LINES[1:]}
    for name, value in told.items():
        if not value:
            raise WarningIncomplete(field=name)
    said = {name: str(facts.get(name, "")) for name in LINES}
    refuse_persons({"gist": matter.gist, "words": matter.words, "place_text": matter.place_text} | said)
    try:
        last = dt.date.fromisoformat(str(facts.get("expires_on", "")))
    except ValueError as fault:
        raise ExpiryWrong(field="expires_on") from fault
    today = local_date(at)
    if not today <= last <= today + LONGEST_WARNING:
        raise ExpiryWrong(field="expires_on")


def _is_of(by: Actor, post: Post) -> bool:
    return post.person_id == by.person_id and by.post_id in (None, post.pk)


def give_to_its_post(taking: Taking) -> None:
    """Issued to one post, it stands with that post and not with whoever answers for the ground. Raises CannotTake"""
    matter, key = taking.matter, taking.matter.facts.get("to_post")
    if key:
        post = able_post(UUID(key), matter, taking.at)
        if post is None:
            raise CannotTake(field="to", post="–")
        make_responsible(matter, post, taking.at)
        matter.save(update_fields=["responsible"])


def able_post(key: UUID, matter: Matter, at: dt.datetime) -> Post | None:
    """The post, if it is held now and may work on the matter."""
    post = Post.objects.held_at(at).filter(pk=key).select_related("area", "person").first()
    holder = Actor(person_id=post.person_id, post_id=post.pk) if post else None
    return post if holder and may(holder, Verb.MATTER_WORK, matter, at) else None
