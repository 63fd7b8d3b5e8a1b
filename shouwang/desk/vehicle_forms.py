"""Calling for the owner of a vehicle: its plate, what is wrong with it, where it stands, a photo."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.desk.safety_forms import PlacedForm
from shouwang.evidence.content import open_photo
from shouwang.evidence.limits import check_size
from shouwang.registry.models.vehicle import VehicleReason


class CallForm(PlacedForm):
    plate = forms.CharField(label=_("Plate"), max_length=12)
    reason = forms.ChoiceField(
        label=_("What is wrong with it"), choices=VehicleReason.choices, widget=forms.RadioSelect
    )
    photo = forms.FileField(
        label=_("Photo of the vehicle, nobody in it"), required=False,
        help_text=_("Erased after 30 days, with the plate"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    field_order = ("plate", "reason", "place_text", "photo")

    def clean_photo(self) -> bytes | None:
        """What it shows; refused before anybody is told."""
        file = self.cleaned_data["photo"]
        if file is None:
            return None
        data: bytes = file.read()
        try:
            check_size(len(data))
            open_photo(data)
        except Problem as problem:
            raise forms.ValidationError(problem.message) from problem
        return data
