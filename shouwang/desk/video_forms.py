"""The register of cameras, and asking for a clip."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.command.models import CameraOwner
from shouwang.command.video_rounds import Registered
from shouwang.ui.inputs import MinuteInput

PLACE = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*")


class VideoForm(forms.Form):
    """Its fields look like those of the desk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class CameraForm(VideoForm):
    name = forms.CharField(label=_("Name of the camera"), max_length=60)
    place_text = forms.CharField(label=_("Place"), max_length=120)
    position = forms.CharField(
        label=_("Longitude and latitude"), max_length=40, help_text=_("For example 111.43, 27.69")
    )
    owner = forms.ChoiceField(label=_("Who runs it"), choices=CameraOwner.choices)
    purpose = forms.CharField(label=_("What it is there for"), max_length=120)
    filing = forms.CharField(label=_("Filing number with the county police"), max_length=40)

    def clean_position(self) -> tuple[float, float]:
        found = PLACE.fullmatch(self.cleaned_data["position"])
        if found is None:
            raise forms.ValidationError(_("Two numbers with a comma between them, longitude first."))
        return float(found[1]), float(found[2])

    def registered(self) -> Registered:
        """Once it is valid."""
        given = dict(self.cleaned_data)
        lon, lat = given.pop("position")
        return Registered(lon=lon, lat=lat, **given)


class ClipForm(VideoForm):
    number = forms.CharField(label=_("For which matter (number)"), max_length=12)
    starts_at = forms.DateTimeField(label=_("Clip from"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=_("Clip until"), widget=MinuteInput())
    reason = forms.CharField(label=_("Why it is needed"), max_length=200)
