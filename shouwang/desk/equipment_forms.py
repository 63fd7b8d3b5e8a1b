"""Forms of the equipment ledger: what to look at, what to do with scanned numbers, one thing, one kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.duty.equipment.acts import ACTS
from shouwang.duty.equipment.handling import Given
from shouwang.duty.equipment.listing import Narrowing, offices_kept, possible_holders
from shouwang.duty.models import EquipmentForm, EquipmentKind, ItemState
from shouwang.people.forms import CHOOSE
from shouwang.places.models import Area
from shouwang.ui.inputs import DayInput

ALL = ("", pgettext_lazy("equipment", "All"))


class Dressed(forms.Form):
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-control"


class NarrowForm(Dressed):
    """What the address asks for; nonsense in it is left aside."""

    q = forms.CharField(label=_("Number, model, holder or unit"), max_length=60, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("equipment", "Kind"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("equipment", "Standing"), required=False, choices=[ALL, *ItemState.choices]
    )
    office = forms.ChoiceField(label=pgettext_lazy("equipment", "Office"), required=False)
    due = forms.BooleanField(label=_("Expires soon, or test due"), required=False)

    def __init__(self, *given: Any, offices: list[Area], **more: Any) -> None:
        super().__init__(*given, **more)
        names = EquipmentKind.objects.values_list("name", flat=True)
        self.fields["kind"].choices = [ALL, *((name, name) for name in names)]  # type: ignore[attr-defined]
        self.fields["office"].choices = [ALL, *((one.code, one.name) for one in offices)]  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        told = self.cleaned_data
        return Narrowing(
            told.get("kind", ""), told.get("state", ""), told.get("office", ""), told.get("q", ""),
            told.get("due", False),
        )  # fmt: skip


class HandleForm(Dressed):
    """One act on many numbers. `to` is `person:…` or `unit:…`."""

    act = forms.ChoiceField(label=_("What to do"), choices=[(name, act.label) for name, act in ACTS.items()])
    serials = forms.CharField(
        label=_("Numbers"), strip=False, max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("Scan one after the other, or paste a column. Blanks, commas and new lines divide them."),
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Issue to"), required=False, help_text=_("Only for issuing."))
    words = forms.CharField(
        label=_("What happened"), required=False, max_length=120, help_text=_("For a fault, a loss, writing off.")
    )
    percent = forms.IntegerField(
        label=_("Battery, percent"), required=False, min_value=0, max_value=100, help_text=_("For a battery test.")
    )

    def __init__(self, *given: Any, by: Actor, at: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        people, units = possible_holders(by, at)
        self._holders: dict[str, Any] = {f"person:{one.pk}": one for one in people}
        self._holders |= {f"unit:{one.pk}": one for one in units}
        named = [(f"person:{one.pk}", f"{one.name} {one.badge}".strip()) for one in people]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", CHOOSE), (_("Colleagues"), named),
            (pgettext_lazy("equipment", "Units"), [(f"unit:{one.pk}", one.name) for one in units]),
        ]  # fmt: skip

    def given(self) -> Given:
        told = self.cleaned_data
        to = self._holders.get(told["to"])
        side = {told["to"].partition(":")[0].replace("person", "holder"): to} if to else {}
        return Given(**side, words=told["words"], percent=told["percent"])


class ItemForm(Dressed):
    """One thing, new or to be corrected."""

    serial = forms.CharField(label=_("Number on it"), max_length=40)
    kind = forms.ModelChoiceField(
        label=pgettext_lazy("equipment", "Kind"), queryset=EquipmentKind.objects.all(), empty_label=CHOOSE
    )
    home = forms.ModelChoiceField(
        label=pgettext_lazy("equipment", "Office"), queryset=Area.objects.none(), empty_label=CHOOSE
    )
    model = forms.CharField(label=_("Model"), max_length=60, required=False)
    size = forms.CharField(label=pgettext_lazy("equipment", "Size"), max_length=20, required=False)
    terminal = forms.CharField(
        label=_("Terminal number"), max_length=20, required=False,
        help_text=_("Of a radio that reports its position. It is listed under “Terminals” too."),
    )  # fmt: skip
    expires_on = forms.DateField(label=_("Expires on"), required=False, widget=DayInput())
    tested_on = forms.DateField(label=_("Last tested on"), required=False, widget=DayInput())

    def __init__(self, *given: Any, by: Actor, at: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["home"].queryset = offices_kept(by, at)  # type: ignore[attr-defined]


class KindForm(Dressed):
    name = forms.CharField(label=_("Name of the kind"), max_length=40)
    form = forms.ChoiceField(label=_("What it is"), choices=EquipmentForm.choices)
    planned = forms.IntegerField(
        label=_("How many there ought to be"), min_value=0, max_value=1_000_000, initial=0,
        help_text=_("0 where nobody says."),
    )  # fmt: skip


def kind_of(text: str) -> EquipmentKind | None:
    """The kind whose id an address or a form carries; None when it is none."""
    try:
        return EquipmentKind.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
