"""Building → household → person: the matter it is for, counts, one home, one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.records import address_from, say_in
from shouwang.desk.register_forms import BuildingForm
from shouwang.matters.models import Matter
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Address
from shouwang.registry.finding import begin_sitting, sitting_of
from shouwang.registry.households import open_building, open_household
from shouwang.registry.lists import Register
from shouwang.registry.purposes import Purpose

PAGE = "desk/finding/homes.html"


class NoSuchMatter(Problem):
    code, status = "desk.no_such_matter", 404
    says = _("You see no matter of this number. Write the number of the call, visit or other matter it is for.")


@opens_to(Verb.REGISTER_FIND)
@require_http_methods(["GET", "POST"])
def building(request: HttpRequest) -> HttpResponse:
    """The matter and the building; then its counts and its homes, nobody in them."""
    by, at = actor_of(request), clock.now()
    form = BuildingForm(request.POST or None, initial={"reference": request.GET.get("matter", "")})
    if request.method == "GET" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    told = form.cleaned_data
    try:
        matter = Matter.objects.visible_to(by, at).filter(reference=told["reference"].strip()).first()
        if matter is None:
            raise NoSuchMatter(field="reference")
        address = address_from(told["address_text"], None)
        sitting = begin_sitting(purpose=Purpose.HANDLING, matter=matter.pk, by=by, at=at)
        seen = open_building(address, sitting, by=by, at=at)
    except Problem as problem:
        return render(request, PAGE, {"form": form}, status=say_in(form, problem))
    return render(request, PAGE, {"form": form, "seen": seen, "sitting": sitting, "matter": matter})


@opens_to(Verb.REGISTER_FIND)
@require_POST
def household(request: HttpRequest) -> HttpResponse:
    """The people of one home, masked; each opens by a look."""
    by, at = actor_of(request), clock.now()
    sitting = sitting_of(key_in(request, "sitting"), by)
    found = open_household(key_in(request, "dwelling"), sitting, by=by, at=at)
    place = Address.objects.filter(full_text=request.POST.get("place", "")[:240]).first()
    page = {"found": found, "sitting": sitting, "register": Register.RESIDENT, "place": place}
    return render(request, "desk/finding/household.html", page)
