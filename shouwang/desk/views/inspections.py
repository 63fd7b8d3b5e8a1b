"""Inspection: notes and their answers, writing one, and what was done on duty on the inspector's ground, to read."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.directives import state_of
from shouwang.desk.loading import actor_of
from shouwang.journal.models import Entry
from shouwang.journal.timeline import lines_of
from shouwang.kinds.inspection_note.words import SORTS
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import may, spans, within
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

SHOWN, ON_A_PAGE = 200, 100
EVENTS = {
    "calls": (_("Calls and assignments"), ("incident.", "assignment.")),
    "crews": (_("Crews, shifts and alerts"), ("unit.", "shift.", "alert.", "roster.")),
    "directives": (_("Directives and linkage"), ("directive.", "linkage.")),
    "notes": (_("Inspection notes"), ("inspection_note.",)),
}
PICKS = {"newest": _("The newest first"), "sample": _("Ten at random of the last seven days")}
SAMPLED, SAMPLED_FROM = 10, dt.timedelta(days=7)


class NoteForm(forms.Form):
    number = forms.CharField(label=_("Reference of what was looked at"), max_length=20)
    subkind = forms.ChoiceField(label=_("Sort"), choices=[(one.name, one.label) for one in SORTS])
    gist = forms.CharField(label=_("What was found, in one line"), max_length=120)
    words = forms.CharField(
        label=_("In detail"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


@opens_to(Verb.MATTER_READ)
@require_GET
def notes(request: HttpRequest) -> HttpResponse:
    """Open notes first; a unit sees those on its ground."""
    by, at = actor_of(request), clock.now()
    seen = Matter.objects.visible_to(by, at).filter(kind="inspection_note").select_related("area", "parent")
    page = {
        "nav": "inspections", "at": at, "writes": may(by, Verb.INSPECTION_NOTE, None, at),
        "open": _rows(seen.filter(closed_at__isnull=True).order_by("due_at", "opened_at")[:SHOWN]),
        "ended": _rows(seen.filter(closed_at__isnull=False).order_by("-closed_at")[:50]),
    }  # fmt: skip
    return render(request, "desk/directives/inspections.html", page)


def _rows(rows: object) -> list[tuple[Matter, str, object]]:
    return [(row, label_of(row), state_of(row)) for row in rows]  # type: ignore[attr-defined]


@opens_to(Verb.INSPECTION_NOTE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?of=` the reference of a matter: below it a note; the matter itself stays as it is."""
    by, at = actor_of(request), clock.now()
    form = NoteForm(request.POST or None, initial={"number": request.GET.get("of", "")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        of = Matter.objects.visible_to(by, at).filter(reference=told["number"].strip()).select_related("area").first()
        try:
            row = open_matter(
                kind="inspection_note", by=by, at=at, verb=Verb.INSPECTION_NOTE, subkind=told["subkind"],
                channel="sample", gist=told["gist"], words=told["words"], parent=of,
                area=of.area if of else None, place_text=of.place_text if of else "",
            )  # fmt: skip
            return redirect("desk:matter", key=row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"nav": "inspections", "form": form}
    return render(request, "desk/directives/inspection_new.html", page, status=422 if form.errors else 200)


@opens_to(Verb.INSPECTION_NOTE)
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """`?of=` one of EVENTS, `?pick=sample` a few at random, `?before=` the last entry of the page before. Read only."""
    by, at = actor_of(request), clock.now()
    of, pick = (_known(request, name, known) for name, known in (("of", EVENTS), ("pick", PICKS)))
    wanted = Q()
    for beginning in EVENTS[of][1]:
        wanted |= Q(verb__startswith=beginning)
    ground = Area.objects.filter(within(spans(by, Verb.INSPECTION_NOTE, at))).values("pk")
    entries = Entry.objects.filter(wanted, area__in=ground).select_related("particulars").order_by("-id")
    with contextlib.suppress(ValueError):  # the newest, where the address names none
        entries = entries.filter(id__lt=UUID(request.GET.get("before", "")))
    if pick == "sample":
        drawn = entries.filter(at__gte=at - SAMPLED_FROM).order_by("?").values_list("id", flat=True)[:SAMPLED]
        entries = entries.filter(id__in=list(drawn))
    rows = list(entries[:ON_A_PAGE])
    lines = lines_of(rows, get_language() or "zh-hans")
    seen = Matter.objects.visible_to(by, at).in_bulk([row.subject for row in rows])
    told = {"of": (_("What is shown"), {name: label for name, (label, _verbs) in EVENTS.items()}, of),
            "pick": (_("Which of them"), PICKS, pick)}  # fmt: skip
    page = {
        "nav": "inspections", "of": of, "more": lines[-1].entry if len(lines) == ON_A_PAGE else None,
        "rows": [(line, seen.get(row.subject)) for line, row in zip(lines, rows, strict=True)],
        "filters": [{"name": name, "label": label, "options": [
            {"value": value, "label": words, "on": value == chosen} for value, words in options.items()]}
            for name, (label, options, chosen) in told.items()],
    }  # fmt: skip
    return render(request, "desk/directives/events.html", page)


def _known(request: HttpRequest, name: str, known: Mapping[str, object]) -> str:
    """What the address says, or the first where it says nonsense."""
    told = request.GET.get(name, "")
    return told if told in known else next(iter(known))
