"""Noting a hazard, or a thing with a date: what it is, and where, in words that are matched to a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.hazard.models import ItemSort
from shouwang.kinds.hazard.words import GROUPS, SORTS
from shouwang.places.finding import PlaceMatch, find_places
from shouwang.ui.inputs import DayInput

MOST = 6
SURE = 0.999  # the whole text was matched


class PlacedForm(forms.Form):
    """`place` once it is valid. Several places may be meant: then they are shown, and one is chosen."""

    place_text = forms.CharField(label=_("Place"), max_length=300)
    chosen = forms.ChoiceField(label=_("Which of these?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: list[PlaceMatch] = []
        self.place: PlaceMatch | None = None
        text = str(self.data.get("place_text", "")).strip()[:300] if self.is_bound else ""
        if text:
            self.places = find_places(text, limit=MOST)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (str(n), match.full_text) for n, match in enumerate(self.places)
        ]
        if len(self.places) < 2:
            self.fields["chosen"].widget = forms.HiddenInput()
        for name, field in self.fields.items():
            if name != "chosen" and not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        number = found.pop("chosen", "")
        if "place_text" not in found:
            return found
        if not self.places:
            self.add_error("place_text", _("This place is not known. Write the street and the number on the door."))
        elif number:
            self.place = self.places[int(number)]
        elif len(self.places) == 1 or self.places[0].score >= SURE > self.places[1].score:
            self.place = self.places[0]
        else:
            self.add_error("chosen", _("Several places may be meant. Choose one."))
        return found


class HazardForm(PlacedForm):
    subkind = forms.ChoiceField(label=_("What it is"))
    urgency = forms.TypedChoiceField(
        label=_("How soon"), coerce=int, initial=3,
        choices=((1, _("1 Somebody may be hurt today")), (2, _("2 Within days")), (3, _("3 In time"))),
    )  # fmt: skip
    gist = forms.CharField(label=_("What you saw"), max_length=200)

    field_order = ("subkind", "place_text", "chosen", "urgency", "gist")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subkind"].choices = [  # type: ignore[attr-defined]
            (label, [(sort.name, sort.label) for sort in SORTS if sort.group == group])
            for group, label in GROUPS.items()
        ]


class ItemForm(PlacedForm):
    sort = forms.ChoiceField(label=_("What it is"), choices=ItemSort.choices)
    premises = forms.CharField(label=_("Shop, building or stairway"), max_length=120)
    made_on = forms.DateField(
        label=_("Made on"), required=False, widget=DayInput(),
        help_text=_("As on its plate. An extinguisher of dry powder is good for ten years."),
    )  # fmt: skip

    field_order = ("sort", "premises", "place_text", "chosen", "made_on")
