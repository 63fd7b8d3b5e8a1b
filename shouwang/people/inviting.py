"""Colleagues come in by a one-time link; accounts close the day somebody leaves."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, NotVisible, require
from shouwang.people.devices import report_lost
from shouwang.people.giving import holds_every_verb
from shouwang.people.granting import give_grant, grant_of
from shouwang.people.models import CodeApp, Grant, Person, Post
from shouwang.people.models.grant import GrantKind
from shouwang.people.models.person import Standing
from shouwang.people.sessions import end_sessions_of
from shouwang.people.signing_in import set_password, tidy_login
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

INVITATION_LASTS = dt.timedelta(days=3)


class LoginTaken(Problem):
    code, status = "people.login_taken", 409
    says = _("The login “{login}” belongs to somebody already. Choose another.")


class InvitationOver(Problem):
    code, status = "people.invitation_over", 410
    says = _("This link has been used or is over. Ask whoever invited you for a new one.")


def invite_person(
    *, name: str, login: str, area: Area, by: Actor, at: dt.datetime, sworn: bool = False, badge: str = ""
) -> tuple[Person, str]:
    """An account without password, and the secret of the link that sets one. `area`: where a post will follow.

    Raises  NotAllowed, NotVisible, LoginTaken
    """
    with acting(by):
        require(by, Verb.PERSON_INVITE, area, at)
        person = new_person(name, login, at, sworn=sworn, badge=badge)
        record("person.invite", topic="person.invited", subject=person, by=by, at=at, area=area)
        return person, _invitation(person, by, at)


def invite_again(person: Person, *, by: Actor, at: dt.datetime) -> str:
    """A new link for somebody who lost password or phone; older links are void. Raises NotAllowed, NotVisible

    A link is a way into the account: so only for whoever could have given every post that hangs on it.
    """
    with acting(by):
        _require_over(person, Verb.PERSON_INVITE, by, at)
        _void_invitations(person, at)
        record("person.invite_again", topic="person.invited", subject=person, by=by, at=at)
        return _invitation(person, by, at)


def person_invited(token: str, at: dt.datetime) -> Person:
    """Whom the link is for. Raises InvitationOver"""
    grant = grant_of(token, GrantKind.INVITE, at)
    if grant is None or grant.person is None or not grant.person.active:
        raise InvitationOver
    return grant.person


def accept_invitation(token: str, *, password: str, at: dt.datetime) -> Person:
    """Set the first password; the link is used up. The second factor follows. Raises InvitationOver, WeakPassword"""
    person = person_invited(token, at)
    by = Actor(person_id=person.pk)
    with acting(by):
        person = Person.objects.select_for_update().get(pk=person.pk)
        set_password(person, password, by=by, at=at)
        _forget_factors(person)
        if not _void_invitations(person, at):
            raise InvitationOver
    return person


def close_account(person: Person, *, by: Actor, at: dt.datetime) -> None:
    """Somebody leaves: posts, sessions, phones and links end with the account, in one act (SEC-03).

    Raises  NotAllowed, NotVisible
    """
    with acting(by):
        posts = _require_over(person, Verb.POST_GIVE, by, at)
        for post in posts:
            Post.objects.filter(pk=post.pk).update(during=TimestamptzRange(post.during.lower, at))
        end_sessions_of(person, by=Actor.system(), at=at)
        for device in person.devices.all():
            report_lost(device, by=Actor.system(), at=at)
        _void_invitations(person, at)
        Person.objects.filter(pk=person.pk).update(active=False)
        record("person.close", topic="person.closed", subject=person, by=by, at=at)


def new_person(name: str, login: str, at: dt.datetime, *, sworn: bool = False, badge: str = "") -> Person:
    """Raises LoginTaken"""
    try:
        with transaction.atomic():
            return Person.objects.create(
                id=new_id(), name=name.strip()[:60], login=tidy_login(login), sworn=sworn, badge=badge.strip()[:20],
                created_at=at,
            )  # fmt: skip
    except IntegrityError as fault:
        raise LoginTaken(login=tidy_login(login), field="login") from fault


def _require_over(person: Person, verb: Verb, by: Actor, at: dt.datetime) -> list[Post]:
    """The posts of `person`, if `by` holds `verb` over each and everything it gives. Raises NotAllowed, NotVisible"""
    posts = list(person.posts.filter(during__contains=at).select_related("area"))
    if by.is_system:
        return posts
    if not person.active or person.standing != Standing.STAFF or (not posts and person.password):
        raise NotVisible
    if not posts:  # invited, but never came in
        require(by, verb, None, at)
    for post in posts:
        require(by, verb, post.area, at)
        if not holds_every_verb(post.role, post.area, by=by, at=at):
            raise NotAllowed
    return posts


def _invitation(person: Person, by: Actor, at: dt.datetime) -> str:
    _grant, token = give_grant(
        GrantKind.INVITE, subject=person.pk, person=person, by=by, at=at, ends_at=at + INVITATION_LASTS
    )
    return token


def _void_invitations(person: Person, at: dt.datetime) -> int:
    return Grant.objects.filter(person=person, kind=GrantKind.INVITE, revoked_at__isnull=True).update(revoked_at=at)


def _forget_factors(person: Person) -> None:
    """Whoever needed a new link may have lost the phone: second factors are set up anew."""
    person.passkeys.all().delete()
    person.recovery_codes.all().delete()
    CodeApp.objects.filter(person=person).delete()
