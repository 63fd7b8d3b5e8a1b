"""Coming in: login and password, the second factor, the demo's cast, unlocking, going out."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import codes, cookies, sessions, showcase, signing_in
from shouwang.people.access import NotVisible, Verb, may
from shouwang.people.forms import CodeForm, SignInForm, UnlockForm
from shouwang.people.models import Passkey, Person, Session
from shouwang.people.models.person import Standing
from shouwang.people.routes import public, signed_in
from shouwang.people.views.asking import session_of
from shouwang.people.workstations import workstation_of


@public
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, clock.now()
        try:
            person = signing_in.sign_in(given["login"], given["password"], address=address_of(request), at=at)
        except Problem as problem:
            form.add_error(None, problem.message)
        else:
            return begin(request, person, proven=person.standing == Standing.RESIDENT)
    page = {"form": form, "cast": showcase.shown(), "next": next_of(request)}
    return render(request, "people/sign_in.html", page, status=403 if form.errors else 200)


@public
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Act as one of the demo's cast. In a real town this address answers like any that does not exist."""
    try:
        person_id = UUID(request.POST.get("person", ""))
    except ValueError as fault:
        raise NotVisible from fault
    if not showcase.may_be_acted(person_id):
        raise NotVisible
    return begin(request, Person.objects.get(pk=person_id, active=True), proven=True)


@public
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    session = pending(request)
    if session is None:
        return redirect("people:sign_in")
    person, at = session.person, clock.now()
    if not codes.has_code_app(person) and not Passkey.objects.filter(person=person).exists():
        return redirect(reverse("people:set_up"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = address_of(request)
        try:
            signing_in.refuse_guesser(person.login, address=address, at=at)
            codes.check_code(person, form.cleaned_data["code"], at=at)
        except codes.WrongCode as problem:
            signing_in.count_failure(person.login, address=address, at=at, person=person)
            form.add_error("code", problem.message)
        except Problem as problem:
            form.add_error(None, problem.message)
        else:
            return complete(request, session)
    page = {"form": form, "person": person, "next": next_of(request), "has_app": codes.has_code_app(person)}
    return render(request, "people/second_factor.html", page, status=403 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    session = session_of(request)
    if session is None or session.proven_at is None:
        return redirect("people:sign_in")
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at, login = clock.now(), session.person.login
        try:
            signing_in.sign_in(login, form.cleaned_data["password"], address=address_of(request), at=at)
        except Problem as problem:
            form.add_error("password", problem.message)
        else:
            sessions.unlock(session, at=at)
            signing_in.forget_failures(login, at=at)
            return HttpResponse(status=204) if request.headers.get("HX-Request") else _onwards(request, session)
    fragment = "people/_unlock.html" if request.headers.get("HX-Request") else "people/unlock.html"
    page = {"form": form, "person": session.person, "next": next_of(request)}
    page |= {"of_the_cast": showcase.may_be_acted(session.person_id)}
    return render(request, fragment, page, status=403 if form.errors else 200)


@signed_in
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Nobody touched the page for a while: 202 where it stays open all the same."""
    session, at = session_of(request), clock.now()
    if session is not None and sessions.stays_open(session, at):
        return HttpResponse(status=202)
    if session is not None:
        sessions.lock(session, at=at)
    return HttpResponse(status=204) if request.headers.get("HX-Request") else redirect("people:unlock")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    session = session_of(request)
    if session is not None:
        sessions.end_session(session, by=Actor(person_id=session.person_id), at=clock.now())
    response = redirect("people:sign_in")
    cookies.remove(request, response, cookies.SESSION)
    return response


def begin(request: HttpRequest, person: Person, *, proven: bool) -> HttpResponse:
    """Open a session, then on to the second factor or straight in."""
    at = clock.now()
    machine = workstation_of(cookies.read(request, cookies.WORKSTATION))
    session, token = sessions.open_session(person, label=label_of(request), at=at, proven=proven, workstation=machine)
    if proven:
        signing_in.forget_failures(person.login, at=at)
        response = _onwards(request, session)
    else:
        response = HttpResponseRedirect(f"{reverse('people:second_factor')}?{urlencode({'next': next_of(request)})}")
    cookies.write(request, response, cookies.SESSION, token, lasts=session.ends_at - at)
    return response


def complete(request: HttpRequest, session: Session) -> HttpResponse:
    """The second factor was right: in, with a new cookie."""
    at = clock.now()
    token = sessions.prove(session, at=at)
    signing_in.forget_failures(session.person.login, at=at)
    response = _onwards(request, session)
    cookies.write(request, response, cookies.SESSION, token, lasts=session.ends_at - at)
    return response


def pending(request: HttpRequest) -> Session | None:
    """The session that waits for its second factor."""
    session = session_of(request)
    return session if session is not None and session.proven_at is None else None


def home_of(by: Actor) -> str:
    """Where somebody's work begins."""
    at = clock.now()
    if may(by, Verb.MATTER_READ, None, at):
        return "/desk/"
    if may(by, Verb.SHIFT_SIGN, None, at):
        return "/field/"
    if may(by, Verb.PATROL_WALK, None, at):
        return "/desk/patrols/mine/"
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    return reverse("people:me") if person and person.standing == Standing.STAFF else "/"


def address_of(request: HttpRequest) -> str:
    """Where the request came from, as the front told (it strips what clients send in this header)."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def label_of(request: HttpRequest) -> str:
    """The kind of browser and machine, as its owner would recognise it. No fingerprint."""
    agent = request.headers.get("User-Agent", "")
    machine = next((name for name in ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux") if name in agent), "")
    browser = next((name for name in ("Edg", "Firefox", "Chrome", "Safari") if name in agent), "")
    return " · ".join(part for part in (machine, browser.replace("Edg", "Edge")) if part) or "?"


def safe_address(request: HttpRequest, wanted: str) -> str:
    """`wanted` when it is a path of this site, otherwise nothing: a bare word could be taken for a page's name."""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""


def next_of(request: HttpRequest) -> str:
    """Where the reader was going when he was led to a door; "" for nowhere, or for another site."""
    return safe_address(request, request.POST.get("next") or request.GET.get("next", ""))


def _onwards(request: HttpRequest, session: Session) -> HttpResponse:
    return HttpResponseRedirect(next_of(request) or home_of(Actor(person_id=session.person_id)))
