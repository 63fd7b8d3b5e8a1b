"""One's own page: where one is signed in, with which phones and keys, which posts; administration; language."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import codes, cookies, devices, giving, sessions, signing_in
from shouwang.people.access import NotVisible, Verb, may, posts_of
from shouwang.people.forms import ChangePasswordForm, PassOnForm, ReasonForm
from shouwang.people.models import Device, Person, Post, PostPassing, RecoveryCode, Session
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE
from shouwang.people.routes import signed_in
from shouwang.people.views.arriving import address_of, next_of
from shouwang.people.views.asking import by_of, key_in, person_of, session_of
from shouwang.people.views.proving import qr
from shouwang.people.workstations import shift_end

LANGUAGES = (("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English"))  # each in its own words


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "people/me.html", _my_page(request))


@signed_in
@require_POST
def session_end(request: HttpRequest, key: UUID) -> HttpResponse:
    by = by_of(request)
    session = Session.objects.select_related("person").filter(pk=key, person=person_of(request)).first()
    if session is None:
        raise NotVisible
    sessions.end_session(session, by=by, at=clock.now())
    return redirect("people:me")


@signed_in
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    by = by_of(request)
    person = person_of(request)
    sessions.end_sessions_of(person, by=by, at=clock.now(), but=session_of(request))
    return redirect("people:me")


@signed_in
@require_POST
def administration(request: HttpRequest) -> HttpResponse:
    """Switch administration on with a reason, or off."""
    by = by_of(request)
    session, at = session_of(request), clock.now()
    if session is None:
        raise NotVisible
    if "off" in request.POST:
        sessions.end_administration(session, by=by, at=at)
        return redirect("people:me")
    try:
        sessions.begin_administration(session, reason=request.POST.get("reason", ""), by=by, at=at)
    except sessions.ReasonMissing as problem:
        form = ReasonForm(request.POST)
        form.is_valid()
        form.add_error("reason", problem.message)
        return render(request, "people/me.html", _my_page(request, reason_form=form), status=422)
    return redirect(next_of(request) or "administration:ready")


@signed_in
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    by = by_of(request)
    person, at = person_of(request), clock.now()
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signing_in.sign_in(person.login, form.cleaned_data["present"], address=address_of(request), at=at)
            signing_in.set_password(person, form.cleaned_data["password"], by=by, at=at)
        except signing_in.WeakPassword as problem:
            form.add_error("password", problem.message)
        except Problem as problem:
            form.add_error("present", problem.message)
        else:
            sessions.end_sessions_of(person, by=by, at=at, but=session_of(request))
            return redirect("people:me")
    page = {"form": form, "title": _("Change the password"), "act": _("Change the password")}
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen not in dict(LANGUAGES):
        raise NotVisible
    Person.objects.filter(pk=person_of(request).pk).update(language=chosen)
    response = redirect("people:me")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax")
    return response


@signed_in
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """On a registered workstation: stay open for the hours that the shift still lasts."""
    session = session_of(request)
    hours = request.POST.get("hours", "")
    if session is None or session.workstation_id is None or not hours.isdecimal():
        raise NotVisible
    at = clock.now()
    sessions.stay_open(session, until=at + dt.timedelta(hours=min(int(hours), 12)), at=at)
    response = redirect("people:me")
    cookies.write(
        request, response, cookies.SESSION, cookies.read(request, cookies.SESSION), lasts=sessions.STAFF_LASTS
    )
    return response


@signed_in
@require_POST
def phone_new(request: HttpRequest) -> HttpResponse:
    """A QR with a one-time code: the phone opens the field page with it and sends its key."""
    _grant, token = devices.begin_binding(by=by_of(request), at=clock.now())
    address = request.build_absolute_uri("/field/") + f"#code={token}"
    page = {"qr": qr(address), "code": token, "minutes": int(devices.CODE_LASTS.total_seconds() // 60)}
    return render(request, "people/phone_new.html", page | {"secure": request.is_secure() or _is_local(request)})


@signed_in
@require_POST
def phone_lost(request: HttpRequest, key: UUID) -> HttpResponse:
    by = by_of(request)
    device = Device.objects.filter(pk=key).first()
    if device is None or (device.person_id != by.person_id and not may(by, Verb.DEVICE_APPROVE, None, clock.now())):
        raise NotVisible
    devices.report_lost(device, by=by, at=clock.now())
    return redirect("people:me" if device.person_id == by.person_id else "people:people")


@signed_in
@require_POST
def post_accept(request: HttpRequest, key: UUID) -> HttpResponse:
    by = by_of(request)
    post = _my_post(by, key)
    passing = _passing_to(post) if key_in(request, "passing") else None
    if passing is not None:
        giving.take_over(passing, taking=post, by=by, at=clock.now())
    else:
        giving.accept_post(post, by=by, at=clock.now())
    return redirect("people:me")


@signed_in
@require_http_methods(["GET", "POST"])
def post_pass_on(request: HttpRequest, key: UUID) -> HttpResponse:
    by = by_of(request)
    post = _my_post(by, key)
    earlier = PostPassing.objects.filter(leaving=post).first()
    form = PassOnForm(request.POST or None, initial={"note": earlier.note if earlier else ""})
    if request.method == "POST" and form.is_valid():
        giving.pass_on(post, note=form.cleaned_data["note"], by=by, at=clock.now())
        return redirect("people:me")
    title = _("Pass on: {role} · {area}").format(role=ROLE_TABLE[post.role].label, area=post.area.name)
    return render(request, "people/form.html", {"form": form, "title": title, "act": _("Sign and keep")})


def _my_page(request: HttpRequest, reason_form: ReasonForm | None = None) -> dict[str, Any]:
    by = by_of(request)
    at, session = clock.now(), session_of(request)
    person = person_of(request)
    posts = posts_of(by, at)
    return {
        "person": person,
        "session": session,
        "administers": by.admin_session,
        "is_administrator": any(post.role in ADMIN_ROLES for post in posts),
        "reason_form": reason_form or ReasonForm(),
        "next": next_of(request),
        "posts": [(post, ROLE_TABLE[post.role].label, _passing_to(post)) for post in posts if post.role in ROLE_TABLE],
        "sessions": Session.objects.live(at).filter(person=person, proven_at__isnull=False).order_by("-seen_at"),
        "phones": person.devices.exclude(state="ended").order_by("-bound_at"),
        "passkeys": person.passkeys.order_by("made_at"),
        "has_code_app": codes.has_code_app(person),
        "codes_left": RecoveryCode.objects.filter(person=person, used_at__isnull=True).count(),
        "languages": LANGUAGES,
        "shift_ends": shift_end(person.pk, at) if session is not None and session.workstation_id else None,
        "staff": person.standing == "staff",
    }


def _passing_to(post: Post) -> PostPassing | None:
    """What the holder before left for this post, if it was not taken yet."""
    if post.accepted_at is not None:
        return None
    left = PostPassing.objects.filter(leaving__area_id=post.area_id, leaving__role=post.role, taken_at__isnull=True)
    return left.exclude(leaving=post).select_related("leaving__person").order_by("-passed_at").first()


def _my_post(by: Actor, key: UUID) -> Post:
    post = next((post for post in posts_of(by, clock.now()) if post.pk == key), None)
    if post is None:
        raise NotVisible
    return post


def _is_local(request: HttpRequest) -> bool:
    return request.get_host().partition(":")[0] in ("localhost", "127.0.0.1")
