"""Inviting a whole station at once: each with his post. All of them, or nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.giving import give_post
from shouwang.people.inviting import LoginTaken, invite_person
from shouwang.people.models import Person, Post
from shouwang.people.models.person import Standing
from shouwang.people.signing_in import tidy_login
from shouwang.places.models import Area


class ListFaulty(Problem):
    code, status = "people.list_faulty", 422
    says = _("This list has {count} faults. Nobody was invited.")


@dataclass(frozen=True)
class Newcomer:
    """One line of the list, its cells understood."""

    number: int
    name: str
    login: str
    role: str
    area: Area
    sworn: bool = False
    badge: str = ""
    responsible: bool = False
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Refusal:
    """What keeps a line from being done: which cell, and why."""

    number: int
    column: str
    says: Promise | str


@dataclass
class Inviting:
    """What came of a list. A link is told now and never again; who was there already gets none."""

    links: list[tuple[Person, str]] = field(default_factory=list)
    posts: int = 0
    same: int = 0
    faults: list[Refusal] = field(default_factory=list)


def invite_many(newcomers: Iterable[Newcomer], *, by: Actor, at: dt.datetime) -> Inviting:
    """Invite each and give his post. Raises ListFaulty when one line cannot be done, and then does none."""
    with acting(by):
        inviting = _do(newcomers, by, at)
        if inviting.faults:
            raise ListFaulty(field="file", count=len(inviting.faults))
    return inviting


def try_many(newcomers: Iterable[Newcomer], *, by: Actor, at: dt.datetime) -> Inviting:
    """What `invite_many` would do; done and undone in one transaction, so that nothing is promised that fails later."""
    with acting(by):
        inviting = _do(newcomers, by, at)
        transaction.set_rollback(True)
    inviting.links = [(person, "") for person, _token in inviting.links]
    return inviting


def invite_with_post(one: Newcomer, *, by: Actor, at: dt.datetime) -> tuple[Person, str]:
    """The new account with its post, and the secret of its link. Raises LoginTaken and what `give_post` raises"""
    with acting(by):
        person, link = invite_person(
            name=one.name, login=one.login, sworn=one.sworn, badge=one.badge, area=one.area, by=by, at=at
        )
        give_post(person=person, role=one.role, area=one.area, by=by, at=at, until=one.until,
                  responsible=one.responsible)  # fmt: skip
    return person, link


def _do(newcomers: Iterable[Newcomer], by: Actor, at: dt.datetime) -> Inviting:
    inviting = Inviting()
    for one in newcomers:
        try:
            with transaction.atomic():
                _invite(one, inviting, by, at)
        except Problem as problem:
            inviting.faults.append(Refusal(one.number, problem.field or "name", problem.message))
    return inviting


def _invite(one: Newcomer, inviting: Inviting, by: Actor, at: dt.datetime) -> None:
    person = Person.objects.filter(login=tidy_login(one.login)).first()
    link = ""
    if person is None:
        person, link = invite_person(
            name=one.name, login=one.login, sworn=one.sworn, badge=one.badge, area=one.area, by=by, at=at
        )
    elif (person.name, person.standing, person.active) != (one.name, Standing.STAFF, True):
        raise LoginTaken(field="login", login=person.login)
    given = not _holds(person, one, at)
    if given:
        give_post(
            person=person, role=one.role, area=one.area, by=by, at=at, until=one.until, responsible=one.responsible
        )
    if link:
        inviting.links.append((person, link))
    inviting.posts += given
    inviting.same += not link and not given


def _holds(person: Person, one: Newcomer, at: dt.datetime) -> bool:
    return Post.objects.held_at(at).filter(person=person, role=one.role, area=one.area).exists()
