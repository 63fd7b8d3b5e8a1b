"""Sealed matters: only a named list of posts sees them; they climb within it, and then to a stand-in it names."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.common_forms import ReasonForm, SealForm
from shouwang.matters.ground import post_choices, posts_over
from shouwang.matters.kinds import COMMON_STEPS, OPEN, Step, Taking
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import Visibility
from shouwang.people.access import paths_of
from shouwang.people.models import Post
from shouwang.people.verbs import Verb


class NotOnThisGround(Problem):
    code, status = "seal.not_on_ground", 400
    says = _("{post} is not on this ground or has ended. Name only posts that cover the place.")


class AlreadySealed(Problem):
    code, status = "seal.already", 409
    says = _("This matter is sealed already.")


class NotSealed(Problem):
    code, status = "seal.not_sealed", 409
    says = _("This matter is not sealed.")


def _open_to_all(taking: Taking) -> None:
    if taking.matter.visibility == Visibility.SEALED:
        raise AlreadySealed()


def _is_sealed(taking: Taking) -> None:
    if taking.matter.visibility != Visibility.SEALED:
        raise NotSealed()


def _seal(taking: Taking) -> None:
    matter, given = taking.matter, taking.given
    ids = list(dict.fromkeys([*given["named"], *([given["stand_in"]] if given["stand_in"] else [])]))
    posts = {post.pk: post for post in Post.objects.held_at(taking.at).filter(pk__in=ids).select_related("area")}
    for one in ids:
        if one not in posts or not _covers(posts[one], matter):
            raise NotOnThisGround(field="named", post=posts.get(one, one))
    matter.visibility, matter.named, matter.stand_in = Visibility.SEALED, given["named"], given["stand_in"]
    if matter.responsible_id not in ids:
        matter.responsible = posts[ids[0]]
    _clocks_to(matter, matter.named, taking.at)
    taking.noted |= {"named": [str(one) for one in given["named"]], "reason": given["reason"]}


def _unseal(taking: Taking) -> None:
    matter = taking.matter
    matter.visibility, matter.named, matter.stand_in = Visibility.OFFICE, [], None
    taking.noted["reason"] = taking.given["reason"]


def _covers(post: Post, matter: Matter) -> bool:
    return any(
        matter.duty_path.startswith(path) or matter.government_path.startswith(path) for path in paths_of(post.area)
    )


def _clocks_to(matter: Matter, named: list[UUID], at: dt.datetime) -> None:
    """Whoever may no longer see it holds none of its clocks."""
    matter.clocks.running().exclude(holder__in=named).update(holder=matter.responsible_id, held_since=at)


def _readers(taking: Taking) -> dict[str, list[tuple[str, str]]]:
    choices = post_choices(posts_over(taking.matter, taking.at, Verb.MATTER_READ))
    return {"named": choices, "stand_in": choices}


COMMON_STEPS += [
    Step("seal", _("Seal"), (OPEN,), None, Verb.MATTER_SEAL, check=(_open_to_all,), form=SealForm, offers=_readers,
         effects=(_seal,)),
    Step("unseal", _("Unseal"), (OPEN,), None, Verb.MATTER_SEAL, check=(_is_sealed,), form=ReasonForm,
         effects=(_unseal,)),
]  # fmt: skip
