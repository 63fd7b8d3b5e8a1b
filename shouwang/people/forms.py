"""Forms of the people pages. They check shapes; whether something may be done, the verb functions say."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.clock import SHANGHAI
from shouwang.people.models import Person
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import LABELS
from shouwang.places.models import Area
from shouwang.ui.inputs import DayInput

CHOOSE = _("Please choose")


def _text(**given: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", **given})


def end_of_day(day: dt.date) -> dt.datetime:
    """The end of that day in Shanghai."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SHANGHAI)


def _secret(hint: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"class": "form-control", "autocomplete": hint})


class SignInForm(forms.Form):
    login = forms.CharField(label=_("Login"), max_length=120, widget=_text(autocomplete="username webauthn"))
    password = forms.CharField(label=_("Password"), max_length=128, strip=False, widget=_secret("current-password"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=20, widget=_text(autocomplete="one-time-code", inputmode="text", autofocus=True)
    )


class UnlockForm(forms.Form):
    password = forms.CharField(label=_("Password"), max_length=128, strip=False, widget=_secret("current-password"))


class NewPasswordForm(forms.Form):
    """Twice, because it is not shown."""

    password = forms.CharField(
        label=_("New password"), max_length=128, strip=False, widget=_secret("new-password"),
        help_text=_("At least ten characters. A sentence is easier to remember than signs."),
    )  # fmt: skip
    again = forms.CharField(label=_("Once more"), max_length=128, strip=False, widget=_secret("new-password"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("The two are not the same."))
        return given


class ChangePasswordForm(NewPasswordForm):
    present = forms.CharField(
        label=_("Present password"), max_length=128, strip=False, widget=_secret("current-password")
    )
    field_order = ("present", "password", "again")


class FirstAdministratorForm(NewPasswordForm):
    name = forms.CharField(label=_("Name"), max_length=60, widget=_text(autocomplete="name"))
    login = forms.CharField(label=_("Login"), max_length=120, widget=_text(autocomplete="username"))
    bureau = forms.CharField(
        label=_("What the bureau is called"), max_length=80, widget=_text(),
        help_text=_("As it stands over the door, such as 青石县公安局."),
    )  # fmt: skip
    field_order = ("bureau", "name", "login", "password", "again")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("What for"), max_length=200, widget=_text())


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, widget=_text())
    login = forms.CharField(
        label=_("Login"), max_length=120, widget=_text(), help_text=_("Small letters and digits, such as the pinyin.")
    )
    sworn = forms.BooleanField(label=_("Sworn police officer"), required=False)
    badge = forms.CharField(label=_("Badge number"), max_length=20, required=False, widget=_text())
    role = forms.ChoiceField(label=_("As"), required=False, help_text=_("Empty: the post is given later."))
    area = forms.ModelChoiceField(label=_("Where"), queryset=Area.objects.none(), empty_label=CHOOSE)
    responsible = forms.BooleanField(label=_("Responsible for the area"), required=False)
    until = forms.DateField(
        label=_("Until and including"), required=False, widget=DayInput(),
        help_text=_("Empty: until somebody ends it."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(name, ROLE_TABLE[name].label) for name in roles]
        self.fields["role"].choices = [("", CHOOSE), *labels]  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        for name in ("role", "area", "until"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def until_at(self) -> dt.datetime | None:
        day = self.cleaned_data.get("until")
        return end_of_day(day) if day else None


class PostForm(forms.Form):
    """Who, as what, where, until when. `areas` and `people` are those the giver reaches."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=Person.objects.none(), empty_label=CHOOSE)
    role = forms.ChoiceField(label=_("As"))
    area = forms.ModelChoiceField(label=_("Where"), queryset=Area.objects.none(), empty_label=CHOOSE)
    responsible = forms.BooleanField(label=_("Responsible for the area"), required=False)
    until = forms.DateField(
        label=_("Until and including"), required=False, widget=DayInput(),
        help_text=_("Empty: until somebody ends it."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Any, people: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(name, ROLE_TABLE[name].label) for name in roles]
        self.fields["role"].choices = [("", CHOOSE), *labels]  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        for name in ("person", "role", "area", "until"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def until_at(self) -> dt.datetime | None:
        day = self.cleaned_data.get("until")
        return end_of_day(day) if day else None


class CoverForm(forms.Form):
    """Who stands in for a post, and until when."""

    person = forms.ModelChoiceField(label=_("Who stands in"), queryset=Person.objects.none(), empty_label=CHOOSE)
    until = forms.DateField(label=_("Until and including"), widget=DayInput())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def until_at(self) -> dt.datetime:
        return end_of_day(self.cleaned_data["until"])


class NarrowForm(forms.Form):
    """Which right is taken from which role, where, until when and why."""

    role = forms.ChoiceField(
        label=_("From the role"), choices=[(name, role.label) for name, role in ROLE_TABLE.items()]
    )
    verb = forms.ChoiceField(label=_("This right"), choices=[(verb.value, label) for verb, label in LABELS.items()])
    area = forms.ModelChoiceField(label=_("Where"), queryset=Area.objects.none(), empty_label=CHOOSE)
    until = forms.DateField(label=_("Until and including"), widget=DayInput())
    reason = forms.CharField(label=_("Why"), max_length=200, widget=_text())

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def until_at(self) -> dt.datetime:
        return end_of_day(self.cleaned_data["until"])


class PassOnForm(forms.Form):
    note = forms.CharField(
        label=_("What the next one should know"), required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6}), max_length=4000,
    )  # fmt: skip


class LabelForm(forms.Form):
    """A name for a screen, a workstation or a passkey, and the area where it stands."""

    label = forms.CharField(label=_("What it is called"), max_length=80, widget=_text())
    area = forms.ModelChoiceField(label=_("Where"), queryset=Area.objects.none(), empty_label=CHOOSE)

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["area"].widget.attrs["class"] = "form-control"
