"""Recorders on shifts at the desk: which ran when, what is not uploaded yet, the record of one upload, who looked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.duty.equipment.docking import give_dock_token
from shouwang.duty.equipment.listing import offices_kept
from shouwang.duty.equipment.recordings import (
    Worn,
    as_worn,
    keep_for_good,
    look_at_files,
    note_upload,
    overdue,
    recorder_doubt,
    recorder_item,
    worn,
    worn_seen,
)
from shouwang.duty.models import Kept, UploadView
from shouwang.people.access import NotVisible, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

ON_A_PAGE = 50
DOCK_DOOR = "/connections/recorders/uploads/"  # behind the door of devices, which other processes may answer


class UploadForm(forms.Form):
    """What the docking station says of the files."""

    manifest = forms.CharField(
        label=_("Files"), max_length=400_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control", "spellcheck": "false"}),
        help_text=_("A file a line: SHA-256, bytes, name, as the docking station lists them."),
    )  # fmt: skip
    kept = forms.ChoiceField(
        label=_("How long it is kept"), choices=Kept.choices, widget=forms.Select(attrs={"class": "form-control"})
    )


@opens_to(Verb.EQUIPMENT_READ)
@require_safe
def recordings(request: HttpRequest) -> HttpResponse:
    """Every recorder on a shift of 30 days; with `show=late` those whose upload is overdue."""
    return _list(request)


@opens_to(Verb.EQUIPMENT_KEEP)
@require_POST
@never_cache
def station(request: HttpRequest) -> HttpResponse:
    """A new token for the docking station of an office, shown now and never again."""
    by, at = actor_of(request), clock.now()
    office = offices_kept(by, at).filter(code=request.POST.get("office", "")).first()
    if office is None:
        raise NotVisible
    door = f"{request.scheme}://{request.get_host()}{DOCK_DOOR}"
    return _list(request, {"office": office, "token": give_dock_token(office, by=by, at=at), "door": door})


def _list(request: HttpRequest, fresh: dict[str, Any] | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = worn(by, at)
    late = overdue(rows, at)
    late_only = request.GET.get("show") == "late"
    page = Paginator(late if late_only else rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "nav": "recordings", "rows": as_worn(page, at), "page": page, "late_only": late_only, "n_late": late.count(),
        "offices": offices_kept(by, at), "fresh": fresh, "query": "show=late" if late_only else "",
    }  # fmt: skip
    return render(request, "desk/equipment/recordings.html", shown)


@opens_to(Verb.EQUIPMENT_READ)
@require_http_methods(["GET", "POST"])
@never_cache
def recording(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them. A POST notes the upload, keeps it for good, or shows the files to whoever says why."""
    by, at = actor_of(request), clock.now()
    row, told = worn_seen(key, by, at), request.POST
    form, refused, files = UploadForm(), None, None
    if request.method == "POST":
        try:
            match told.get("act", ""):
                case "upload":
                    form = UploadForm(told)
                    if form.is_valid():
                        note_upload(row.crew, **form.cleaned_data, by=by, at=at)
                        return redirect("desk:recording", key)
                case "keep" if row.upload:
                    keep_for_good(row.upload, kept=told.get("kept", ""), by=by, at=at)
                    return redirect("desk:recording", key)
                case "look" if row.upload:
                    files = look_at_files(row.upload, why=told.get("why", ""), by=by, at=at)
                case _:
                    raise Http404
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            refused = problem
            if form.is_bound:
                say_in(form, problem)
    status = refused.status if refused else 422 if form.is_bound and form.errors else 200
    shown = {"form": form, "files": files, "problem": refused.message if refused and not form.is_bound else ""}
    return render(request, "desk/equipment/recording.html", _page(request, row) | shown, status=status)


def _page(request: HttpRequest, row: Worn) -> dict[str, Any]:
    by, at = actor_of(request), clock.now()
    views = UploadView.objects.filter(upload=row.upload.pk).order_by("-at")[:100] if row.upload else []
    names = dict(Person.objects.filter(pk__in=[one.person for one in views]).values_list("pk", "name"))
    return {
        "nav": "recordings", "row": row, "views": [(one, names.get(one.person, "")) for one in views],
        "keeps": may(by, Verb.EQUIPMENT_KEEP, row.crew.shift.unit, at),
        "doubt": recorder_doubt(recorder_item(row.crew.recorder), {row.crew.person_id}),
        "for_good": [(value, label) for value, label in Kept.choices if value != Kept.ORDINARY],
    }  # fmt: skip
