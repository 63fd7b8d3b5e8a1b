"""What the desk hears until somebody takes notice: shown on every desk of the ground, silent on all at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shouwang.command.linkage import unanswered
from shouwang.core import clock
from shouwang.desk.loading import actor_of, keys_in
from shouwang.dispatch.noticing import notice_calls, unlooked
from shouwang.dispatch.ticking import just_unreceived
from shouwang.duty.alerts import acknowledge_alerts, open_alerts
from shouwang.duty.ringing import lines_of, sounds_of
from shouwang.kinds.directive.issuing import to_sign
from shouwang.matters.settling import kept_aside_under
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import to_judge
from shouwang.ui.pieces import piece_of

MOST = 20
CALLS = 500


@opens_to(Verb.MATTER_READ)
@piece_of("desk:board")
def alerts(request: HttpRequest) -> HttpResponse:
    return _fragment(request)


@opens_to(Verb.UNIT_SEND)
@require_POST
def noticed(request: HttpRequest) -> HttpResponse:
    """Of the alerts and calls that one line showed, and of none besides. Who was later is told so by what is shown."""
    by, at = actor_of(request), clock.now()
    alerts, calls = keys_in(request, "alert"), keys_in(request, "call")
    if alerts:
        acknowledge_alerts(keys=alerts, by=by, at=at)
    if calls:
        notice_calls(keys=calls, by=by, at=at)
    return _fragment(request)


def _fragment(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    lines = lines_of(open_alerts(by, at), by.person_id)
    calls = unlooked(by, at).only("number", "opened_at")[:CALLS]
    unsigned = to_sign(by, at).only("number", "gist", "opened_at")[:MOST]
    silent = unanswered(by, at).only("branch", "passed_at", "matter__number")[:MOST]
    sounds = sounds_of(lines) | ({"unsigned"} if unsigned or silent else set()) | ({"new"} if calls else set())
    page = {"lines": lines, "calls": calls, "sounds": " ".join(sorted(sounds)), "at": at}
    page |= {"once": just_unreceived(by, at), "aside": len(kept_aside_under(by, at))}
    page |= {"emergencies": to_judge(by, at), "unsigned": unsigned, "silent": silent}
    return render(request, "desk/_alerts.html", page)
