"""Closing a road: which, where along it, why, until when; and how fast each group of roads is at each hour."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.dispatch.closing_roads import FASTEST, SLOWEST
from shouwang.solvers.roads import GROUPS
from shouwang.ui.inputs import MinuteInput

WORDS = dict(
    zip(GROUPS, (_("Main roads"), pgettext_lazy("roads", "Streets"), pgettext_lazy("roads", "Lanes")), strict=True)
)
BOX = {"class": "form-control", "inputmode": "numeric", "size": 4}


class RoadForm(forms.Form):
    name = forms.CharField(label=_("Which road"), max_length=60)
    reason = forms.CharField(label=pgettext_lazy("road", "Why it is closed"), max_length=120)
    begins_at = forms.DateTimeField(label=pgettext_lazy("road", "Closed from"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=pgettext_lazy("road", "Open again at"), widget=MinuteInput())
    corners = forms.CharField(
        label=_("Points along it, one a line (longitude, latitude); a click on the map adds one"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One point closes the road between two junctions; several close all from the first to the last."),
    )  # fmt: skip
    one_way = forms.BooleanField(label=_("Only in the direction of the points"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "one_way":
                field.widget.attrs["class"] = "form-control"


class HoursForm(forms.Form):
    """A percentage for each hour and group: `main-7` is the main roads from 07:00 to 08:00."""

    def __init__(self, *args: Any, percent: dict[str, list[int]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in WORDS.items():
            for hour in range(24):
                label = f"{words} {hour:02}:00–{hour + 1:02}:00"
                self.fields[f"{name}-{hour}"] = forms.IntegerField(
                    label=label, min_value=SLOWEST, max_value=FASTEST, initial=percent[name][hour] if percent else 100,
                    widget=forms.TextInput(attrs=BOX | {"aria-label": label}),
                )  # fmt: skip

    def percent(self) -> dict[str, list[int]]:
        """Once it is valid."""
        return {name: [self.cleaned_data[f"{name}-{hour}"] for hour in range(24)] for name in GROUPS}

    def rows(self) -> list[tuple[int, int, list[Any]]]:
        """(from hour, until hour, one field for each group)."""
        return [(hour, hour + 1, [self[f"{name}-{hour}"] for name in GROUPS]) for hour in range(24)]
