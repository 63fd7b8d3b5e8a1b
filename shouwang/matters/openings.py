"""The bridge between kinds: "this calls for a matter of purpose X". A kind offers itself; an effect asks for a purpose.

Where no kind offers the purpose, the request stays visible on the matter until one does or somebody settles it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.matters.models import Matter, Opening
from shouwang.people.access import posts_of, require
from shouwang.people.verbs import Verb

PURPOSES = ("problem", "dispute", "promise", "follow_up", "trouble", "directive")


@dataclass(frozen=True)
class Wanted:
    """What the new matter is for. `sealed_to`: posts that alone may see it; empty, those responsible for the ground."""

    purpose: str
    why: str
    given: Mapping[str, Any] = field(default_factory=dict)
    sealed_to: tuple[UUID, ...] = ()


Offer = Callable[[Matter, Wanted, Actor, dt.datetime], Matter]
_offers: dict[str, Offer] = {}


def serves(purpose: str) -> Callable[[Offer], Offer]:
    """Offer to open matters for a purpose. Called at start-up by a kind; one kind for each purpose."""
    if purpose not in PURPOSES:
        raise ValueError(f"“{purpose}” is no purpose: {', '.join(PURPOSES)}")

    def keep(offer: Offer) -> Offer:
        _offers[purpose] = offer
        return offer

    return keep


def served() -> frozenset[str]:
    """Purposes that a kind serves."""
    return frozenset(_offers)


def ask_for(matter: Matter, wanted: Wanted, *, by: Actor, at: dt.datetime) -> Opening:
    """Ask for a matter of a purpose, inside the act that calls for it. Asked twice, it is one request."""
    visibility = "sealed" if wanted.sealed_to else "office"
    request, new = Opening.objects.get_or_create(
        matter=matter, purpose=wanted.purpose, why=wanted.why, settled_at=None,
        defaults={"given": dict(wanted.given), "asked_at": at, "visibility": visibility,
                  "named": list(wanted.sealed_to)},
    )  # fmt: skip
    if not new:
        return request
    told = {"sealed": True} if wanted.sealed_to else {"purpose": wanted.purpose, "why": wanted.why}
    record("opening.ask", topic="opening.asked", subject=matter, by=by, at=at, area=matter.area_id,
           opening=request.pk, **told)  # fmt: skip
    offer = _offers.get(wanted.purpose)
    if offer is not None:
        request.opened, request.settled_at = offer(matter, wanted, by, at), at
        request.save(update_fields=["opened", "settled_at"])
    return request


def requests_on(matter: Matter, by: Actor, at: dt.datetime) -> list[Opening]:
    """Requests of this matter that wait for somebody, as far as `by` may see them."""
    posts = {post.pk for post in posts_of(by, at)}
    waiting = matter.openings.filter(settled_at__isnull=True).order_by("asked_at")
    return [one for one in waiting if one.visibility == "office" or not posts.isdisjoint(one.named)]


def settle(request: Opening, *, by: Actor, at: dt.datetime) -> Opening:
    """Close a request that nobody serves, by whoever may triage the matter."""
    with acting(by):
        row = Opening.objects.select_for_update().select_related("matter").get(pk=request.pk)
        require(by, Verb.MATTER_TRIAGE, row.matter, at)
        if row.settled_at is None:
            row.settled_at = at
            row.save(update_fields=["settled_at"])
            record("opening.settle", topic="opening.settled", subject=row.matter, by=by, at=at,
                   area=row.matter.area_id, purpose=row.purpose, why=row.why)  # fmt: skip
    return row
