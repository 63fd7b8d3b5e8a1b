"""Forms of residents' accounts. They check shapes; whether something may be done, the verb functions say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.portal.reporting import Control

LONGEST_PASSWORD = 128


def _password(label: Any, *, hint: str = "new-password", help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_PASSWORD, strip=False, required=required, help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": hint}),
        error_messages={"required": _("Type a password.")},
    )  # fmt: skip


def _contact(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=120, help_text=help_text, widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("Type a mobile number or an e-mail address of your own.")},
    )  # fmt: skip


class ContactForm(Control):
    contact = _contact(_("Your mobile number or e-mail"), _("A code is sent there, to prove that it is yours."))


class CodeForm(Control):
    code = forms.CharField(
        label=_("The code from the message"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits of the message.")},
    )  # fmt: skip


class NewAccountForm(Control):
    called = forms.CharField(label=_("What may we call you?"), max_length=60, required=False)
    password = _password(_("Choose a password"),
                         help_text=_("At least 10 characters. A short sentence is easy to keep in mind."))  # fmt: skip


class ComeBackForm(Control):
    recovery_code = forms.CharField(
        label=_("A recovery code"), max_length=40, required=False,
        help_text=_("With one of the ten codes on your sheet everything stays as it was."),
    )  # fmt: skip
    password = _password(_("A new password"), help_text=_("At least 10 characters."))


class SignInForm(Control):
    contact = _contact(_("Mobile number or e-mail"))
    password = _password(_("Password"), hint="current-password")


class PasswordForm(Control):
    present = _password(_("Password now"), hint="current-password", required=False)
    password = _password(_("A new password"), help_text=_("At least 10 characters."))


class DeleteForm(Control):
    present = _password(_("Password"), hint="current-password", required=False)
    sure = forms.BooleanField(
        label=_("I want my account to be deleted"), error_messages={"required": _("Tick this if you are sure.")}
    )


class VehicleForm(Control):
    plate = forms.CharField(
        label=_("Your plate"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the plate.")},
    )  # fmt: skip


class ClaimForm(Control):
    code = forms.CharField(
        label=_("The eight letters and digits of your receipt"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code of your receipt.")},
    )  # fmt: skip
    second = forms.CharField(
        label=_("The code from the message, or your pass phrase"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )  # fmt: skip
