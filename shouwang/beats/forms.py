"""What is asked about a beat: its area and team, a window, a point, a change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.beats.keeping import FEWEST, MOST_CAP, MOST_PASSES
from shouwang.beats.models.beat import DEFAULT_CAP
from shouwang.beats.words import PlaceKind
from shouwang.ui.inputs import MinuteInput

_NOBODY = pgettext_lazy("beat", "nobody yet")


def _hours(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput(attrs={"type": "time"}))


class _Form(forms.Form):
    def __init__(self, *args: Any, teams: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "team" in self.fields:
            self.fields["team"].choices = [("", _NOBODY), *teams]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class BeatForm(_Form):
    area = forms.ChoiceField(label=_("Area drawn as a beat"))
    sector = forms.ChoiceField(label=_("Sector it belongs to"), required=False)
    team = forms.ChoiceField(label=_("Team that walks it"), required=False)
    cap_times = forms.FloatField(
        label=_("At most so many times its share"), min_value=1, max_value=MOST_CAP, initial=DEFAULT_CAP
    )

    def __init__(self, *args: Any, areas: Any, sectors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["sector"].choices = [("", pgettext_lazy("beat", "none")), *sectors]  # type: ignore[attr-defined]


class TeamForm(_Form):
    team = forms.ChoiceField(label=_("Team that walks it"), required=False)
    cap_times = forms.FloatField(label=_("At most so many times its share"), min_value=1, max_value=MOST_CAP)


class WindowForm(_Form):
    begins = _hours(pgettext_lazy("beat", "From"))
    ends = _hours(pgettext_lazy("beat", "Until"))
    min_passes = forms.IntegerField(label=_("Passes at least"), min_value=FEWEST, max_value=MOST_PASSES, initial=FEWEST)
    team = forms.ChoiceField(label=_("Another team in this window"), required=False)


class PointForm(_Form):
    name = forms.CharField(label=_("Name of the point"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of place"), choices=PlaceKind.choices)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    begins = _hours(_("From (empty: usual for its kind)"), required=False)
    ends = _hours(_("Until (empty: usual for its kind)"), required=False)


class ChangeForm(_Form):
    begins_at = forms.DateTimeField(label=pgettext_lazy("beat", "From"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=pgettext_lazy("beat", "Until"), widget=MinuteInput())
    team = forms.ChoiceField(label=_("Team that walks it instead (empty: not walked)"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class CornersForm(_Form):
    """A line or a border, drawn on the map or typed."""

    name = forms.CharField(label=pgettext_lazy("beat", "Name"), max_length=60)
    corners = forms.CharField(
        label=_("Corners, one a line (longitude, latitude); a click on the map adds one"), max_length=9000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
