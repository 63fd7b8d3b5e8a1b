"""Sheets of areas, of colleagues and of equipment: the template, the dry run, doing it, faults and links as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.administration import area_sheet, equipment_sheet, staff_sheet
from shouwang.administration.sheets import Outcome, Sheet, brought_back, carried
from shouwang.connections.sheets.columns import Row
from shouwang.connections.sheets.reading import read_table
from shouwang.connections.sheets.writing import write_csv, write_template
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.people.access import Verb
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The sheet (CSV or Excel)"))


@opens_to(Verb.SETTINGS_CHANGE)
@require_http_methods(["GET", "POST"])
def areas(request: HttpRequest) -> HttpResponse:
    return _page(request, area_sheet.SHEET)


@opens_to(Verb.SETTINGS_CHANGE)
@require_safe
def areas_template(request: HttpRequest) -> HttpResponse:
    return _template(request, area_sheet.SHEET)


@opens_to(Verb.ROLE_NARROW)
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    return _page(request, staff_sheet.SHEET)


@opens_to(Verb.ROLE_NARROW)
@require_safe
def staff_template(request: HttpRequest) -> HttpResponse:
    return _template(request, staff_sheet.SHEET)


@opens_to(Verb.EQUIPMENT_KEEP)
@require_http_methods(["GET", "POST"])
def equipment(request: HttpRequest) -> HttpResponse:
    return _page(request, equipment_sheet.SHEET)


@opens_to(Verb.EQUIPMENT_KEEP)
@require_safe
def equipment_template(request: HttpRequest) -> HttpResponse:
    return _template(request, equipment_sheet.SHEET)


def _page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Empty, the dry run of a file, the faults of one as a file, or what was done."""
    if request.method == "GET":
        return _show(request, sheet, FileForm())
    act, form = request.POST.get("act", "look"), FileForm(request.POST, request.FILES)
    try:
        rows = _rows(sheet, form, request.POST.get("rows", ""))
        if rows is None:
            return _show(request, sheet, form, status=422)
        work = sheet.does if act == "do" else sheet.would
        outcome = work(rows, by_of(request), clock.now())
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        form.add_error(None, problem.message)
        return _show(request, sheet, form, status=problem.status)
    if act == "faults":
        return _faults(sheet, outcome)
    if act == "do":
        return render(request, "administration/sheet_done.html", {"sheet": sheet, "outcome": outcome})
    page = {"outcome": outcome, "rows": carried(rows)}
    return _show(request, sheet, FileForm(), status=422 if outcome.faults else 200, **page)


def _rows(sheet: Sheet, form: FileForm, packed: str) -> list[Row] | None:
    """The lines of the file, or those the page carried; None where neither came."""
    if packed:
        form.is_valid()
        form.errors.clear()
        return brought_back(packed)
    return read_table(form.cleaned_data["file"].read(), sheet.columns) if form.is_valid() else None


def _show(request: HttpRequest, sheet: Sheet, form: FileForm, *, status: int = 200, **more: object) -> HttpResponse:
    page = {"sheet": sheet, "form": form, "template": f"administration:{sheet.name}_template"} | more
    return render(request, "administration/sheet.html", page, status=status)


def _template(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if request.GET.get("form") == "csv":
        return _file(write_csv([column.title for column in sheet.columns], []), f"{sheet.name}.csv", "text/csv")
    content = write_template(sheet.columns, sheet.examples, _("What goes where"), _("Examples"))
    return _file(content, f"{sheet.name}.xlsx", EXCEL)


def _faults(sheet: Sheet, outcome: Outcome) -> HttpResponse:
    lines: Iterable[Sequence[object]] = ((one.number, one.column, one.says) for one in outcome.faults)
    return _file(write_csv([_("Line"), _("Column"), _("What is wrong")], lines), f"{sheet.name}-faults.csv", "text/csv")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
