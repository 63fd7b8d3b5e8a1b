"""What is asked about a night-economy zone: its border and hours, a place in it, a task, how a task stands, its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.beats.models import SpotKind, TaskKind
from shouwang.ui.inputs import DayInput


def hours(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput(attrs={"type": "time"}))


class Asked(forms.Form):
    """`choices` fill the fields of that name."""

    def __init__(self, *args: Any, choices: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class ZoneForm(Asked):
    name = forms.CharField(label=pgettext_lazy("night zone", "Name of the zone"), max_length=60)
    ground = forms.ChoiceField(label=_("Whose ground"))
    begins = hours(pgettext_lazy("night zone", "Busy from"))
    ends = hours(pgettext_lazy("night zone", "Until (earlier: the next day)"))
    corners = forms.CharField(
        label=_("Corners, one a line (longitude, latitude); a click on the map adds one"), max_length=9000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class SpotForm(Asked):
    kind = forms.ChoiceField(label=_("Kind of place"), choices=SpotKind.choices)
    name = forms.CharField(label=pgettext_lazy("night zone", "Its name"), max_length=60)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    closes = hours(pgettext_lazy("night zone", "Closes at"), required=False)


class TaskForm(Asked):
    kind = forms.ChoiceField(label=pgettext_lazy("night zone", "Kind of task"), choices=TaskKind.choices)
    text = forms.CharField(label=pgettext_lazy("night zone", "What is to be done"), max_length=200)
    post = forms.ChoiceField(label=_("Post that answers for it"))
    body = forms.CharField(label=_("Body it turns to, such as the lighting office"), max_length=60, required=False)
    due_on = forms.DateField(label=pgettext_lazy("night zone", "Last day"), widget=DayInput())


class OutcomeForm(Asked):
    outcome = forms.CharField(
        label=pgettext_lazy("night zone", "What came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
