"""Acts beside a matter: watching it, linking it, settling a request, a message to its crews."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shouwang.core import clock
from shouwang.desk.commands import NoSuch, short_number
from shouwang.desk.loading import actor_of, visible_matter
from shouwang.desk.views.matter import panel_again
from shouwang.dispatch.crews import tell_crews
from shouwang.matters.linking import link, unlink
from shouwang.matters.models import Matter, Opening
from shouwang.matters.openings import requests_on, settle
from shouwang.matters.watching import stop_watching, watch
from shouwang.people.access import NotVisible
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.MATTER_READ)
@require_POST
def watching(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hear of this matter from now on, or no more (`stop`)."""
    found = visible_matter(request, key)
    act = stop_watching if request.POST.get("stop") else watch
    act(found, by=actor_of(request), at=clock.now())
    return panel_again(request, found)


@opens_to(Verb.MATTER_WORK)
@require_POST
def parent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put it under the matter with that number; without a number, take it out again."""
    found, by, at = visible_matter(request, key), actor_of(request), clock.now()
    typed = request.POST.get("number", "").strip()
    if typed:
        link(found, _numbered(request, typed), by=by, at=at)
    else:
        unlink(found, by=by, at=at)
    return panel_again(request, visible_matter(request, key))


@opens_to(Verb.MATTER_TRIAGE)
@require_POST
def request_settled(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close a request that no kind serves."""
    by, at = actor_of(request), clock.now()
    asked = Opening.objects.filter(pk=key).first()
    found = visible_matter(request, asked.matter_id) if asked else None
    if asked is None or found is None or asked.pk not in {one.pk for one in requests_on(found, by, at)}:
        raise NotVisible
    settle(asked, by=by, at=at)
    return panel_again(request, found)


@opens_to(Verb.MESSAGE_SEND)
@require_POST
def told(request: HttpRequest, key: UUID) -> HttpResponse:
    """A message to every crew on the matter."""
    found = visible_matter(request, key)
    tell_crews(matter=found, text=request.POST.get("text", ""), by=actor_of(request), at=clock.now())
    return panel_again(request, found)


def _numbered(request: HttpRequest, typed: str) -> Matter:
    """The newest matter with that number that may be seen. Raises NoSuch"""
    seen = Matter.objects.visible_to(actor_of(request), clock.now()).filter(number=short_number(typed))
    newest = seen.order_by("-opened_at").first()
    if newest is None:
        raise NoSuch(word=typed[:20], known="")
    return newest
