"""What the desk hears until somebody takes notice: shown on every desk of the ground, silent on all at once."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shouwang.command.linkage import unanswered
from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.duty.alerts import AlertSettled, acknowledge_alert, open_alerts
from shouwang.duty.models import Alert, AlertKind
from shouwang.kinds.directive.issuing import to_sign
from shouwang.matters.settling import kept_aside_under
from shouwang.people.access import NotVisible
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import to_judge
from shouwang.ui.pieces import piece_of

MOST = 20
RHYTHM = {AlertKind.SOS: "sos"}  # every other one sounds as "unsigned"


@opens_to(Verb.MATTER_READ)
@piece_of("desk:board")
def alerts(request: HttpRequest) -> HttpResponse:
    return _fragment(request)


@opens_to(Verb.UNIT_SEND)
@require_POST
def acknowledge(request: HttpRequest, key: UUID) -> HttpResponse:
    alert = Alert.objects.filter(pk=key).first()
    if alert is None:
        raise NotVisible
    with contextlib.suppress(AlertSettled):  # somebody else was faster: what is shown says so
        acknowledge_alert(alert=alert, by=actor_of(request), at=clock.now())
    return _fragment(request)


def _fragment(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = open_alerts(by, at)
    unsigned = to_sign(by, at).only("number", "gist", "opened_at")[:MOST]
    silent = unanswered(by, at).only("branch", "passed_at", "matter__number")[:MOST]
    sounds = {RHYTHM.get(AlertKind(row.kind), "unsigned") for row in rows}
    if unsigned or silent:
        sounds.add("unsigned")
    page = {"alerts": rows, "sounds": " ".join(sorted(sounds)), "at": at, "aside": len(kept_aside_under(by, at))}
    page |= {"emergencies": to_judge(by, at), "unsigned": unsigned, "silent": silent}
    return render(request, "desk/_alerts.html", page)
