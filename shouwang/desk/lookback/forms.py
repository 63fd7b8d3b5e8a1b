"""What a look back asks: when, where, what for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.oversight.presences import SMALLEST_M, WIDEST_M
from shouwang.oversight.purposes import PURPOSES
from shouwang.ui.inputs import MinuteInput


def _moment(label: Any) -> forms.DateTimeField:
    widget = MinuteInput(attrs={"class": "form-control"})
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class Stated(forms.Form):
    """A stretch of time, and what it is looked back at for."""

    starts_at = _moment(_("From when"))
    ends_at = _moment(_("To when"))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), min_length=4, max_length=120, widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=_("Which call, which complaint; those who are looked at can read it"),
    )  # fmt: skip


class ReplayForm(Stated):
    """`areas`: the grounds one may look back at, as (id, name)."""

    area = forms.ChoiceField(label=_("Ground"), widget=forms.Select(attrs={"class": "form-control"}))
    field_order = ("area", "starts_at", "ends_at", "purpose", "reason")

    def __init__(self, *given: Any, areas: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]  # a choice field has them


class PresenceForm(Stated):
    """The matter it is asked for, and a place: its own where none is written."""

    number = forms.IntegerField(
        label=_("Number of the matter"), min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=_("Empty: the place of the matter"),
    )  # fmt: skip
    radius_m = forms.IntegerField(
        label=_("Within how many metres"), min_value=SMALLEST_M, max_value=WIDEST_M, initial=150,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )  # fmt: skip
    field_order = ("number", "place", "radius_m", "starts_at", "ends_at", "purpose", "reason")
