"""Sessions: opened, proven, locked, unlocked, ended. Whatever ends here is over at the next request."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, posts_of, require
from shouwang.people.granting import hash_of
from shouwang.people.models import Person, Session, Workstation
from shouwang.people.models.person import Standing
from shouwang.people.roles import ADMIN_ROLES
from shouwang.people.verbs import Verb
from shouwang.people.workstations import shift_end

TOKEN_BYTES = 32
SECOND_FACTOR_WITHIN = dt.timedelta(minutes=10)
STAFF_LASTS = dt.timedelta(hours=14)  # one shift and its hand-over
RESIDENT_LASTS = dt.timedelta(days=14)
IDLE = dt.timedelta(minutes=15)
ADMINISTRATION = dt.timedelta(minutes=30)
LONGEST_DUTY = dt.timedelta(hours=13)
SHORTEST_REASON = 4
SEEN_EVERY = dt.timedelta(seconds=20)  # how exact `seen_at` is kept: one write in that time, not one a request


class ReasonMissing(Problem):
    code, status = "people.reason_missing", 422
    says = _("Say in a few words what the administration is needed for.")


class NotAnAdministrator(Problem):
    code, status = "people.not_an_administrator", 403
    says = _("You hold none of the three administrations.")


def open_session(
    person: Person, *, label: str, at: dt.datetime, proven: bool, workstation: Workstation | None = None
) -> tuple[Session, str]:
    """A new session and the secret of its cookie. Unproven it is nobody's, and waits for the second factor."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    by = Actor(person_id=person.pk)
    with acting(by):
        session = Session.objects.create(
            person=person, token_hash=hash_of(token), label=label[:80], workstation=workstation, started_at=at,
            proven_at=at if proven else None, seen_at=at,
            ends_at=at + (_lasts(person) if proven else SECOND_FACTOR_WITHIN),
        )  # fmt: skip
        if proven:
            record("session.open", topic="session.opened", subject=session, by=by, at=at)
    return session, token


