"""Staffing: each area against its rules, the file of it, and the rules with where they come from."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.desk.staffing_forms import NarrowForm, RuleForm, key_of
from shouwang.desk.staffing_loads import loads_for
from shouwang.people.access import NotVisible, may, spans
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.routes import opens_to
from shouwang.people.staffing.ruling import end_rule, rules_seen, set_rule
from shouwang.people.staffing.standing import Place, moves_for, places_of, sums_of
from shouwang.people.verbs import Verb

ON_A_PAGE = 50


@opens_to(Verb.STAFFING_READ)
@require_safe
def staffing(request: HttpRequest) -> HttpResponse:
    """Every area that a rule counts on, narrowed by the address; on how many the rule is kept; possible moves."""
    by, at = actor_of(request), clock.now()
    places = places_of(by, at, loads_for(by, at))
    narrow = NarrowForm(request.GET, places=places)
    asked = request.GET.copy()
    asked.pop("page", None)
    page = {
        "nav": "staffing", "narrow": narrow, "query": asked.urlencode(), "sums": sums_of(places),
        "moves": moves_for(places), "writes": bool(spans(by, Verb.STAFFING_WRITE, at)),
        "page": Paginator(narrow.narrowed(places), ON_A_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "desk/staffing/staffing.html", page)


@opens_to(Verb.STAFFING_READ)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What the page shows, whole, for a spreadsheet."""
    by, at = actor_of(request), clock.now()
    places = places_of(by, at, loads_for(by, at))
    headings = [
        pgettext("staffing", "Area"), pgettext("staffing", "Code"), pgettext("staffing", "Post"),
        pgettext("staffing", "Rule"),
        _("Where the norm comes from"), pgettext("staffing", "Asked for"), pgettext("staffing", "There"),
        pgettext("staffing", "Missing"), pgettext("equipment", "Standing"), pgettext("staffing", "Who"),
    ]  # fmt: skip
    rows = (
        (
            one.area.name, one.area.code, one.role_name, one.rule.name, one.rule.source, one.needed, one.n,
            one.missing, one.says, _names(one),
        )
        for one in NarrowForm(request.GET, places=places).narrowed(places)
    )  # fmt: skip
    return csv_file(f"staffing-{clock.local_date(at)}.csv", write_csv(headings, rows))


def _names(place: Place) -> str:
    return "；".join(
        f"{one.post.person.name}（{'，'.join(one.shared)}）" if one.shared else one.post.person.name
        for one in place.held
    )


def csv_file(name: str, content: bytes) -> HttpResponse:
    told = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=told)


@opens_to(Verb.STAFFING_READ)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules that hold and those that held; a POST sets one, or ends one."""
    by, at = actor_of(request), clock.now()
    seen = rules_seen(by, at)
    writes = bool(spans(by, Verb.STAFFING_WRITE, at))
    if request.method == "POST" and request.POST.get("act") == "end":
        rule = seen.filter(pk=key_of(request.POST.get("rule", ""))).first()
        if rule is None:
            raise NotVisible
        end_rule(rule, by=by, at=at)
        return redirect("desk:staffing_rules")
    form, status = RuleForm(request.POST or None, by=by, at=at), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_rule(form.norm(), area=form.cleaned_data["area"], by=by, at=at)
                return redirect("desk:staffing_rules")
            except Problem as problem:
                status = say_in(form, problem)
    rows = [
        (one, ROLE_TABLE[one.role].label if one.role in ROLE_TABLE else "", may(by, Verb.STAFFING_WRITE, one.area, at))
        for one in seen
    ]
    page = {
        "nav": "rules", "form": form if writes else None, "now": [row for row in rows if row[0].during.upper is None],
        "past": [row for row in rows if row[0].during.upper is not None],
    }  # fmt: skip
    return render(request, "desk/staffing/rules.html", page, status=status)
