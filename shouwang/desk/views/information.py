"""Information items on one's ground: the list and entering one; what speaks of a person is refused."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.directives import state_of
from shouwang.desk.loading import actor_of
from shouwang.kinds.information.words import CHANNELS, SORTS
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 200
SHOWS = {"open": _("Open items"), "ended": _("Ended items")}


class ItemForm(forms.Form):
    subkind = forms.ChoiceField(label=_("Sort"), choices=[(one.name, one.label) for one in SORTS])
    gist = forms.CharField(label=_("What was learnt, in one line"), max_length=120)
    place_text = forms.CharField(label=_("Place"), max_length=120, required=False)
    words = forms.CharField(
        label=_("In detail"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    channel = forms.ChoiceField(label=_("Where it comes from"), choices=list(CHANNELS.items()))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


@opens_to(Verb.MATTER_READ)
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """`?show=open|ended`."""
    by, at = actor_of(request), clock.now()
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWS else "open"
    rows = Matter.objects.visible_to(by, at).filter(kind="information", closed_at__isnull=show == "open")
    listed = rows.select_related("area").order_by("due_at" if show == "open" else "-closed_at", "opened_at")[:SHOWN]
    page = {
        "nav": "information", "at": at, "rows": [(row, label_of(row), state_of(row)) for row in listed],
        "enters": may(by, Verb.MATTER_OPEN, None, at),
        "filters": [{"name": "show", "label": _("What is shown"), "options": [
            {"value": name, "label": label, "on": name == show} for name, label in SHOWS.items()]}],
    }  # fmt: skip
    return render(request, "desk/directives/information.html", page)


@opens_to(Verb.MATTER_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = open_matter(kind="information", by=actor_of(request), at=clock.now(), **form.cleaned_data)
            return redirect("desk:matter", key=row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"nav": "information", "form": form}
    return render(request, "desk/directives/information_new.html", page, status=422 if form.errors else 200)
