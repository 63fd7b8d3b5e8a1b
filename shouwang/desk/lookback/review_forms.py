"""What a review asks: which matter and why, a finding with its grounds, what is to change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.oversight.models import Found
from shouwang.oversight.purposes import PURPOSES
from shouwang.oversight.reviewing.bases import RULES

TEXT = {"class": "form-control"}


class ReviewForm(forms.Form):
    number = forms.IntegerField(label=_("Number of the matter"), min_value=1, widget=forms.NumberInput(attrs=TEXT))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), min_length=4, max_length=120, widget=forms.TextInput(attrs=TEXT),
        help_text=_("What happened, and who asked for it; those whose acts it is about can read it"),
    )  # fmt: skip


class FindingForm(forms.Form):
    """`posts` and `entries` are those of the time line."""

    post = forms.ChoiceField(label=_("Of which post"), widget=forms.Select(attrs=TEXT))
    found = forms.ChoiceField(label=_("What you find"), widget=forms.Select(attrs=TEXT))
    entry = forms.ChoiceField(label=_("On which entry it rests"), widget=forms.Select(attrs=TEXT))
    rule = forms.ChoiceField(label=_("On which rule"), widget=forms.Select(attrs=TEXT))
    words = forms.CharField(label=_("Why, in your words"), max_length=500, widget=forms.TextInput(attrs=TEXT))

    def __init__(
        self, *given: Any, posts: list[tuple[str, str]], entries: list[tuple[str, str]], **more: Any
    ) -> None:  # fmt: skip
        super().__init__(*given, **more)
        rules = [(key, f"{key} · {one}") for key, one in RULES.items()]
        kinds = [(one.value, one.label) for one in Found]
        lists: dict[str, list[tuple[str, Any]]] = {"post": posts, "entry": entries, "found": kinds, "rule": rules}
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Please choose")), *choices]


class CloseForm(forms.Form):
    measures = forms.CharField(
        label=_("What is to change"), max_length=500, widget=forms.Textarea(attrs=TEXT | {"rows": 3}),
        help_text=_("Rosters, equipment, rules, training; nothing is decided against anybody here"),
    )  # fmt: skip
