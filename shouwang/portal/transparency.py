"""/transparency/: the journal's checkpoint, tiles and proofs, for anybody. Ids and hashes, nothing about anyone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from shouwang.core.problem import Problem
from shouwang.journal import proofs, verify_proof
from shouwang.journal.signing import published
from shouwang.journal.tiles import NotATile, Tile
from shouwang.oversight.export_key import published_export_keys
from shouwang.people.routes import public

NEVER_CHANGES = "public, max-age=31536000, immutable"


def _in_json(answer: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Answer and problem alike as JSON, whatever the reader says he accepts: the address ends in `.json`."""

    @wraps(answer)
    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        try:
            return JsonResponse(answer(request, **given))
        except Problem as problem:
            return JsonResponse({"code": problem.code, "message": problem.message}, status=problem.status)

    return view


@public
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    note, _ = proofs.published_note()
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})


@public
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{proofs.published_key()}\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """The program that checks a proof, for whoever does not trust this server to do it."""
    return HttpResponse(
        Path(verify_proof.__file__).read_bytes(), content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="verify_proof.py"', "Cache-Control": "no-cache"},
    )  # fmt: skip


@public
@require_safe
def export_keys(request: HttpRequest) -> HttpResponse:
    """Every key that a signed export ever bore."""
    return HttpResponse(published_export_keys(), content_type="text/plain; charset=utf-8")


@public
@require_safe
def tile(request: HttpRequest, name: str) -> HttpResponse:
    try:
        raw = published().read(Tile.parse(f"tile/{name}").path)
    except NotATile:
        raw = None
    if raw is None:
        raise Http404
    return HttpResponse(raw, content_type="application/octet-stream", headers={"Cache-Control": NEVER_CHANGES})


@public
@require_safe
@_in_json
def heads(request: HttpRequest) -> dict[str, Any]:
    before = request.GET.get("before", "")
    return proofs.heads_before(int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)


@public
@require_safe
@_in_json
def proof(request: HttpRequest, entry: UUID) -> dict[str, Any]:
    return proofs.proof_of(entry)


@public
@require_safe
@_in_json
def consistency(request: HttpRequest, old: int, new: int) -> dict[str, Any]:
    return proofs.consistency_of(old, new)


app_name = "transparency"
urlpatterns = [
    path("checkpoint", checkpoint, name="checkpoint"),
    path("key", key, name="key"),
    path("export-keys", export_keys, name="export_keys"),
    path("verify_proof.py", checker, name="checker"),
    path("tile/<path:name>", tile, name="tile"),
    path("heads.json", heads, name="heads"),
    path("proof/<uuid:entry>.json", proof, name="proof"),
    path("consistency/<int:old>-<int:new>.json", consistency, name="consistency"),
]
