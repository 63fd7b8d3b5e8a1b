"""What the steps of a visit ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.common_forms import Line, UuidList
from shouwang.ui.inputs import MinuteInput


class AppointForm(forms.Form):
    on_at = forms.DateTimeField(label=_("Day and hour"), widget=MinuteInput())
    staff = UuidList(label=_("Who goes"))
    device = forms.UUIDField(label=_("Device"), required=False)


class MetForm(forms.Form):
    code = Line(label=_("Code that the person says"), max_length=8, required=False)
    why_no_code = Line(label=_("Why without the code"), max_length=120, required=False)
    receipt = Line(label=_("Receipt of the certificate system"), max_length=40, required=False)
    asked_for = Line(label=_("What was asked for"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not any(found.get(name) for name in ("code", "why_no_code", "receipt")) and not self.errors:
            self.add_error("code", _("Ask for the code, or say why there is none."))
        return found


class DeclineForm(forms.Form):
    reason = Line(label=_("What the person said"), max_length=200)
