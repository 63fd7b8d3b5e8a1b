"""Taking a register over from a sheet: bring it, confirm its columns, see what it would do, have it done, undo it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from shouwang.connections.sheets import bringing
from shouwang.connections.sheets.mending import lines_to_mend
from shouwang.connections.sheets.models import Batch, BatchState, Fault, SheetKind
from shouwang.connections.sheets.registers import REGISTERS
from shouwang.connections.sheets.writing import comments_of, write_csv, write_template
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN, FAULTS_SHOWN = 30, 100
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Register"), choices=SheetKind.choices, initial=SheetKind.RESIDENTS,
        widget=forms.Select(attrs={"class": "form-control"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The sheet (CSV or Excel)"), widget=forms.FileInput(attrs={"class": "form-control"})
    )  # fmt: skip


@opens_to(Verb.REGISTER_IMPORT)
@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """What was brought so far, the templates, and bringing one."""
    by, at = actor_of(request), clock.now()
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            brought = bringing.bring_sheet(
                form.cleaned_data["kind"], file.read(), file_name=file.name, language=get_language() or "zh-hans",
                by=by, at=at,
            )  # fmt: skip
            return redirect("imports:batch", brought.pk)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            form.add_error("file", problem.message)
    page = {"form": form, "kinds": SheetKind.choices, "most": bringing.LARGEST // 1024**2,
            "batches": bringing.visible_batches(by, at).order_by("-asked_at")[:SHOWN]}  # fmt: skip
    return render(request, "desk/imports/batches.html", page, status=422 if form.errors else 200)


@opens_to(Verb.REGISTER_IMPORT)
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The sheet to fill in, headed as people say it, with a line that says what goes where."""
    sheet = REGISTERS.get(kind)
    if sheet is None:
        raise Http404
    if request.GET.get("form") == "csv":
        lines = [comments_of(sheet.columns)]
        return _file(write_csv([column.title for column in sheet.columns], lines), f"{kind}.csv", "text/csv")
    content = write_template(
        sheet.columns, sheet.examples, _now("What goes where"), _now("Examples"), comments=True
    )  # fmt: skip
    return _file(content, f"{kind}.xlsx", EXCEL)


@opens_to(Verb.REGISTER_IMPORT)
@require_GET
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    found = bringing.visible_batch(key, actor_of(request), clock.now())
    page = "sheets/_batch.html" if request.headers.get("HX-Request") else "desk/imports/batch.html"
    return render(request, page, _page(request, found))


@opens_to(Verb.REGISTER_IMPORT)
@require_POST
def columns(request: HttpRequest, key: UUID) -> HttpResponse:
    """The columns as confirmed; a job looks every line over."""
    by, at = actor_of(request), clock.now()
    found = bringing.visible_batch(key, by, at)
    chosen = {
        column.key: int(place)
        for column in REGISTERS[found.kind].columns
        if (place := request.POST.get(column.key, "")).isdecimal() and len(place) < 4
    }
    try:
        bringing.check_sheet(found, chosen, by=by, at=at)
    except Problem as problem:
        if problem.status != 422:
            raise
        found.columns = chosen
        page = _page(request, found) | {"problem": problem.message}
        return render(request, "desk/imports/batch.html", page, status=422)
    return redirect("imports:batch", key)


@opens_to(Verb.REGISTER_IMPORT)
@require_POST
def faults(request: HttpRequest, key: UUID) -> HttpResponse:
    """The lines to mend, as a file, for whoever brought them."""
    by, at = actor_of(request), clock.now()
    found = bringing.visible_batch(key, by, at)
    content = lines_to_mend(found, by=by, at=at, told=_now("What is wrong"))
    return _file(content, f"{found.kind}-to-mend.csv", "text/csv")


@opens_to(Verb.REGISTER_IMPORT)
@require_POST
def taking(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    bringing.take_sheet(bringing.visible_batch(key, by, at), by=by, at=at)
    return redirect("imports:batch", key)


@opens_to(Verb.REGISTER_IMPORT)
@require_POST
def undoing(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    bringing.undo_sheet(bringing.visible_batch(key, by, at), by=by, at=at)
    return redirect("imports:batch", key)


@opens_to(Verb.REGISTER_IMPORT)
@require_POST
def dropping(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    bringing.drop_sheet(bringing.visible_batch(key, by, at), by=by, at=at)
    return redirect("imports:batches")


def _page(request: HttpRequest, found: Batch) -> dict[str, Any]:
    sheet, at = REGISTERS[found.kind], clock.now()
    titles = {column.key: column.title for column in sheet.columns}
    rows = Fault.objects.filter(batch=found).order_by("number", "id")[:FAULTS_SHOWN]
    return {
        "batch": found,
        "columns": [(column, found.columns.get(column.key, -1)) for column in sheet.columns],
        "headings": list(enumerate(found.headings)),
        "faults": [(fault.number, titles.get(fault.column, fault.column), fault.says) for fault in rows],
        "own": found.asked_by == actor_of(request).person_id,
        "percent": found.n_done * 100 // found.n_lines if found.n_lines else 0,
        "undoable": found.state in (BatchState.TAKEN, BatchState.FAILED)
        and found.checked_at
        and at - found.checked_at < bringing.UNDONE_WITHIN,
        "droppable": found.state in (BatchState.UPLOADED, BatchState.CHECKED, BatchState.FAILED),
    }  # fmt: skip


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
