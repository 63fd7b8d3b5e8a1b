"""Proving a number or mailbox page by page, without scripts: contact, code, then whatever it is for.

The key of the proof travels signed in the form itself; the right code alone lets its bearer reach the last page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.models import ContactProof
from shouwang.people.models.account import ProofPurpose
from shouwang.people.proofs import prove_contact
from shouwang.people.views.arriving import address_of
from shouwang.portal.account_forms import CodeForm, ContactForm
from shouwang.portal.asking import refuse
from shouwang.registry.contacts import begin_proof

SALT = "portal.proof"
LASTS_S = 45 * 60


@dataclass(frozen=True)
class Walk:
    """What is proven and why: `title` stands on each page, `lead` under it on the first."""

    purpose: ProofPurpose
    title: Promise
    lead: Promise


def walk(request: HttpRequest, this: Walk, *, by: Actor) -> HttpResponse | UUID:
    """The page to show next; or the key of the proof, once the code was right."""
    proof = proof_in(request)
    page = request.POST.get("page", "contact")
    if request.method == "GET" or "again" in request.POST or (proof is None and page != "contact"):
        return _ask(request, this, "contact", ContactForm())
    if page == "last" and proof is not None:
        return proof
    if page == "code" and proof is not None:
        return _take_code(request, this, proof)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            row = begin_proof(
                form.cleaned_data["contact"], this.purpose, source=address_of(request), by=by, at=clock.now()
            )
        except Problem as problem:
            refuse(form, problem)
        else:
            return _ask(request, this, "code", CodeForm(), proof=row.pk)
    return _ask(request, this, "contact", form)


def proof_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=LASTS_S))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def last_page(request: HttpRequest, template: str, form: Any, proof: UUID, **known: Any) -> HttpResponse:
    """The page on which the proof is used; the same again when something was wrong."""
    known |= {"form": form, "kept": _kept(proof), "page": "last"}
    return render(request, template, known, status=422 if form.errors else 200)


def _take_code(request: HttpRequest, this: Walk, proof: UUID) -> HttpResponse | UUID:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            prove_contact(proof, form.cleaned_data["code"], at=clock.now())
        except Problem as problem:
            refuse(form, problem)
        else:
            return proof
    return _ask(request, this, "code", form, proof=proof)


def _ask(request: HttpRequest, this: Walk, page: str, form: Any, *, proof: UUID | None = None) -> HttpResponse:
    row = ContactProof.objects.filter(pk=proof).first() if proof else None
    known = {"walk": this, "form": form, "page": page, "kept": _kept(proof) if proof else "", "proof": row}
    return render(request, f"portal/account/{page}.html", known, status=422 if form.errors else 200)


def _kept(proof: UUID) -> str:
    return signing.dumps(str(proof), salt=SALT)
