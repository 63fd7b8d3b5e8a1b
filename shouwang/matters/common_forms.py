"""What the steps that every kind has ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import clean_line


class Line(forms.CharField):
    """One line of text, cleaned; its `max_length` counts what is kept."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return clean_line(text, self.max_length or 200) if text else text


class UuidList(forms.Field):
    """Several keys: a list, or one text with commas."""

    def clean(self, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else list(value or [])
        key = forms.UUIDField()
        found = [key.clean(part.strip() if isinstance(part, str) else part) for part in parts if part]
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class ReasonForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=200)


class MergeForm(forms.Form):
    into = forms.UUIDField(label=_("Join to"))


class SealForm(forms.Form):
    named = UuidList(label=_("Who may see it"))
    stand_in = forms.UUIDField(label=_("Stand-in"), required=False)
    reason = Line(label=_("Reason"), max_length=200)
