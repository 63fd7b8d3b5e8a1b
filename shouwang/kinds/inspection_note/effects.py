"""Who may note, answer and settle, and with whom the note stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.ground import posts_over, responsible_for
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.passing import make_responsible
from shouwang.people.verbs import Verb


class WhatWasFoundMissing(Problem):
    code, status = "inspection_note.what", 400
    says = _("Say in one line what was found.")


class NothingInspected(Problem):
    code, status = "inspection_note.of_what", 400
    says = _("Name the matter that was looked at, by its number.")


class OwnNote(Problem):
    code, status = "inspection_note.own", 409
    says = _("Whoever wrote the note does not answer for the unit.")


class NotTheInspector(Problem):
    code, status = "inspection_note.not_the_inspector", 403
    says = _("Only whoever wrote the note settles it, asks again or takes it back.")


def noted(taking: Taking) -> None:
    """A note is of one matter, which it does not touch. Raises WhatWasFoundMissing, NothingInspected"""
    matter = taking.matter
    if not matter.gist:
        raise WhatWasFoundMissing(field="gist")
    if matter.parent is None or matter.parent.kind == matter.kind:
        raise NothingInspected(field="number")
    matter.facts["noted_by"] = str(taking.by.person_id or "")
    taking.noted["tells"] = ["responsible"]


def to_the_unit(taking: Taking) -> None:
    """It stands with the post that answers for what was looked at, if that is not the inspector himself."""
    matter, of = taking.matter, taking.matter.parent
    post = of.responsible if of is not None else None
    if post is not None and post.person_id != taking.by.person_id and post.pk != matter.responsible_id:
        make_responsible(matter, post, taking.at)
        matter.save(update_fields=["responsible"])
    matter.facts["unit_post"] = str(matter.responsible_id)
    matter.save(update_fields=["facts"])


def not_the_author(taking: Taking) -> None:
    """Raises OwnNote"""
    if taking.by.person_id and taking.matter.facts.get("noted_by") == str(taking.by.person_id):
        raise OwnNote


def the_author(taking: Taking) -> None:
    """Raises NotTheInspector"""
    if taking.matter.facts.get("noted_by") != str(taking.by.person_id):
        raise NotTheInspector


def to_the_inspector(taking: Taking) -> None:
    """Answered, it waits with an inspector; the clock that ends here was the unit's."""
    posts = posts_over(taking.matter, taking.at, Verb.INSPECTION_NOTE)
    author = [post for post in posts if str(post.person_id) == taking.matter.facts.get("noted_by")]
    taking.matter.responsible = next(iter([*author, *posts]), taking.matter.responsible)


def back_to_the_unit(taking: Taking) -> None:
    key = taking.matter.facts.get("unit_post")
    able = [post for post in posts_over(taking.matter, taking.at, Verb.MATTER_WORK) if str(post.pk) == key]
    taking.matter.responsible = able[0] if able else responsible_for(taking.matter, taking.at)


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put
