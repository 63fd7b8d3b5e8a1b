"""The emergency path at the desk: begin one out of a matter; a second person says whether it was one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.desk.loading import NotChosen, actor_of, key_in
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import emergencies_for, judge_emergency, open_emergency
from shouwang.registry.models import Emergency


@opens_to(Verb.REGISTER_FIND, Verb.MATTER_SEAL)
@require_http_methods(["GET", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """Those that wait for a second person; POST begins one and leads to the search."""
    by, at = actor_of(request), clock.now()
    if request.method == "POST":
        reference = request.POST.get("reference", "").strip()
        matter = Matter.objects.visible_to(by, at).filter(reference=reference).first()
        if matter is None:
            raise NotChosen(field="reference")
        open_emergency(matter=matter.pk, reason=request.POST.get("reason", ""), by=by, at=at)
        return redirect(f"{reverse('desk:find')}?{urlencode({'matter': str(matter.pk)})}")
    waiting = emergencies_for(by, at)
    names = dict(Person.objects.filter(pk__in=[one.person for one in waiting]).values_list("pk", "name"))
    matters = dict(Matter.objects.filter(pk__in=[one.matter for one in waiting]).values_list("pk", "reference"))
    page = {
        "waiting": [
            (one, names[one.person], matters.get(one.matter, ""), one.person != by.person_id and _judges(by, one))
            for one in waiting
        ],
        "begins": may(by, Verb.REGISTER_FIND, None, at), "at": at, "reference": request.GET.get("reference", ""),
    }  # fmt: skip
    return render(request, "desk/finding/emergencies.html", page)


@opens_to(Verb.MATTER_SEAL)
@require_POST
def verdict(request: HttpRequest) -> HttpResponse:
    """Confirmed, or called abuse, by somebody else."""
    found = Emergency.objects.select_related("area").filter(pk=key_in(request, "emergency")).first()
    if found is None:
        raise NotVisible
    judge_emergency(found, request.POST.get("verdict", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:emergencies")


def _judges(by: Actor, emergency: Emergency) -> bool:
    return may(by, Verb.MATTER_SEAL, emergency.area, clock.now())
