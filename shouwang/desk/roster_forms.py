"""Forms of rosters: what is asked for, and the lines of a duty model as a page sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shouwang.duty.rosters.asking import MOST_DAYS
from shouwang.duty.rosters.slots import MOST_SLOTS
from shouwang.ui.inputs import DayInput

COLUMNS = ("name", "team", "begins", "hours", "number", "needs", "ground", "unit")


class Count(forms.IntegerField):
    widget = forms.NumberInput(attrs={"class": "form-control"})


class RosterForm(forms.Form):
    model = forms.ChoiceField(label=_("Duty model"), widget=forms.Select(attrs={"class": "form-control"}))
    first_on = forms.DateField(label=_("First day"), widget=DayInput({"class": "form-control"}))
    days = Count(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=14)
    rest_h = Count(label=_("Hours of rest between two shifts, at least"), min_value=0, max_value=24, initial=11)
    nights = Count(label=_("Nights running, at most"), min_value=1, max_value=14, initial=3)
    running = Count(label=_("Days running, at most"), min_value=1, max_value=14, initial=6)
    week_h = Count(label=_("Hours in seven days, at most"), min_value=8, max_value=120, initial=48)

    def __init__(self, *given: Any, models: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["model"].choices = models  # type: ignore[attr-defined]


def lines_of(told: QueryDict) -> list[dict[str, Any]]:
    """The lines of a model: `name-0`, `begins-0`, … as far as they go."""
    return [
        {column: told.get(f"{column}-{n}", "") for column in COLUMNS} | {"weekdays": told.getlist(f"weekdays-{n}")}
        for n in range(MOST_SLOTS + 2)
        if f"name-{n}" in told
    ]
