"""The proof that a record was deleted, in words for the person: what, when, by which office, and how to check it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from shouwang.core.actor import Actor
from shouwang.journal import proofs
from shouwang.journal.models import Entry
from shouwang.people.access import NotVisible
from shouwang.people.models import Post
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.routes import account_holder
from shouwang.portal.asking import holder_of, resident_in
from shouwang.registry.requests import OwnRequest, own_requests


@dataclass(frozen=True)
class Deletion:
    """A deletion and the entry about it; `place` is its number in the published journal, None before that."""

    request: OwnRequest
    entry: Entry
    unit: str
    role: Promise | str
    place: int | None = None
    size: int = 0
    key: str = ""


@account_holder
@require_safe
def deletion(request: HttpRequest, key: UUID) -> HttpResponse:
    holder_of(request)
    return render(request, "portal/held/deletion.html", {"one": deletion_of(key, resident_in(request))})


def deletion_of(key: UUID, by: Actor) -> Deletion:
    """Of one's own request, also where the record was the last thing that was held. Raises NotVisible"""
    asked = next((one for one in own_requests(by) if one.id == key and one.proof), None)
    entry = Entry.objects.filter(pk=asked.proof).first() if asked and asked.proof else None
    if asked is None or entry is None:
        raise NotVisible
    post = Post.objects.filter(pk=entry.post).select_related("area").first() if entry.post else None
    unit, role = (post.area.name, ROLE_TABLE[post.role].label) if post else ("—", "—")
    try:
        proof, (_note, seen) = proofs.proof_of(entry.pk), proofs.published_note()
        return Deletion(asked, entry, unit, role, proof["index"] + 1, seen.size, proofs.published_key())
    except (proofs.NotSealedYet, proofs.NothingPublished):
        return Deletion(asked, entry, unit, role)
