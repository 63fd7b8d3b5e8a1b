"""Figures of patrols over a period: heads a day, person-times, minutes on foot, base and overlay, branches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.desk.patrols.other_forms import PeriodForm
from shouwang.desk.views.staffing import csv_file
from shouwang.patrols.counting import figures_of
from shouwang.patrols.models import Branch, Cover, Mode, Party
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.PATROL_READ)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`?first=2026-11-01&last=2026-11-30`; the last 30 days unless said otherwise."""
    by, at = actor_of(request), clock.now()
    form, period = PeriodForm.asked(request.GET, at)
    found = figures_of(by, period, at)
    page = {
        "nav": "figures", "form": form, "found": found, "parties": [label for _name, label in Party.choices],
        "days": [
            (day, sum(of.values()), [of.get(party, 0) for party in Party.values])
            for day, of in reversed(found.heads.items())
        ],
        "modes": [(label, found.minutes[name]) for name, label in Mode.choices if name in found.minutes],
        "covers": [(label, found.by_cover[name]) for name, label in Cover.choices],
        "branches": [(label, found.by_branch[name]) for name, label in Branch.choices if name in found.by_branch],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "desk/patrols/figures.html", page)


@opens_to(Verb.PATROL_READ)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Heads by day and party, for a spreadsheet."""
    by, at = actor_of(request), clock.now()
    _form, period = PeriodForm.asked(request.GET, at)
    found = figures_of(by, period, at)
    headings = [pgettext("patrol", "Day"), pgettext("patrol", "People"), *(label for _name, label in Party.choices)]
    rows = ((day, sum(of.values()), *(of.get(party, 0) for party in Party.values)) for day, of in found.heads.items())
    return csv_file(f"patrol-heads-{period.first}-{period.last}.csv", write_csv(headings, rows))
