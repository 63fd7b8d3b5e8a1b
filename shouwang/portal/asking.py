"""Who asks: what every view of the portal needs of its request."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import cookies
from shouwang.people.access import NotVisible
from shouwang.people.granting import hash_of
from shouwang.people.models import Person, Session
from shouwang.people.models.person import Standing


def resident_in(request: HttpRequest) -> Actor:
    """Whoever signed in, or nobody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def holder_of(request: HttpRequest) -> Person:
    """The resident whose account it is. Raises NotVisible for staff: their pages are elsewhere."""
    by = resident_in(request)
    if by.person_id is None:
        raise NotVisible
    with acting(by):
        person = Person.objects.filter(pk=by.person_id, standing=Standing.RESIDENT, active=True).first()
    if person is None:
        raise NotVisible
    return person


def session_here(request: HttpRequest, by: Actor) -> Session | None:
    """The row of this browser's own session; inside the caller's `acting`."""
    token = cookies.read(request, cookies.SESSION)
    return Session.objects.filter(person=by.person_id, token_hash=hash_of(token)).first()


def refuse(form: forms.Form, problem: Problem) -> None:
    """Say a problem where it belongs: at its field, or above the form."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.message)
