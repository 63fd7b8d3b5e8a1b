"""Who acts, for every request: worked out once, before any view, and again for the next request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.people import cookies
from shouwang.people.models import Session
from shouwang.people.residents import notice_resident, resident_of
from shouwang.people.screens import screen_of
from shouwang.people.sessions import actor_of, locks, note_administration, notice, session_of

PASSIVE = "X-Shouwang-Passive"  # a page sets it on what it asks by itself: that is no sign of life of its reader


class ActorMiddleware:
    """Sets `request.actor`, `request.session_row` and whether its pages lock; writes administration down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = clock.now()
        session, by = who(request, at)
        request.session_row, request.actor = session, by  # type: ignore[attr-defined]
        request.locks = session is not None and locks(session)  # type: ignore[attr-defined]
        if session is not None and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(session.person.language)
        response = self.get_response(request)
        if by.admin_session and session is not None:
            note_administration(
                session, method=request.method or "", path=request.path, status=response.status_code, by=by, at=at
            )
        return response


def who(request: HttpRequest, at: dt.datetime) -> tuple[Session | None, Actor]:
    """The session and who acts in it: a person, a wall screen, or nobody."""
    token = cookies.read(request, cookies.SESSION)
    if token and settings.ENVIRONMENT.role == "portal":
        resident = resident_of(token, at)
        if resident.person_id is not None and PASSIVE not in request.headers:
            notice_resident(token, resident, at)
        return None, resident
    session = session_of(token, at) if token else None
    if session is not None:
        notice(session, at=at, by_hand=PASSIVE not in request.headers)
        return session, actor_of(session, at)
    screen = cookies.read(request, cookies.SCREEN)
    return None, (screen_of(screen, at) if screen else None) or Actor.nobody()
