"""Coming in with an account: opened on a number or mailbox of one's own, by password or passkey, or after a loss."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from webauthn.helpers import base64url_to_bytes

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import accounts, cookies, passkeys, sessions
from shouwang.people.models import ContactProof, Person
from shouwang.people.models.account import ProofPurpose
from shouwang.people.passkeys import PasskeyRefused
from shouwang.people.routes import public
from shouwang.people.views.arriving import address_of, label_of, safe_address
from shouwang.people.views.proving import challenge_in, keep_challenge, site_of, told_in
from shouwang.portal.account_forms import ComeBackForm, NewAccountForm, SignInForm
from shouwang.portal.asking import refuse, resident_in, session_here
from shouwang.portal.proving import Walk, last_page, walk
from shouwang.registry.contacts import NotAContact, tidy_contact

JOIN = Walk(
    ProofPurpose.JOIN,
    _("An account of your own"),
    _("With it you find again what you reported. Reporting works without one, too."),
)
LOST = Walk(
    ProofPurpose.LOST, _("Come back in"), _("Without password or passkey, by the number your account rests on.")
)


@public
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Contact, code, password: an account, and its recovery codes on a page of their own."""
    proof = walk(request, JOIN, by=Actor.nobody())
    if isinstance(proof, HttpResponse):
        return proof
    if accounts.resident_with(_contact_of(proof)):
        return _turn(request, accounts.AccountThere())
    by_passkey = "passkey" in request.POST
    form = NewAccountForm(request.POST if request.POST.get("page") == "last" else None)
    form.fields["password"].required = not by_passkey
    if not form.is_bound or not form.is_valid():
        return last_page(request, "portal/account/new.html", form, proof, walk=JOIN)
    try:
        person, codes = accounts.open_account(
            proof, called=form.cleaned_data["called"], password=None if by_passkey else form.cleaned_data["password"],
            at=clock.now(),
        )  # fmt: skip
    except Problem as problem:
        refuse(form, problem)
        return last_page(request, "portal/account/new.html", form, proof, walk=JOIN)
    page = render(
        request,
        "portal/account/codes.html",
        {"codes": codes, "make_passkey": by_passkey, "at": clock.now(), "signed_in": True},
    )
    return _let_in(request, person, page)


@public
@require_http_methods(["GET", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Contact, code, then a recovery code or none, and a new password."""
    proof = walk(request, LOST, by=Actor.nobody())
    if isinstance(proof, HttpResponse):
        return proof
    if accounts.resident_with(_contact_of(proof)) is None:
        return _turn(request, accounts.NoAccount())
    form = ComeBackForm(request.POST if request.POST.get("page") == "last" else None)
    if not form.is_bound or not form.is_valid():
        return last_page(request, "portal/account/back.html", form, proof, walk=LOST)
    given = form.cleaned_data
    try:
        back = accounts.come_back(
            proof, recovery_code=given["recovery_code"], password=given["password"], address=address_of(request),
            at=clock.now(),
        )  # fmt: skip
    except Problem as problem:
        refuse(form, problem)
        return last_page(request, "portal/account/back.html", form, proof, walk=LOST)
    page = render(
        request, "portal/account/codes.html", {"codes": back.codes, "back": back, "at": clock.now(), "signed_in": True}
    )
    return _let_in(request, back.person, page)


@public
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" and resident_in(request).person_id:
        return redirect("portal:account")
    form, wanted = SignInForm(request.POST or None), request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            contact = _tidy(given["contact"])
            person = accounts.sign_in(contact, given["password"], address=address_of(request), at=clock.now())
        except Problem as problem:
            refuse(form, problem)
        else:
            return _let_in(request, person, redirect(safe_address(request, wanted) or reverse("portal:account")))
    status = 403 if form.errors else 200
    return render(request, "portal/account/in.html", {"form": form, "next": wanted}, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    by = resident_in(request)
    if by.person_id:
        with acting(by):
            session = session_here(request, by)
            if session is not None:
                sessions.end_session(session, by=by, at=clock.now())
    response = redirect("portal:home")
    cookies.remove(request, response, cookies.SESSION)
    return response


@public
@require_GET
def passkey_ask(request: HttpRequest) -> HttpResponse:
    """Options for signing in with a passkey: any of this site may answer."""
    options, challenge = passkeys.authentication_options(site_of(request))
    response = JsonResponse(options)
    keep_challenge(request, response, challenge)
    return response


@public
@require_POST
def passkey_in(request: HttpRequest) -> HttpResponse:
    answer: dict[str, Any] = told_in(request)
    credential = answer.get("credential", {})
    try:
        holder = accounts.resident_with_passkey(base64url_to_bytes(str(credential["rawId"])))
    except (KeyError, TypeError, ValueError) as fault:
        raise PasskeyRefused from fault
    with acting(Actor(person_id=holder)):
        person = passkeys.person_of(
            credential, challenge=challenge_in(request), site=site_of(request), at=clock.now()
        )  # fmt: skip
    wanted = safe_address(request, str(answer.get("next", ""))) or reverse("portal:account")
    return _let_in(request, person, JsonResponse({"next": wanted}))


def _let_in(request: HttpRequest, person: Person, response: HttpResponse) -> HttpResponse:
    at = clock.now()
    session, token = sessions.open_session(person, label=label_of(request), at=at, proven=True)
    cookies.write(request, response, cookies.SESSION, token, lasts=session.ends_at - at)
    return response


def _tidy(text: str) -> str:
    """What cannot be a contact is refused like a wrong password: it may be somebody's password."""
    try:
        return tidy_contact(text)[1]
    except NotAContact:
        return text.strip()


def _contact_of(proof: UUID) -> bytes:
    row = ContactProof.objects.filter(pk=proof, proven_at__isnull=False).first()
    return bytes(row.contact_hash) if row else b""


def _turn(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Right code, wrong door: the two other doors are shown."""
    return render(request, "portal/account/turn.html", {"problem": problem.message}, status=problem.status)
