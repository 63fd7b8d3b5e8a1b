"""What is declared from home: by the person himself, or by whoever lets, employs, manages or hosts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.problem import Problem
from shouwang.portal.reporting import Control
from shouwang.registry.declaring import KINDS
from shouwang.registry.lists import Declarer, DocumentKind
from shouwang.registry.protecting import checked_document
from shouwang.ui.inputs import DayInput

AT_HOME = [one for one in Declarer if one != Declarer.OFFICER]


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **more)


class DeclareForm(Control):
    """REG-03: these fields and no other."""

    declarer = forms.ChoiceField(label=_("Who are you?"), choices=[(one.value, one.label) for one in AT_HOME])
    kind = forms.ChoiceField(label=_("What has happened?"))
    address_text = forms.CharField(
        label=_("Where: street, number, building, unit and room"), max_length=200,
        error_messages={"required": _("Write the address as on the door plate.")},
    )  # fmt: skip
    address = forms.ChoiceField(label=_("Which of these is it?"), required=False, widget=forms.RadioSelect)
    happened_on = _day(_("Since when, or on which day?"))
    until = _day(_("Expected until"), required=False, help_text=_("If it is known."))
    name = forms.CharField(label=_("Name of the person, as on the document"), max_length=60)
    doc_kind = forms.ChoiceField(label=pgettext_lazy("declaring", "Document"), choices=DocumentKind.choices)
    doc_no = forms.CharField(
        label=_("Number of the document"), max_length=24,
        help_text=_("Sealed at once. Only the officer who checks it reads it, and that look is on record."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Telephone of the person"), max_length=20, required=False)

    def __init__(self, *args: Any, possible: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        """`possible`: the addresses that the words may mean, once they were asked."""
        super().__init__(*args, **kwargs)
        self._choices("kind", [(name, kind.label) for name, kind in KINDS.items()])
        self._choices("address", possible or [(one, one) for one in [self.data.get("address")] if one])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kind, number = given.get("doc_kind", ""), given.get("doc_no", "")
        if kind and number:
            try:
                given["doc_no"] = checked_document(kind, number)
            except Problem as problem:
                self.add_error("doc_no", problem.message)
        return given

    @property
    def chosen(self) -> UUID | None:
        """The address that was chosen from the list, if it is one."""
        try:
            return UUID(self.cleaned_data.get("address") or "")
        except ValueError:
            return None
