"""The doors for positions as pages: `/ingest/<source>`, one message at a time. The front takes many at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from shouwang.core import clock
from shouwang.people.routes import public
from shouwang.tracking.receiving import take_all
from shouwang.tracking.sources import Incoming


@csrf_exempt
@public  # a unit's token opens it; the pipeline asks for it
def ingest(request: HttpRequest, source: str) -> HttpResponse:
    """Take what a device sent, all of it or nothing."""
    answer = take_all([(source, _incoming(request))], clock.now())[0]
    return HttpResponse(answer.body, status=answer.status, content_type=answer.kind, headers=answer.headers)


def _incoming(request: HttpRequest) -> Incoming:
    body = b"" if request.content_type == "multipart/form-data" else request.body  # parts are read as a form alone
    return Incoming(
        method=request.method or "",
        query=request.GET.dict(),
        form=request.POST.dict() if request.method == "POST" else {},
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        sender=request.headers.get("X-Forwarded-For", "") or request.META.get("REMOTE_ADDR", ""),
    )
