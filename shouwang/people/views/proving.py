"""What proves who one is: setting up the code app and passkeys, recovery codes, signing in with a passkey."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import segno
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import codes, passkeys, sessions
from shouwang.people.access import NotVisible
from shouwang.people.forms import CodeForm
from shouwang.people.models import Passkey, Session
from shouwang.people.passkeys import PasskeyRefused, Site
from shouwang.people.routes import NotSignedIn, public, signed_in
from shouwang.people.views.arriving import begin, complete, home_of, safe_address
from shouwang.people.views.asking import by_of, session_of

CHALLENGE_COOKIE = "sw_challenge"
CHALLENGE_LASTS_S = 300


@public
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The second factor for the first time, or another one: a code app by QR, or a passkey."""
    session = _session(request)
    if session.proven_at is None and _has_factor(session):
        return redirect("people:second_factor")
    at, by = clock.now(), Actor(person_id=session.person_id)
    address = codes.pending_address(session.person)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and address:
        try:
            fresh = codes.confirm_code_app(session.person, form.cleaned_data["code"], by=by, at=at)
        except Problem as problem:
            form.add_error("code", problem.message)
        else:
            return _show_codes(request, session, fresh)
    if address is None:
        address = codes.begin_code_app(session.person, at=at)[1]
    page = {
        "form": form, "person": session.person, "qr": qr(address), "key": address.partition("secret=")[2][:32],
        "proven": session.proven_at is not None,
    }  # fmt: skip
    return render(request, "people/set_up.html", page, status=403 if form.errors else 200)


@signed_in
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    session = _session(request)
    fresh = codes.new_recovery_codes(session.person, by=Actor(person_id=session.person_id), at=clock.now())
    return _show_codes(request, session, fresh)


@public
@require_http_methods(["GET", "POST"])
def passkey_new(request: HttpRequest) -> HttpResponse:
    """GET: options for a new passkey. POST: the browser's answer. While signing in for the first time, or later."""
    session = _session(request)
    if session.locked or (session.proven_at is None and _has_factor(session)):
        raise NotSignedIn
    site, at, by = site_of(request), clock.now(), Actor(person_id=session.person_id)
    if request.method == "GET":
        options, challenge = passkeys.registration_options(session.person, site)
        Session.objects.filter(pk=session.pk).update(challenge=challenge)
        return JsonResponse(options)
    answer = told_in(request)
    passkeys.keep_passkey(
        session.person, answer.get("credential", {}), challenge=_take_challenge(session), site=site,
        label=str(answer.get("label", "")), by=by, at=at,
    )  # fmt: skip
    if session.proven_at is not None:
        return JsonResponse({"next": reverse("people:me")})
    response = complete(request, session)
    told = JsonResponse({"next": response["Location"]})
    told.cookies = response.cookies
    return told


@signed_in
@require_POST
def passkey_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    passkey = Passkey.objects.select_related("person").filter(pk=key, person_id=_session(request).person_id).first()
    if passkey is None:
        raise NotVisible
    passkeys.remove_passkey(passkey, by=by_of(request), at=clock.now())
    return redirect("people:me")


@public
@require_GET
def passkey_challenge(request: HttpRequest) -> HttpResponse:
    """Options for signing in or unlocking with a passkey."""
    options, challenge = passkeys.authentication_options(site_of(request))
    response = JsonResponse(options)
    keep_challenge(request, response, challenge)
    return response


@public
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """The browser's answer: signs in, or unlocks the page of the same person."""
    answer, at = told_in(request), clock.now()
    person = passkeys.person_of(
        answer.get("credential", {}), challenge=challenge_in(request), site=site_of(request), at=at
    )
    wanted = safe_address(request, str(answer.get("next", "")))
    session = session_of(request)
    if session is not None and session.proven_at is not None:
        if session.person_id != person.pk:
            raise PasskeyRefused
        sessions.unlock(session, at=at)
        response: HttpResponse = JsonResponse({"next": wanted or home_of(Actor(person_id=person.pk))})
    else:
        opened = (
            complete(request, session)
            if session and session.person_id == person.pk
            else begin(request, person, proven=True)
        )
        response = JsonResponse({"next": wanted or opened["Location"]})
        response.cookies = opened.cookies
    response.delete_cookie(CHALLENGE_COOKIE)
    return response


def keep_challenge(request: HttpRequest, response: HttpResponse, challenge: bytes) -> None:
    """Remember the challenge of a ceremony in the browser itself, signed, for five minutes."""
    response.set_cookie(
        CHALLENGE_COOKIE, signing.dumps(challenge.hex(), salt=CHALLENGE_COOKIE), max_age=CHALLENGE_LASTS_S,
        httponly=True, samesite="Strict", secure=request.is_secure(),
    )  # fmt: skip


def site_of(request: HttpRequest) -> Site:
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return Site(host=host, origin=f"{request.scheme}://{request.get_host()}")


def qr(text: str) -> str:
    """A QR code as SVG markup, dark on white in every theme (a camera wants it so)."""
    return str(segno.make(text, error="m").svg_inline(scale=5, border=2, dark="#000", light="#fff", omitsize=True))


def _session(request: HttpRequest) -> Session:
    session = session_of(request)
    if session is None:
        raise NotSignedIn
    return session


def _has_factor(session: Session) -> bool:
    return codes.has_code_app(session.person) or Passkey.objects.filter(person_id=session.person_id).exists()


def _show_codes(request: HttpRequest, session: Session, fresh: list[str]) -> HttpResponse:
    page = render(request, "people/recovery_codes.html", {"codes": fresh, "person": session.person, "at": clock.now()})
    if session.proven_at is None:
        page.cookies = complete(request, session).cookies
    return page


def _take_challenge(session: Session) -> bytes | None:
    challenge = session.challenge
    Session.objects.filter(pk=session.pk).update(challenge=None)
    return bytes(challenge) if challenge else None


def challenge_in(request: HttpRequest) -> bytes | None:
    """The challenge this browser was given; None when it is over or there was none."""
    try:
        kept = signing.loads(
            request.COOKIES.get(CHALLENGE_COOKIE, ""), salt=CHALLENGE_COOKIE, max_age=CHALLENGE_LASTS_S
        )
        return bytes.fromhex(kept)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def told_in(request: HttpRequest) -> dict[str, Any]:
    """What a script sent; nothing when it sent no object. Raises PasskeyRefused"""
    try:
        given = json.loads(request.body)
    except ValueError as fault:
        raise PasskeyRefused from fault
    return given if isinstance(given, dict) else {}
