"""Day logs: which shifts there were, and the log of one on a page, as a file, with lines added by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.connections.sheets.writing import write_csv, write_xlsx
from shouwang.core import clock
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.desk.day_log import drawn, log_of
from shouwang.desk.loading import actor_of
from shouwang.desk.narrowing import narrowed_to
from shouwang.desk.records import say_in
from shouwang.duty.models import LogLine, Watch
from shouwang.duty.watches import add_line, may_log, watch_seen, watches_seen
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.inputs import DayInput, MinuteInput

ON_A_PAGE, SHIFTS = 100, 30
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DayForm(forms.Form):
    """What the address asks for; nonsense in it is left aside."""

    day = forms.DateField(label=_("Day"), required=False, widget=DayInput({"class": "form-control"}))


class LineForm(forms.Form):
    happened_at = forms.DateTimeField(
        label=pgettext_lazy("day log", "When it happened"), widget=MinuteInput({"class": "form-control"})
    )
    text = forms.CharField(
        label=_("What happened"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    )
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput())


@opens_to(Verb.ROSTER_READ)
@require_GET
def day_logs(request: HttpRequest) -> HttpResponse:
    """Shifts that have begun, the newest first; `?day=` those of a day, `?area=` those of a part of the ground."""
    by, at = actor_of(request), clock.now()
    form, only = DayForm(request.GET or None), narrowed_to(by, at, request.GET.get("area", ""))
    rows = watches_seen(by, at).filter(during__startswith__lte=at)
    if only is not None:
        rows = rows.filter(duty_path__startswith=only.duty_path)
    if form.is_valid() and (day := form.cleaned_data["day"]):
        begins = dt.datetime.combine(day, dt.time(), SHANGHAI)
        rows = rows.filter(during__overlap=(begins, begins + dt.timedelta(days=1)))
    page = Paginator(rows.order_by("-during"), SHIFTS).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    told = {"nav": "day_logs", "form": form, "page": page, "only": only, "query": asked.urlencode()}
    return render(request, "desk/rosters/day_logs.html", told)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def day_log(request: HttpRequest, key: UUID) -> HttpResponse:
    """The log, the last page first; a POST adds a line."""
    by, at = actor_of(request), clock.now()
    row = watch_seen(key, by, at)
    correcting = _line(row, request.GET.get("corrects", ""))
    form = LineForm(request.POST or None, initial=_begun(row, correcting, at))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            add_line(
                row, told["text"], happened_at=told["happened_at"], corrects=_line(row, told["corrects"]), by=by, at=at
            )
            return redirect("desk:day_log", key=row.pk)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            say_in(form, problem)
    log = log_of(row, by, at)
    pages = Paginator(log.keys, ON_A_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    told = {
        "nav": "day_logs", "row": row, "form": form, "page": page, "cut": log.cut, "correcting": correcting, "at": at,
        "lines": drawn(list(page.object_list), by, at, get_language() or "zh-hans"),
        "logs": may_log(row, by, at), "query": "",
    }  # fmt: skip
    return render(request, "desk/rosters/day_log.html", told, status=422 if form.errors else 200)


@opens_to(Verb.ROSTER_READ)
@require_GET
def day_log_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """All of it as a table: CSV, or with `?as=xlsx` Excel."""
    by, at = actor_of(request), clock.now()
    row = watch_seen(key, by, at)
    lines = [
        (f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", one.matter.number if one.matter else "", one.words)
        for one in drawn(log_of(row, by, at).keys, by, at, get_language() or "zh-hans")
    ]
    headings = [_("Time"), _("Number"), _("What happened")]
    excel = request.GET.get("as") == "xlsx"
    name = f"daylog-{row.during.lower.astimezone(SHANGHAI):%Y%m%d-%H%M}.{'xlsx' if excel else 'csv'}"
    content = write_xlsx(headings, lines) if excel else write_csv(headings, lines)
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=EXCEL if excel else "text/csv; charset=utf-8", headers=told)


def _line(row: Watch, key: Any) -> LogLine | None:
    """A line of this log, to be corrected."""
    try:
        wanted = UUID(str(key)) if key else None
    except ValueError:
        wanted = None
    return get_object_or_404(LogLine, watch=row, pk=wanted) if wanted else None


def _begun(row: Watch, correcting: LogLine | None, at: dt.datetime) -> dict[str, Any]:
    if correcting is not None:
        return {"happened_at": correcting.at, "corrects": correcting.pk}
    return {"happened_at": min(at, row.during.upper)}
