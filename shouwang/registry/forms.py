"""The field lists of the registers (tables 3.2–3.5, C23): one list for the desk, the phone and the checks.

A phone that filled in an older list sends its VERSION along; what was written on a list that is no longer known is kept
aside. Whoever changes a list raises VERSION (a test compares them).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.registry.lists import (
    BuildingUse,
    Category,
    DocumentKind,
    LetFor,
    Occupancy,
    Relation,
    Sex,
    StaffBand,
    Trade,
    UnitKind,
)
from shouwang.ui.inputs import DayInput

VERSION = 1
NOT_SAID: list[tuple[str, Any]] = [("", "—")]


class FormFaulty(Problem):
    code, status = "registry.form_faulty", 422
    says = _("A field of this form does not fit its list. What was written is kept for your lead.")


def day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=DayInput(), **more)


class ResidentFields(forms.Form):
    """What a person told and showed."""

    name = forms.CharField(label=_("Name, as on the document"), max_length=60)
    category = forms.ChoiceField(label=_("Kind of registration"), choices=Category.choices)
    doc_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    doc_no = forms.CharField(label=_("Document number"), max_length=24)
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False, help_text=_("With consent; may be left out")
    )
    emergency_contact = forms.CharField(
        label=_("Whom to call in an emergency"), max_length=120, required=False, help_text=_("Name and number")
    )
    look_for_me = forms.BooleanField(label=_("Wishes to be looked for in an emergency"), required=False)


class ResidenceFields(ResidentFields):
    """A resident and how he lives there. Sex where the item needs it."""

    relation = forms.ChoiceField(label=_("Belongs to the dwelling as"), choices=Relation.choices)
    from_on = day(label=_("Lives there since"))
    to_on = day(label=_("Expected until"), required=False)
    sex = forms.TypedChoiceField(
        label=_("Sex, where the item needs it"), choices=Sex.choices, coerce=int, initial=Sex.NOT_STATED, required=False
    )


class CorrectionFields(forms.Form):
    """What can be put right at the person's own wish."""

    name = forms.CharField(label=_("Name, as on the document"), max_length=60)
    category = forms.ChoiceField(label=_("Kind of registration"), choices=Category.choices)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    emergency_contact = forms.CharField(label=_("Whom to call in an emergency"), max_length=120, required=False)


class DwellingFields(forms.Form):
    """What stands at an address, and how safe it is."""

    building_use = forms.ChoiceField(label=_("Used as"), choices=BuildingUse.choices)
    occupancy = forms.ChoiceField(label=_("Lived in by"), choices=Occupancy.choices)
    rooms = forms.IntegerField(label=_("Rooms"), required=False, min_value=0, max_value=999)
    beds = forms.IntegerField(label=_("Beds"), required=False, min_value=0, max_value=999)
    let_for = forms.ChoiceField(label=_("Let for"), required=False, choices=[*NOT_SAID, *LetFor.choices])
    letting_no = forms.CharField(label=_("Letting register number"), required=False, max_length=40)
    landlord_contact = forms.CharField(
        label=_("Landlord’s contact"), required=False, max_length=120, help_text=_("Name and number")
    )
    last_check_on = day(label=_("Safety last checked on"), required=False)
    hazards = forms.IntegerField(label=_("Open hazards"), required=False, min_value=0, max_value=99)


class OrganisationFields(forms.Form):
    """What its licence says, and what a visit saw."""

    unit_name = forms.CharField(label=_("Name, as on the licence"), max_length=120)
    unit_kind = forms.ChoiceField(label=_("Kind of unit"), choices=UnitKind.choices)
    special_trade = forms.ChoiceField(
        label=_("Which special trade"), required=False, choices=[*NOT_SAID, *Trade.choices],
        help_text=_("Only where the kind is a special trade"),
    )  # fmt: skip
    credit_code = forms.CharField(label=_("Credit code"), required=False, max_length=18)
    licence_no = forms.CharField(label=_("Licence number"), required=False, max_length=40)
    licence_expires_on = day(label=_("Licence runs out on"), required=False)
    unit_contact = forms.CharField(
        label=_("Person in charge"), required=False, max_length=120, help_text=_("Name and number")
    )
    staff_band = forms.ChoiceField(label=_("Number of staff"), required=False, choices=[*NOT_SAID, *StaffBand.choices])
    has_guards = forms.NullBooleanField(label=_("Has guards"), required=False)


FIELD_LISTS: dict[str, type[forms.Form]] = {
    "residence": ResidenceFields,
    "dwelling": DwellingFields,
    "organisation": OrganisationFields,
    "unit": OrganisationFields,
    "correction": CorrectionFields,
}
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.NullBooleanField, "yes_no"), (forms.BooleanField, "tick"), (forms.ChoiceField, "choice"),
    (forms.DateField, "day"), (forms.IntegerField, "number"), (forms.Field, "text"),
)  # fmt: skip


def field_lists() -> dict[str, Any]:
    """All lists as data, in the reader's language: {"version", "forms": {name: [{name, label, kind, …}]}}."""
    return {"version": VERSION, "forms": {name: _listed(form) for name, form in FIELD_LISTS.items()}}


def cleaned(name: str, told: dict[str, Any], only: set[str] | None = None) -> dict[str, Any]:
    """The values of a filled-in list, checked; `only` these fields where just some were changed.

    Raises  FormFaulty naming the first field that does not fit, also one that the list does not have
    """
    form = FIELD_LISTS[name](told)
    strange = [field for field, value in told.items() if not isinstance(value, str | int | bool | None)]
    unknown = [*sorted(set(told) - set(form.fields)), *strange]
    if unknown:
        raise FormFaulty(label=unknown[0][:40], fault=_("there is no such field"))
    for field in set(form.fields) - only if only is not None else ():
        del form.fields[field]
    if not form.is_valid():
        field, faults = next(iter(form.errors.items()))
        raise FormFaulty(field=field, label=form.fields[field].label or field, fault=" ".join(map(str, faults)))
    return form.cleaned_data


def _listed(form: type[forms.Form]) -> list[dict[str, Any]]:
    return [_described(name, field) for name, field in form.base_fields.items()]


def _described(name: str, field: forms.Field) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name, "label": str(field.label), "kind": next(kind for cls, kind in KINDS if isinstance(field, cls)),
        "required": field.required, "help": str(field.help_text), "initial": field.initial,
    }  # fmt: skip
    if told["kind"] == "choice":
        told["choices"] = [[value, str(label)] for value, label in field.choices]  # type: ignore[attr-defined]
    limits = {"longest": "max_length", "least": "min_value", "most": "max_value"}
    return told | {key: value for key, limit in limits.items() if (value := getattr(field, limit, None)) is not None}
