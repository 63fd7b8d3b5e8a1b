"""Standard addresses at the desk: search, browse, act, print door plates."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk import addresses as reading
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.evidence.content import NotEvidence, open_photo
from shouwang.evidence.limits import check_size
from shouwang.evidence.models.files import CopyForm
from shouwang.evidence.picturing import Unreadable, copy_of
from shouwang.matters.intake import open_matter
from shouwang.people.access import spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.people.views.proving import qr
from shouwang.places.finding import LONGEST
from shouwang.places.models.address import Element
from shouwang.territory.plates import keep_plate, newest_plate


@opens_to(Verb.AREA_READ)
@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """What the words mean; without words the streets, estates and villages of one's ground."""
    by, at = actor_of(request), clock.now()
    words, kind = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("kind", "")
    page = {
        "words": words, "kind": kind, "kinds": [(name, Element(name).label) for name in reading.TOPS],
        "matches": reading.found(words, by, at) if words else None,
        "tops": [] if words else reading.tops(by, at, kind), "keeps": bool(spans(by, Verb.ADDRESS_KEEP, at)),
    }  # fmt: skip
    return render(request, "desk/addresses.html", page)


@opens_to(Verb.AREA_READ)
@require_safe
def address(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, key)


@opens_to(Verb.ADDRESS_KEEP)
@require_POST
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    """One act on the address; what it returns is shown next."""
    by, at = actor_of(request), clock.now()
    row = reading.load(key, by, at)
    chosen = reading.ACTS.get(request.POST.get("act", ""))
    if chosen is None:
        raise Http404
    told = {name: str(value) for name, value in request.POST.items()}
    try:
        after = chosen(row, told, by, at)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _page(request, key, {"problem": problem.message, "told": told}, status=problem.status)
    return redirect("desk:address", after.pk)


@opens_to(Verb.ADDRESS_KEEP)
@require_POST
def photograph(request: HttpRequest, key: UUID) -> HttpResponse:
    """A photograph of the door plate; what is kept is a copy without metadata."""
    by, at = actor_of(request), clock.now()
    row = reading.load(key, by, at)
    file = request.FILES.get("photo")
    try:
        if file is None:
            raise NotChosen
        check_size(file.size or 0)
        data = file.read()
        open_photo(data)
        keep_plate(row, copy_of(data, CopyForm.SHOWN), by=by, at=at)
    except Unreadable:
        return _page(request, key, {"problem": NotEvidence(field="photo").message}, status=NotEvidence.status)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _page(request, key, {"problem": problem.message}, status=problem.status)
    return redirect("desk:address", row.pk)


@opens_to(Verb.AREA_READ)
@require_safe
def plate_photo(request: HttpRequest, key: UUID) -> HttpResponse:
    """The newest photograph of the door plate."""
    photo = newest_plate(reading.load(key, actor_of(request), clock.now()))
    if photo is None:
        raise Http404
    return HttpResponse(bytes(photo.picture), content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@opens_to(Verb.AREA_READ)
@require_safe
def plates(request: HttpRequest, key: UUID) -> HttpResponse:
    """Door plates to print: the text, and a QR code that answers which grid this is and who is responsible."""
    by, at = actor_of(request), clock.now()
    row = reading.load(key, by, at)
    host = f"{request.scheme}://{request.get_host()}"
    shown = [(one, qr(f"{host}/where/?place={quote(one.full_text)}")) for one in reading.plates(row, by, at)]
    return render(request, "desk/plates.html", {"address": row, "plates": shown})


@opens_to(Verb.MATTER_OPEN)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Words that no address fits become a task for whoever answers for the nearest thing that does."""
    by, at = actor_of(request), clock.now()
    said = request.POST.get("said", "").strip()[:LONGEST]
    if not said:
        raise NotChosen
    matter = open_matter(kind="address_check", by=by, at=at, **reading.place_to_check(said, by, at))
    return redirect("desk:matter", matter.pk)


def _page(request: HttpRequest, key: UUID, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    row = reading.load(key, by, at)
    page = {"shown": reading.show(row, by, at), "address": row, "photo": newest_plate(row), **(more or {})}
    return render(request, "desk/address.html", page, status=status)
