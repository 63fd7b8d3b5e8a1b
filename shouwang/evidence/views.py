"""Evidence over HTTP: always through the access filter, never from a public address, never kept by a cache.

The addresses are open to whoever reaches them, since receipts come without signing in; each answer is settled by
`doors`: what is not yours to see is not there.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core.clock import now
from shouwang.core.problem import Problem
from shouwang.evidence import uploading
from shouwang.evidence.copying import blur
from shouwang.evidence.models.files import CopyForm
from shouwang.evidence.opening import open_original, shown_copy
from shouwang.people.routes import public

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "audio/wav": "wav", "audio/mp4": "m4a"}


class BadUploadRequest(Problem):
    code, status = "evidence.bad_request", 400
    says = _("The line “{line}” of this request cannot be read. Reload the page and send the file again.")


@public
@require_POST
def uploads(request: HttpRequest) -> HttpResponse:
    """Announce a file: {"id", "size", "sha256"} → {"received"}."""
    given = _json(request)
    upload = uploading.begin_upload(
        id=_read(UUID, given, "id"), size=_read(_whole, given, "size"), sha256=_read(_digest, given, "sha256"),
        by=request.actor, at=now(),  # type: ignore[attr-defined]
    )  # fmt: skip
    return JsonResponse({"received": upload.received}, status=201)


@public
@require_GET
def upload(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """How far a file has come: {"received", "finished"}."""
    row = uploading.upload_of(id, request.actor)  # type: ignore[attr-defined]
    return JsonResponse({"received": row.received, "finished": row.finished_at is not None})


@public
@require_http_methods(["POST", "PUT"])
def parts(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """One part as the body, with `Upload-Offset` and `Part-SHA256` → {"received"}."""
    received = uploading.add_part(
        id=id, offset=_read(_whole, request.headers, "Upload-Offset"), data=request.body,
        sha256=_read(_digest, request.headers, "Part-SHA256"), by=request.actor,  # type: ignore[attr-defined]
    )  # fmt: skip
    return JsonResponse({"received": received})


@public
@require_POST
def finish(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """The file has arrived: {"matter"} → {"evidence", "kind"}."""
    matter = _read(UUID, _json(request), "matter")
    row = uploading.finish_upload(id=id, matter=matter, by=request.actor, at=now())  # type: ignore[attr-defined]
    return JsonResponse({"evidence": str(row.id), "kind": row.kind}, status=201)


@public
@require_GET
def shown(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    return _file(*shown_copy(id, CopyForm.SHOWN, by=request.actor, at=now()), id)  # type: ignore[attr-defined]


@public
@require_GET
def small(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    return _file(*shown_copy(id, CopyForm.SMALL, by=request.actor, at=now()), id)  # type: ignore[attr-defined]


@public
@require_POST
def original(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    reason = request.POST.get("reason", "")
    data, content_type = open_original(id, reason=reason, by=request.actor, at=now())  # type: ignore[attr-defined]
    return _file(data, content_type, id, download=True)


@public
@require_POST
def boxes(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Blur {"boxes": [[left, top, right, bottom], …]}, shares of width and height."""
    blur(id, _json(request).get("boxes"), by=request.actor, at=now())  # type: ignore[attr-defined]
    return HttpResponse(status=204)


def _file(data: bytes, content_type: str, id: UUID, *, download: bool = False) -> HttpResponse:  # noqa: A002
    response = HttpResponse(data, content_type=content_type)
    name = f"{id}.{ENDINGS.get(content_type, 'bin')}"
    response["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadUploadRequest(line="JSON") from None
    if not isinstance(given, dict):
        raise BadUploadRequest(line="JSON")
    return given


def _read(kind: Any, given: Any, name: str) -> Any:
    try:
        return kind(given[name])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadUploadRequest(line=name, field=name) from None


def _whole(text: Any) -> int:
    number = int(text)
    if not 0 <= number < 2**31 or isinstance(text, (bool, float)):
        raise ValueError(text)
    return number


def _digest(text: Any) -> bytes:
    digest = bytes.fromhex(text)
    if len(digest) != 32:
        raise ValueError(text)
    return digest
