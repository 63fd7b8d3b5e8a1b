"""One photo or recording: the copy, what the file says of itself, places to blur, the original by a named act."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.core.geo import metres_between
from shouwang.desk.board import label_of
from shouwang.desk.loading import actor_of, visible_matter
from shouwang.evidence.models import Evidence
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.MATTER_READ)
@require_GET
def evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    found = Evidence.objects.filter(pk=key).first()
    if found is None:
        raise NotVisible
    matter = visible_matter(request, found.matter)
    metres = None
    if None not in (found.taken_lon, found.taken_lat, matter.lon, matter.lat):
        metres = metres_between(found.taken_lon, found.taken_lat, matter.lon, matter.lat)  # type: ignore[arg-type]
    page = {
        "evidence": found, "matter": matter, "kind": label_of(matter), "metres": metres,
        "sha256": bytes(found.sha256).hex(), "may_blur": may(by, Verb.EVIDENCE_ADD, matter, at),
        "may_open": may(by, Verb.EVIDENCE_OPEN_ORIGINAL, matter, at) and found.state != "destroyed",
    }  # fmt: skip
    return render(request, "desk/evidence.html", page)
