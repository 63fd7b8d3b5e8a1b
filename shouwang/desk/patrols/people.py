"""Grid workers, auxiliaries and security workers of one's ground: who leads them, leave, tasks, hours to sign for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.patrols.commanding import line_of
from shouwang.people.access import may
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.PATROL_ORDER)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    page = {
        "nav": "people", "rows": [(one, ROLE_TABLE[one.post.role].label) for one in line_of(by, at)],
        "grants": may(by, Verb.ROSTER_WRITE, None, at),
    }  # fmt: skip
    return render(request, "desk/patrols/people.html", page)
