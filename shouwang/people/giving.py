"""Posts are given, accepted, passed on and ended. Nobody gives what he does not hold there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, holds_to_give, may, require
from shouwang.people.models import Person, Post, PostPassing
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.models import Area


class UnknownRole(Problem):
    code, status = "people.unknown_role", 422
    says = _("There is no role “{role}”.")


class GivesTooMuch(Problem):
    code, status = "people.gives_too_much", 403
    says = _("You cannot give the post “{role}” here: it may “{verb}”, and you may not.")


class NotToOneself(Problem):
    code, status = "people.not_to_oneself", 403
    says = _("Nobody gives a post to himself. Ask a colleague who may.")


class WrongTier(Problem):
    code, status = "people.wrong_tier", 422
    says = _("“{role}” cannot stand on {area}.")


class NotSworn(Problem):
    code, status = "people.not_sworn", 422
    says = _("“{role}” is for sworn officers; {person} is not one.")


class CoverNeedsAnEnd(Problem):
    code, status = "people.cover_needs_an_end", 422
    says = _("A cover needs the day it ends.")


class EndsBeforeItBegins(Problem):
    code, status = "people.ends_before_it_begins", 422
    says = _("A post ends after it begins. Write a later day.")


class PostTaken(Problem):
    code, status = "people.post_taken", 409
    says = _("{area} already has somebody responsible, or a cover, for part of that time. End that post first.")


class PostOver(Problem):
    code, status = "people.post_over", 409
    says = _("This post ended already.")


class TwoAdministrations(Problem):
    code, status = "people.two_administrations", 409
    says = _("Nobody holds two of the three administrations.")


def give_post(
    *,
    person: Person,
    role: str,
    area: Area,
    by: Actor,
    at: dt.datetime,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    responsible: bool = False,
    acting_for: Post | None = None,
) -> Post:
    """Give a post from `at` on, or from the later `since`.

    With `acting_for` it is a cover: the same role and ground, for a time.

    Raises  NotAllowed, NotVisible, GivesTooMuch, NotToOneself, WrongTier, NotSworn, CoverNeedsAnEnd,
    EndsBeforeItBegins, PostTaken
    """
    _check_fit(person, role, area, acting_for, until)
    if until is not None and until <= (since or at):
        raise EndsBeforeItBegins(field="until")
    with acting(by):
        _check_giver(by, person, role, area, at)
        try:
            with transaction.atomic():
                post = Post.objects.create(
                    person=person, role=role, area=area, during=TimestamptzRange(since or at, until),
                    responsible=responsible and acting_for is None, acting_for=acting_for,
                )  # fmt: skip
        except IntegrityError as fault:
            raise (TwoAdministrations() if role in ADMIN_ROLES else PostTaken(area=area.name)) from fault
        record(
            "post.give", topic="post.given", subject=post, by=by, at=at, area=area, role=role,
            to=str(person.pk), until=until, responsible=post.responsible,
            acting_for=str(acting_for.pk) if acting_for else None,
        )  # fmt: skip
    return post


def end_post(post: Post, *, by: Actor, at: dt.datetime, when: dt.datetime | None = None) -> Post:
    """End it now, or at the later `when`. Covers that stand in for it end with it.

    Raises  NotAllowed, NotVisible, GivesTooMuch, PostOver
    """
    with acting(by):
        post = Post.objects.select_for_update(of=("self",)).select_related("area", "person").get(pk=post.pk)
        if not by.is_system:
            require(by, Verb.POST_GIVE, post.area, at)
            _check_holds(by, post.role, post.area, at)
        if post.during.upper is not None and post.during.upper <= at:
            raise PostOver
        last = when or at
        for one in (post, *post.covers.filter(during__overlap=TimestamptzRange(last, None))):
            if one.during.upper is None or last < one.during.upper:
                _end(one, last)
        record("post.end", topic="post.ended", subject=post, by=by, at=at, area=post.area, role=post.role)
    return post


def accept_post(post: Post, *, by: Actor, at: dt.datetime) -> Post:
    """The holder signs for his post. Raises NotAllowed, PostOver"""
    with acting(by):
        post = Post.objects.select_for_update(of=("self",)).select_related("area").get(pk=post.pk)
        if post.person_id != by.person_id:
            raise NotAllowed
        if post.during.upper is not None and post.during.upper <= at:
            raise PostOver
        if post.accepted_at is None:
            post.accepted_at = at
            post.save(update_fields=["accepted_at"])
            record("post.accept", topic="post.accepted", subject=post, by=by, at=at, area=post.area)
    return post


def pass_on(post: Post, *, note: str, by: Actor, at: dt.datetime) -> PostPassing:
    """The holder writes what the next one should know; writing it is his signature. Raises NotAllowed"""
    with acting(by):
        if post.person_id != by.person_id:
            raise NotAllowed
        passing, _new = PostPassing.objects.update_or_create(leaving=post, defaults={"note": note, "passed_at": at})
        record("post.pass_on", topic="post.passed_on", subject=post, by=by, at=at, area=post.area)
    return passing


def take_over(passing: PostPassing, *, taking: Post, by: Actor, at: dt.datetime) -> PostPassing:
    """The next holder signs that he has read it and takes the post. Raises NotAllowed"""
    with acting(by):
        if taking.person_id != by.person_id or taking.area_id != passing.leaving.area_id:
            raise NotAllowed
        passing.taking, passing.taken_at = taking, at
        passing.save(update_fields=["taking", "taken_at"])
        Post.objects.filter(pk=taking.pk, accepted_at__isnull=True).update(accepted_at=at)
        record("post.take_over", topic="post.accepted", subject=taking, by=by, at=at, area=taking.area)
    return passing


def may_end(post: Post, *, by: Actor, at: dt.datetime) -> bool:
    """Whether `by` may end this post, or give a cover for it."""
    return may(by, Verb.POST_GIVE, post.area, at) and holds_every_verb(post.role, post.area, by=by, at=at)


def holds_every_verb(role: str, area: Area, *, by: Actor, at: dt.datetime) -> bool:
    """Whether `by` holds there, or may hand on, all that the role gives. Nobody does so for an administration."""
    if role not in ROLE_TABLE or role in ADMIN_ROLES:
        return False
    return all(holds_to_give(by, verb, area, at) for verb in ROLE_TABLE[role].verbs)


def roles_to_give(areas: Iterable[Area], *, by: Actor, at: dt.datetime) -> list[str]:
    """Roles that `by` may give on at least one of `areas`."""
    ground = list(areas)
    return [
        name
        for name, role in ROLE_TABLE.items()
        if name not in {"resident", *ADMIN_ROLES}
        and any(area.tier in role.tiers and holds_every_verb(name, area, by=by, at=at) for area in ground)
    ]


def _check_fit(person: Person, role: str, area: Area, acting_for: Post | None, until: dt.datetime | None) -> None:
    known = ROLE_TABLE.get(role)
    if known is None or role == "resident":
        raise UnknownRole(role=role, field="role")
    if area.tier not in known.tiers or not (area.duty_path or area.government_path):
        raise WrongTier(role=known.label, area=area.name, field="area")
    if known.sworn and not person.sworn:
        raise NotSworn(role=known.label, person=person.name, field="person")
    if acting_for is None:
        return
    if until is None:
        raise CoverNeedsAnEnd(field="until")
    if (acting_for.role, acting_for.area_id) != (role, area.pk) or acting_for.acting_for_id:
        raise WrongTier(role=known.label, area=area.name, field="acting_for")


def _check_giver(by: Actor, person: Person, role: str, area: Area, at: dt.datetime) -> None:
    if by.is_system:
        return
    require(by, Verb.POST_GIVE, area, at)
    if by.person_id == person.pk:
        raise NotToOneself
    _check_holds(by, role, area, at)


def _check_holds(by: Actor, role: str, area: Area, at: dt.datetime) -> None:
    missing = [verb for verb in sorted(ROLE_TABLE[role].verbs) if not holds_to_give(by, verb, area, at)]
    if missing or role in ADMIN_ROLES:  # administrators are named on the machine itself, by `bin/shouwang start`
        raise GivesTooMuch(role=ROLE_TABLE[role].label, verb=missing[0] if missing else role)


def _end(post: Post, at: dt.datetime) -> None:
    post.during = TimestamptzRange(min(post.during.lower or at, at), at)
    post.save(update_fields=["during"])
