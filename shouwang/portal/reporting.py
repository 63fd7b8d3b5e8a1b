"""The report form: one question a page, works without scripts. What was answered travels signed in the form itself,
so nothing is kept of a report that is never sent, and the back button is harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import BadPhone, check_phone
from shouwang.core.ids import new_id, receipt_code
from shouwang.kinds.incident.typed import LONGEST, read_line
from shouwang.matters.inbox import Report
from shouwang.matters.intake import Told
from shouwang.people.models import Account

SALT = "portal.report"
LASTS_S = 24 * 3600
SHORTEST_PHRASE = 8
SHORTEST_NUMBER = 7  # of somebody who reports; shorter ones are those of services
LEAVE = [("number", _("Yes, I leave a number")), ("phrase", _("No. I choose a pass phrase instead"))]
LONGEST_TYPED = 4000
PAGES = ("now", "where", "what", "who", "check")


class Control(forms.Form):
    """Large fields; help stands above the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            if not isinstance(one.widget, forms.RadioSelect | forms.CheckboxInput | forms.HiddenInput):
                one.widget.attrs["class"] = "form-control"


class NowForm(Control):
    happening = forms.ChoiceField(
        label=_("Is somebody in danger, or is it happening right now?"),
        choices=[("no", _("No, it is over or it can wait")), ("yes", _("Yes"))], widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )  # fmt: skip


class WhereForm(Control):
    place_text = forms.CharField(
        label=_("Where is it?"), max_length=300,
        help_text=_("A street with its number, a building, or a place by name."),
        error_messages={"required": _("Say where it is, in your own words.")},
    )  # fmt: skip
    chosen = forms.CharField(max_length=420, required=False, widget=forms.HiddenInput)


class WhatForm(Control):
    words = forms.CharField(
        label=_("What happened?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In your own words. Photos can be added at the end."),
        error_messages={"required": _("Say in a few words what happened.")},
    )  # fmt: skip
    silent = forms.BooleanField(label=_("Please do not ring or knock when you come"), required=False)


class WhoForm(Control):
    leave = forms.ChoiceField(
        label=_("Do you want to leave a number?"), widget=forms.RadioSelect,
        choices=LEAVE,
        error_messages={"required": _("Choose one of the two answers.")},
    )  # fmt: skip
    number = forms.CharField(label=_("Your number"), max_length=20, required=False)
    name = forms.CharField(label=_("What may we call you?"), max_length=60, required=False)
    protected = forms.BooleanField(label=_("Keep who I am hidden"), required=False)
    quiet = forms.BooleanField(label=_("Do not write or call"), required=False)
    pass_phrase = forms.CharField(
        label=_("Pass phrase"), max_length=100, required=False,
        help_text=_("At least 8 characters. With the receipt it opens this report; nobody can look it up for you."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        """`account`: of whoever signed in; its own number is offered first, and need not be typed."""
        super().__init__(*args, **kwargs)
        if account is not None:
            own = ("account", _("Yes, {shown}, as in my account").format(shown=account.shown))
            leave = self.fields["leave"]
            assert isinstance(leave, forms.ChoiceField)
            leave.choices = [own, *LEAVE]
            leave.initial = "account"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("leave") == "number":
            self._check_number(given)
        if given.get("leave") == "phrase" and len(given.get("pass_phrase", "")) < SHORTEST_PHRASE:
            self.add_error("pass_phrase", _("Choose a pass phrase of at least 8 characters."))
        elif given.get("quiet") and len(given.get("pass_phrase", "")) < SHORTEST_PHRASE:
            self.add_error("pass_phrase", _("Nothing will be sent to you, no code either. A pass phrase opens it."))
        return given

    def _check_number(self, given: dict[str, Any]) -> None:
        if not given.get("number"):
            self.add_error("number", _("Type your number, or choose a pass phrase instead."))
            return
        try:
            given["number"] = check_phone(given["number"])
            if len(given["number"]) < SHORTEST_NUMBER:
                raise BadPhone
        except BadPhone as problem:
            self.add_error("number", problem.message)


class CheckForm(Control):
    pass


FORMS: dict[str, type[Control]] = {
    "now": NowForm, "where": WhereForm, "what": WhatForm, "who": WhoForm, "check": CheckForm,
}  # fmt: skip


@dataclass
class Draft:
    """A report on its way through the pages."""

    matter: str = field(default_factory=lambda: str(new_id()))
    receipt: str = field(default_factory=receipt_code)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)  # on pages that were left by going back

    def signed(self) -> str:
        return signing.dumps([self.matter, self.receipt, self.answers, self.typed], salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str) -> Draft:
        """What the form carried; a fresh one when it is missing, older than a day, or changed by somebody."""
        try:
            return cls(*signing.loads(text, salt=SALT, max_age=LASTS_S))
        except signing.BadSignature:
            return cls()

    def lay_by(self, page: str, given: Mapping[str, str]) -> None:
        """Keep what was typed on a page that is left by going back, right or wrong; it comes again on the way on."""
        self.typed[page] = {name: given[name][:LONGEST_TYPED] for name in FORMS[page].base_fields if name in given}

    def answer(self, page: str, given: dict[str, Any]) -> None:
        self.answers[page] = given
        self.typed.pop(page, None)

    def told_on(self, page: str) -> Mapping[str, Any] | None:
        """What the page is shown with: what was typed last, else what was answered."""
        return self.typed.get(page) or self.answers.get(page)

    @property
    def next_page(self) -> str:
        return next((page for page in PAGES if page not in self.answers or self.typed.get(page)), "check")

    def report(self, account: Account | None = None) -> Report:
        """What is handed in at the end. `account`: of whoever signed in."""
        where, what, who = (self.answers.get(page, {}) for page in ("where", "what", "who"))
        point, address, text = read_chosen(where.get("chosen", ""))
        told = Told(
            role="reporter", number=who.get("number", "") if who.get("leave") == "number" else "",
            name=who.get("name", ""), protected=bool(who.get("protected")), quiet=bool(who.get("quiet")),
            pass_phrase=who.get("pass_phrase", "") if who.get("leave") == "phrase" or who.get("quiet") else "",
        )  # fmt: skip
        by_account = account is not None and who.get("leave") == "account" and not who.get("quiet")
        return Report(
            receipt=self.receipt, matter=UUID(self.matter), words=what.get("words", ""),
            place_text=text or where.get("place_text", ""), point=point, address=address,
            subkind=read_line(what.get("words", "")[:LONGEST]).subkind,
            silent=bool(what.get("silent")), told=told,
            contact=account.identity if account is not None and by_account else None,
        )  # fmt: skip


def read_chosen(text: str) -> tuple[tuple[float, float] | None, UUID | None, str]:
    """A chosen place as the form carries it: "lon,lat|address id|text"; nothing when it is none or malformed."""
    point, address, name = [*text.split("|", 2), "", ""][:3]
    try:
        lon, lat = (float(part) for part in point.split(","))
        return (lon, lat), UUID(address) if address else None, name
    except ValueError:
        return None, None, ""
