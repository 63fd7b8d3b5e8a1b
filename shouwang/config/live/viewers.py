"""Who reads a stream: a session or a wall screen, looked up again every half second (trust S4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.people.access import Verb, spans
from shouwang.people.cookies import SCREEN, SESSION
from shouwang.people.models import Grant, Session
from shouwang.people.screens import screen_of
from shouwang.people.sessions import actor_of, session_of


@dataclass
class Viewer:
    """The reader of one stream. `paths`: where he may see units move. `actor` is renewed, so its posts stay true."""

    actor: Actor
    session: UUID | None
    grant: UUID | None
    paths: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Readers with the same key see the same: asked once for all of them."""
        return (self.actor.person_id, self.grant, self.actor.admin_session)


def viewer_of(cookie_header: str, at: dt.datetime) -> Viewer | None:
    """The reader behind a request's cookies; None for nobody, for a locked page and for an unfinished sign-in."""
    cookies = _cookies(cookie_header)
    token = cookies.get(f"__Host-{SESSION}") or cookies.get(SESSION)
    session = session_of(token, at) if token else None
    viewer = None
    if session is not None:
        actor = actor_of(session, at)
        if actor.kind != "nobody" and not session.locked:
            viewer = Viewer(actor, session.pk, None)
    else:
        screen = cookies.get(f"__Host-{SCREEN}") or cookies.get(SCREEN)
        found = screen_of(screen, at) if screen else None
        viewer = Viewer(found, None, found.grant_id) if found else None
    if viewer is not None:
        renew_all([viewer], at)
    return viewer


def renew_all(viewers: Iterable[Viewer], at: dt.datetime) -> None:
    """Forget what was known of posts, and ask again: once for all streams of a person."""
    fresh: dict[tuple[object, ...], tuple[Actor, tuple[str, ...]]] = {}
    for viewer in viewers:
        if viewer.key not in fresh:
            actor = replace(viewer.actor, cache={})
            fresh[viewer.key] = (actor, spans(actor, Verb.UNIT_TRACK, at))
        viewer.actor, viewer.paths = fresh[viewer.key]


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def over(viewers: Iterable[Viewer], at: dt.datetime) -> set[UUID]:
    """Sessions and grants among them that have ended, were taken back, or are locked. Two queries for all."""
    sessions = {one.session for one in viewers if one.session is not None}
    grants = {one.grant for one in viewers if one.grant is not None}
    live = Session.objects.live(at).filter(pk__in=sessions, locked_at__isnull=True) if sessions else []
    held = Grant.objects.filter(pk__in=grants, revoked_at__isnull=True) if grants else []
    held_now = {grant.pk for grant in held if grant.ends_at is None or at < grant.ends_at}
    return (sessions - {session.pk for session in live}) | (grants - held_now)
