"""One's own account: the number it rests on, password, passkeys, browsers, recovery codes, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.problem import Problem
from shouwang.people import accounts, codes, cookies, passkeys, sessions, signing_in
from shouwang.people.access import NotVisible
from shouwang.people.models import Account, Passkey, Person, RecoveryCode, Session
from shouwang.people.models.account import ProofPurpose
from shouwang.people.routes import account_holder
from shouwang.people.views.arriving import address_of
from shouwang.people.views.proving import challenge_in, keep_challenge, site_of, told_in
from shouwang.portal.account_forms import DeleteForm, PasswordForm
from shouwang.portal.asking import holder_of, refuse, resident_in, session_here
from shouwang.portal.mine import matters_of
from shouwang.portal.proving import Walk, walk

CHANGE = Walk(
    ProofPurpose.CHANGE,
    _("Another number or e-mail"),
    _("What you filed with the number of before is then behind its receipts again: numbers get new holders."),
)


@account_holder
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    person, by, at = holder_of(request), resident_in(request), clock.now()
    with acting(by):
        here = session_here(request, by)
        known = {
            "person": person, "account": Account.objects.filter(person=person).first(),
            "passkeys": list(Passkey.objects.filter(person=person).order_by("made_at")),
            "sessions": list(Session.objects.live(at).filter(person=person).order_by("-seen_at")),
            "here": here.pk if here else None,
            "n_codes": RecoveryCode.objects.filter(person=person, used_at__isnull=True).count(),
            "changed": request.GET.get("changed", ""),
        }  # fmt: skip
    return render(request, "portal/account/settings.html", known)


@account_holder
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Prove another contact; what rested on the old one falls back to level one."""
    by, at = resident_in(request), clock.now()
    holder_of(request)
    proof = walk(request, CHANGE, by=by)
    if isinstance(proof, HttpResponse):
        return proof
    try:
        accounts.change_contact(proof, by=by, at=at)
    except Problem as problem:
        return render(request, "portal/account/turn.html", {"problem": problem.message}, status=problem.status)
    return redirect("/account/settings/?changed=contact")


@account_holder
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    person, by, at = holder_of(request), resident_in(request), clock.now()
    form = PasswordForm(request.POST or None)
    form.fields["present"].required = bool(person.password)
    if request.method == "POST" and form.is_valid():
        try:
            _prove_presence(request, person, form.cleaned_data["present"])
            signing_in.set_password(person, form.cleaned_data["password"], by=by, at=at)
            _end_others(request, at)
        except Problem as problem:
            refuse(form, problem)
        else:
            return redirect("/account/settings/?changed=password")
    known = {"form": form, "has_one": bool(person.password)}
    return render(request, "portal/account/password.html", known, status=422 if form.errors else 200)


@account_holder
@require_http_methods(["GET", "POST"])
def passkey_new(request: HttpRequest) -> HttpResponse:
    """GET: options for a new passkey. POST: the browser's answer."""
    person, by, site = holder_of(request), resident_in(request), site_of(request)
    with acting(by):
        if request.method == "GET":
            options, challenge = passkeys.registration_options(person, site)
            response = JsonResponse(options)
            keep_challenge(request, response, challenge)
            return response
        answer: dict[str, Any] = told_in(request)
        passkeys.keep_passkey(
            person, answer.get("credential", {}), challenge=challenge_in(request), site=site,
            label=str(answer.get("label", "")), by=by, at=clock.now(),
        )  # fmt: skip
    return JsonResponse({"next": reverse("portal:settings")})


@account_holder
@require_POST
def passkey_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    person, by = holder_of(request), resident_in(request)
    with acting(by):
        passkey = Passkey.objects.filter(pk=key, person=person).first()
        if passkey is None:
            raise NotVisible
        if not person.password and Passkey.objects.filter(person=person).count() == 1:
            return redirect("/account/settings/?changed=last_key")
        passkeys.remove_passkey(passkey, by=by, at=clock.now())
    return redirect("/account/settings/?changed=key")


@account_holder
@require_POST
def session_end(request: HttpRequest, key: UUID) -> HttpResponse:
    by = resident_in(request)
    with acting(by):
        session = Session.objects.filter(pk=key, person=by.person_id).first()
        if session is None:
            raise NotVisible
        sessions.end_session(session, by=by, at=clock.now())
    return redirect("/account/settings/?changed=session")


@account_holder
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    _end_others(request, clock.now())
    return redirect("/account/settings/?changed=session")


@account_holder
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    person, by, at = holder_of(request), resident_in(request), clock.now()
    fresh = codes.new_recovery_codes(person, by=by, at=at)
    return render(request, "portal/account/codes.html", {"codes": fresh, "at": at})


@account_holder
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """The account goes; what was filed stays with those who work on it, and behind its receipt."""
    person, by, at = holder_of(request), resident_in(request), clock.now()
    form = DeleteForm(request.POST or None)
    form.fields["present"].required = bool(person.password)
    if request.method == "POST" and form.is_valid():
        try:
            _prove_presence(request, person, form.cleaned_data["present"])
            accounts.delete_account(by=by, at=at)
        except Problem as problem:
            refuse(form, problem)
        else:
            response = render(request, "portal/account/deleted.html", {})
            cookies.remove(request, response, cookies.SESSION)
            return response
    known = {"form": form, "has_one": bool(person.password), "n_matters": len(matters_of(by, at))}
    return render(request, "portal/account/delete.html", known, status=422 if form.errors else 200)


def _prove_presence(request: HttpRequest, person: Person, present: str) -> None:
    """Somebody else at an open page must not change what proves its owner. Raises TooManyFailures, SignInRefused"""
    if not person.password:
        return
    at, address = clock.now(), address_of(request)
    signing_in.refuse_guesser(person.login, address=address, at=at)
    if not signing_in.fits(person, present):
        signing_in.count_failure(person.login, address=address, at=at, person=person)
        raise signing_in.WrongPassword(field="present")


def _end_others(request: HttpRequest, at: Any) -> None:
    person, by = holder_of(request), resident_in(request)
    with acting(by):
        sessions.end_sessions_of(person, by=by, at=at, but=session_here(request, by))
