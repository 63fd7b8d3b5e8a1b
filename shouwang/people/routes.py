"""Every view says who it is for: one decorator each. A test refuses a view without one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.access import NotAllowed, may
from shouwang.people.verbs import Verb

View = Callable[..., Any]
LONGEST_WAY_BACK = 2000  # a longer address is nobody's bookmark


class NotSignedIn(Problem):
    code, status = "people.not_signed_in", 401
    says = _("Please sign in first.")


class ScreenLocked(Problem):
    code, status = "people.locked", 423
    says = _("The page is locked. Unlock it to go on; what was typed is still there.")


class AdministrationOff(Problem):
    code, status = "people.administration_off", 403
    says = _("This opens only while administration is switched on. Switch it on with its reason on your own page.")


@dataclass(frozen=True)
class Opening:
    """Whom a view is for: everybody, whoever signed in, whoever holds one of `verbs`, wall screens.

    door  where somebody is led who has not signed in yet
    """

    everybody: bool = False
    signed_in: bool = False
    verbs: tuple[Verb, ...] = ()
    screens: bool = False
    door: str = "people:sign_in"


def opens_to(*verbs: Verb) -> Callable[[View], View]:
    """For whoever holds one of these verbs somewhere; which rows is the view's to load by `visible_to`."""
    if not verbs:
        raise TypeError("opens_to needs a verb")
    return functools.partial(_guard, Opening(verbs=verbs))


def public(view: View) -> View:
    """For everybody, signed in or not."""
    view.opening = Opening(everybody=True)  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For whoever signed in, residents too."""
    return _guard(Opening(signed_in=True), view)


def account_holder(view: View) -> View:
    """For a resident who signed in at the portal."""
    return _guard(Opening(signed_in=True, door="portal:sign_in"), view)


def for_screen(view: View) -> View:
    """For wall screens, and for whoever may see the matters they show."""
    return _guard(Opening(verbs=(Verb.MATTER_READ,), screens=True), view)


def _guard(opening: Opening, view: View) -> View:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = _refusal(opening, request)
        return refused if refused is not None else view(request, *args, **kwargs)

    guarded.opening = opening  # type: ignore[attr-defined]
    return guarded


def _refusal(opening: Opening, request: HttpRequest) -> HttpResponse | None:
    """None when the door is open; a way to sign in, unlock or switch administration on; or raises NotAllowed."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    if by.kind == "nobody":
        return _send_to(request, opening.door, NotSignedIn)
    if by.kind == "screen":
        if opening.screens:
            return None
        raise NotAllowed
    session = getattr(request, "session_row", None)
    if session is not None and session.locked:
        return _send_to(request, "people:unlock", ScreenLocked)
    if is_open_to(opening, by):
        return None
    if session is not None and is_open_to(opening, replace(by, admin_session=True, cache={})):
        return _send_to(request, "people:me", AdministrationOff)
    raise NotAllowed


def is_open_to(opening: Opening, by: Actor) -> bool:
    """Whether somebody who signed in may pass."""
    return opening.everybody or opening.signed_in or any(may(by, verb, None, clock.now()) for verb in opening.verbs)


def _send_to(request: HttpRequest, door: str, problem: type[Problem]) -> HttpResponse:
    """A page is led to the door and back; a script or a fragment is told, so that nothing typed is lost."""
    wants_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "text/html")
    if not wants_page or request.headers.get("HX-Request"):
        raise problem
    back = request.get_full_path()
    return HttpResponseRedirect(
        reverse(door) + (f"?{urlencode({'next': back})}" if len(back) <= LONGEST_WAY_BACK else "")
    )