def prove(session: Session, *, at: dt.datetime) -> str:
    """The second factor was right. A new secret, so that a cookie known before is worth nothing after."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    by = Actor(person_id=session.person_id)
    with acting(by):
        session.proven_at = session.seen_at = at
        session.token_hash, session.challenge = hash_of(token), None
        session.ends_at = at + _lasts(session.person)
        session.save(update_fields=["proven_at", "seen_at", "token_hash", "challenge", "ends_at"])
        record("session.open", topic="session.opened", subject=session, by=by, at=at)
    return token


def session_of(token: str, at: dt.datetime) -> Session | None:
    """The live session behind a cookie; None when it is unknown, over or ended."""
    found = Session.objects.live(at).select_related("person", "workstation")
    return found.filter(token_hash=hash_of(token)).first()


def actor_of(session: Session, at: dt.datetime) -> Actor:
    """Who acts in this session: nobody until it is proven. The post is named where there is no choice."""
    if session.proven_at is None:
        return Actor.nobody()
    by = Actor(person_id=session.person_id, admin_session=session.administers_at(at))
    posts = posts_of(by, at)
    return replace(by, post_id=posts[0].pk) if len(posts) == 1 else by


def notice(session: Session, *, at: dt.datetime, by_hand: bool) -> None:
    """Keep when the session was last used by hand, and lock it when that is too long ago.

    by_hand  False for what a page asks by itself (live updates): that must not keep an empty chair signed in
    """
    if session.locked:
        return
    if locks(session) and at - session.seen_at >= IDLE and not stays_open(session, at):
        lock(session, at=at)
    elif by_hand and at - session.seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(seen_at=at)


def locks(session: Session) -> bool:
    """Whether its pages lock when nobody touches them: those of staff, once signed in."""
    return session.proven_at is not None and not session.locked and session.person.standing == Standing.STAFF


def stays_open(session: Session, at: dt.datetime) -> bool:
    """Whether it stands on a registered desk and its shift is on: by the roster, or by the hours given by hand."""
    if session.workstation_id is None:
        return False
    if session.on_duty_until is None or at >= session.on_duty_until:
        ends_at = shift_end(session.person_id, at)
        if ends_at is None:
            return False
        stay_open(session, until=ends_at, at=at)
    return True


def lock(session: Session, *, at: dt.datetime) -> None:
    Session.objects.filter(pk=session.pk, locked_at__isnull=True).update(locked_at=at)
    session.locked_at = session.locked_at or at


def unlock(session: Session, *, at: dt.datetime) -> None:
    """The password or passkey was right (the caller asked)."""
    Session.objects.filter(pk=session.pk).update(locked_at=None, seen_at=at, challenge=None)
    session.locked_at, session.seen_at = None, at


def stay_open(session: Session, *, until: dt.datetime, at: dt.datetime) -> None:
    """On a registered workstation: no lock before the shift ends."""
    session.on_duty_until = min(until, at + LONGEST_DUTY)
    session.ends_at = max(session.ends_at, session.on_duty_until)
    of_a_desk = Session.objects.filter(pk=session.pk, workstation__isnull=False)
    of_a_desk.update(on_duty_until=session.on_duty_until, ends_at=session.ends_at)


def begin_administration(session: Session, *, reason: str, by: Actor, at: dt.datetime) -> None:
    """Switch administration on for half an hour. Raises ReasonMissing, NotAnAdministrator"""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(field="reason")
    if not any(post.role in ADMIN_ROLES for post in posts_of(by, at)):
        raise NotAnAdministrator
    with acting(by):
        session.admin_until, session.admin_reason = at + ADMINISTRATION, reason.strip()[:200]
        session.save(update_fields=["admin_until", "admin_reason"])
        record(
            "session.begin_administration", topic="session.administration", subject=session, by=by, at=at,
            until=session.admin_until,
        )  # fmt: skip


def end_administration(session: Session, *, by: Actor, at: dt.datetime) -> None:
    with acting(by):
        session.admin_until = at
        session.save(update_fields=["admin_until"])
        record("session.end_administration", topic="session.administration", subject=session, by=by, at=at)


def note_administration(session: Session, *, method: str, path: str, status: int, by: Actor, at: dt.datetime) -> None:
    """One entry for each request made while administration is on."""
    with acting(by):
        record(
            "administration.request", topic="administration.requested", subject=session, by=by, at=at,
            method=method, path=path[:200], status=status,
        )  # fmt: skip


def end_session(session: Session, *, by: Actor, at: dt.datetime) -> None:
    """End one's own session, or another's with the verb for it. Raises NotVisible, NotAllowed"""
    with acting(by):
        if session.person_id != by.person_id and not by.is_system:
            _require_over(by, session.person, at)
        if Session.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=at):
            record("session.end", topic="session.ended", subject=session, by=by, at=at, of=str(session.person_id))


def end_sessions_of(person: Person, *, by: Actor, at: dt.datetime, but: Session | None = None) -> int:
    """End all sessions of a person, except one; how many. Raises NotVisible, NotAllowed"""
    others = Session.objects.live(at).filter(~Q(pk=but.pk) if but else Q(), person=person)
    ended = 0
    with acting(by):
        for session in others.select_related("person"):
            end_session(session, by=by, at=at)
            ended += 1
    return ended


def _require_over(by: Actor, person: Person, at: dt.datetime) -> None:
    """Whoever may end sessions where the person holds a post."""
    posts = list(person.posts.filter(during__contains=at).select_related("area"))
    if not posts:
        raise NotVisible
    require(by, Verb.SESSION_REVOKE, posts[0].area, at)


def _lasts(person: Person) -> dt.timedelta:
    return STAFF_LASTS if person.standing == Standing.STAFF else RESIDENT_LASTS
