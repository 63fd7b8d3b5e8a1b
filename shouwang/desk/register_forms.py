"""What is typed into the registers: who is looked for, who lives where, what was declared. Closed lists (REG-03)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.registry.declaring import KINDS
from shouwang.registry.forms import CorrectionFields, ResidenceFields, ResidentFields, day
from shouwang.registry.lists import Declarer, DocumentKind, Register, Relation


class Styled(forms.Form):
    """Fields with the look of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput | forms.RadioSelect):
                field.widget.attrs["class"] = "form-control"


class SearchForm(Styled):
    """Who and where; either may stay empty."""

    who = forms.CharField(
        label=pgettext_lazy("registers", "Who"), required=False, max_length=80,
        help_text=_("Name or part of it, pinyin, initials; whole document number; telephone or its last four; plate"),
    )  # fmt: skip
    place = forms.CharField(
        label=pgettext_lazy("registers", "Where"), required=False, max_length=120, help_text=_("Street, estate, number")
    )
    register = forms.ChoiceField(
        label=_("Look for"), required=False, initial=Register.RESIDENT, widget=forms.RadioSelect,
        choices=[(Register.RESIDENT.value, _("a resident")), (Register.ORGANISATION.value, _("an organisation"))],
    )  # fmt: skip


class ResidentForm(Styled, ResidentFields):
    """What a person told and showed."""


class RegistrationForm(Styled, ResidenceFields):
    """A resident and where he lives."""

    address_text = forms.CharField(label=_("Address"), max_length=200)
    address = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("address_text", "address")


class MovingForm(Styled):
    """Somebody known who moves in."""

    address_text = forms.CharField(label=_("Address"), max_length=200)
    address = forms.UUIDField(required=False, widget=forms.HiddenInput)
    relation = forms.ChoiceField(label=_("Belongs to the dwelling as"), choices=Relation.choices)
    from_on = day(label=_("Lives there since"))


class CorrectionForm(Styled, CorrectionFields):
    """What can be put right at the person's own wish."""


class CounterForm(Styled):
    """The document in the officer's hand, and the code on the resident's own phone."""

    doc_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    doc_no = forms.CharField(label=_("Document number"), max_length=24, help_text=_("Typed from the document itself"))
    code = forms.CharField(
        label=_("Code on the resident’s phone"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class BuildingForm(Styled):
    """Which building, and the matter that calls for opening it."""

    reference = forms.CharField(label=_("Number of the matter"), max_length=20)
    address_text = forms.CharField(label=_("Address of the building"), max_length=200)


class AnswerForm(Styled):
    """The answer to a request about one's own record; the person reads it."""

    done = forms.CharField(label=_("What was done, or the answer"), max_length=300, required=False)
    reason = forms.CharField(label=_("Why it is not done"), max_length=300, required=False)
    remedy = forms.CharField(
        label=_("What the person can do now"), max_length=300, required=False,
        help_text=_("For example: complain to the bureau, or go to court (Personal Information Protection Law 50)."),
    )  # fmt: skip


class DeclarationForm(Styled):
    """What is declared for somebody at the door or at the counter."""

    kind = forms.ChoiceField(label=_("What is declared"))
    declarer = forms.ChoiceField(label=_("Declared by"), choices=Declarer.choices, initial=Declarer.OFFICER)
    address_text = forms.CharField(label=_("Address"), max_length=200)
    address = forms.UUIDField(required=False, widget=forms.HiddenInput)
    happened_on = day(label=_("When it happened"))
    name = forms.CharField(label=_("Name, as on the document"), max_length=60)
    doc_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    doc_no = forms.CharField(label=_("Document number"), max_length=24)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: list[tuple[str, Any]] = [(name, kind.label) for name, kind in KINDS.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
