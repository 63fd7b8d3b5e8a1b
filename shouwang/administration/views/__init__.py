"""The check list itself; the pages behind its lines are beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.administration.check_list import check_list
from shouwang.administration.lines import State
from shouwang.core import clock
from shouwang.people.access import Verb, posts_of
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of


@opens_to(Verb.SETTINGS_CHANGE, Verb.ROLE_NARROW, Verb.AUDIT_READ)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Everybody sees every line; a link stands only where the reader may do it."""
    by, at = by_of(request), clock.now()
    sections = check_list(at)
    lines = [line for section in sections for line in section.lines]
    page = {
        "sections": sections, "mine": {post.role for post in posts_of(by, at)},
        "n_open": sum(line.state == State.OPEN for line in lines),
        "n_later": sum(line.state == State.LATER for line in lines),
    }  # fmt: skip
    return render(request, "administration/ready.html", page)
