"""Who asks, and keys that may be garbled: what every view of people needs of its request."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from shouwang.core.actor import Actor
from shouwang.people.access import NotVisible
from shouwang.people.models import Person, Session


def by_of(request: HttpRequest) -> Actor:
    """Who acts, as the middleware found."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return by


def person_of(request: HttpRequest) -> Person:
    """Whoever signed in. Raises NotVisible for a screen or a phone's visitor."""
    by = by_of(request)
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    if person is None:
        raise NotVisible
    return person


def session_of(request: HttpRequest) -> Session | None:
    session: Session | None = getattr(request, "session_row", None)
    return session


def key_in(request: HttpRequest, name: str) -> UUID | None:
    """A key that was sent in a form; None when there is none or it is none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
