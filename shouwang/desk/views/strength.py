"""Shares of strength by month, days in the community by week, and what one signs for oneself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.desk.staffing_forms import DayForm, key_of
from shouwang.desk.staffing_loads import grounds_of
from shouwang.desk.views.staffing import csv_file
from shouwang.duty.presence import Week, worked
from shouwang.people.access import NotVisible, may, spans
from shouwang.people.models import DutyEntry, Measure, Person, Posting, StaffingRule
from shouwang.people.routes import opens_to
from shouwang.people.staffing.ruling import rules_at
from shouwang.people.staffing.signing import OPEN_FOR, sign_day, strike_day
from shouwang.people.staffing.standing import lies_in
from shouwang.people.staffing.strength import shares_of
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

DAY, WEEK = dt.timedelta(days=1), 7


@opens_to(Verb.STAFFING_READ)
@require_safe
def strength(request: HttpRequest) -> HttpResponse:
    """Month by month; who is counted is for those who set the rules there."""
    by, at = actor_of(request), clock.now()
    rows = [(one, may(by, Verb.STAFFING_WRITE, one.area, at)) for one in shares_of(by, at)]
    return render(request, "desk/staffing/strength.html", {"nav": "strength", "rows": rows})


@dataclass(frozen=True)
class Lived:
    """One officer's week. `named`: whether the reader leads there; others see only how many kept the rule."""

    rule: StaffingRule
    person: Person
    area: Area
    week: Week
    named: bool


def _lived(monday: dt.date, by: Actor, at: dt.datetime) -> list[Lived]:
    rules = rules_at(by, at, Measure.DAYS)
    grounds = grounds_of({rule.role for rule in rules}, by, at)
    days = worked(grounds, monday, WEEK, at)
    people = Person.objects.in_bulk(grounds)
    nearest = {
        person: (rule, area)
        for rule in rules
        for person, area in grounds.items()
        if area.tier == rule.tier and lies_in(area, rule.area)
    }
    found = [
        Lived(rule, people[person], area, Week(tuple(days[person]), rule.hours, rule.fewest),
              may(by, Verb.STAFFING_WRITE, area, at))
        for person, (rule, area) in nearest.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.area.duty_path, one.person.name))


def _monday(request: HttpRequest, at: dt.datetime) -> dt.date:
    """Of the week asked for; otherwise of the last whole one."""
    today = clock.local_date(at)
    try:
        day = dt.date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = today - WEEK * DAY
    day = min(max(day, dt.date(2000, 1, 3)), today)
    return day - day.weekday() * DAY


@opens_to(Verb.STAFFING_READ)
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """One week of everybody the rule counts, in the order of the ground."""
    by, at = actor_of(request), clock.now()
    monday = _monday(request, at)
    rows = _lived(monday, by, at)
    page = {
        "nav": "days", "monday": monday, "dates": [monday + n * DAY for n in range(WEEK)],
        "rows": [(one, [_cell(one.week, n) for n in range(WEEK)]) for one in rows if one.named],
        "n": len(rows), "kept": sum(one.week.kept for one in rows),
        "explained": sum(one.week.explained for one in rows),
    }  # fmt: skip
    return render(request, "desk/staffing/days.html", page)


def _cell(week: Week, n: int) -> tuple[float, str, bool]:
    """Hours in the community on that day, why there are none, and whether the day counts."""
    day = week.days[n]
    why = pgettext("duty", "Leave") if day.leave else ""
    if not why and day.minutes.get("training"):
        why = pgettext("duty", "Training")
    if not why and day.minutes.get("level"):
        why = _("On a duty level")
    return day.hours, why, week.counts(day)


@opens_to(Verb.STAFFING_READ)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The week as the page names it, for a spreadsheet."""
    by, at = actor_of(request), clock.now()
    monday = _monday(request, at)
    headings = [
        pgettext("staffing", "Who"), pgettext("staffing", "Area"), *(monday + n * DAY for n in range(WEEK)),
        _("Days that count"), _("Days asked for"), _("Days excepted"),
    ]  # fmt: skip
    rows = (
        (
            one.person.name, one.area.name, *(_cell(one.week, n)[1] or _cell(one.week, n)[0] for n in range(WEEK)),
            one.week.n, one.week.wanted, one.week.n_excepted,
        )
        for one in _lived(monday, by, at) if one.named
    )  # fmt: skip
    return csv_file(f"days-{monday}.csv", write_csv(headings, rows))


@opens_to(Verb.SHIFT_SIGN)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """One's own days and postings; a POST signs for part of a day, or strikes it out."""
    by, at = actor_of(request), clock.now()
    today = clock.local_date(at)
    form, status = DayForm(request.POST or None, initial={"on": today}), 200
    if request.method == "POST" and request.POST.get("act") == "strike":
        _strike(key_of(request.POST.get("entry", "")), by, at)
        return redirect("desk:own_days")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                sign_day(on=told["on"], sort=told["sort"], minutes=form.minutes(), words=told["words"], by=by, at=at)
                return redirect("desk:own_days")
            except Problem as problem:
                status = say_in(form, problem)
    entries = DutyEntry.objects.filter(person=by.person_id, on__gte=today - 2 * OPEN_FOR).order_by("-on", "-id")
    postings = Posting.objects.filter(person=by.person_id).select_related("to_area", "from_area")
    page = {
        "nav": "mine", "form": form, "entries": [(one, one.on >= today - OPEN_FOR) for one in entries],
        "postings": postings.order_by("-starts_on"), "reads": bool(spans(by, Verb.STAFFING_READ, at)),
    }  # fmt: skip
    return render(request, "desk/staffing/mine.html", page, status=status)


def _strike(key: UUID, by: Actor, at: dt.datetime) -> None:
    entry = DutyEntry.objects.filter(pk=key, person=by.person_id).first()
    if entry is None:
        raise NotVisible
    strike_day(entry, by=by, at=at)
