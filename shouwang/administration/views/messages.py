"""Trying short messages and mail: one message to a number just typed, and what the other side answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shouwang.administration.checks.messages import SETTINGS, last_try
from shouwang.core import clock
from shouwang.core.chinese import half_width, is_mobile
from shouwang.core.problem import Problem
from shouwang.notices.channels import is_open
from shouwang.notices.models import Channel
from shouwang.notices.rehearsing import rehearse
from shouwang.people.access import Verb
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of

WAYS = ((Channel.SMS.value, _("A short message")), (Channel.MAIL.value, _("A mail")))


class TestForm(forms.Form):
    """Which way, and to whom. The number is used once and kept nowhere."""

    channel = forms.ChoiceField(label=_("What to send"), choices=WAYS)
    to = forms.CharField(
        label=_("To which number or address"), max_length=120, help_text=_("It is used this once and kept nowhere."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].widget.attrs["class"] = "form-control"

    def clean_to(self) -> str:
        to = half_width(self.cleaned_data["to"]).strip().replace(" ", "")
        if self.cleaned_data.get("channel") == Channel.MAIL:
            forms.EmailField().clean(to)
        elif not is_mobile(to):
            raise forms.ValidationError(_("A mobile number has eleven digits and begins with 1."))
        return to


@opens_to(Verb.SETTINGS_CHANGE)
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    form, answer = TestForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        try:
            answer = rehearse(channel, form.cleaned_data["to"], by=by_of(request), at=clock.now())
        except Problem as problem:
            if problem.status == 403:
                raise
            form.add_error(None, problem.message)
    ways = [
        {
            "label": label,
            "open": is_open(Channel(key)),
            "settings": SETTINGS[Channel(key)],
            "last": last_try(Channel(key)),
        }
        for key, label in WAYS
    ]
    page = {"form": form, "answer": answer, "ways": ways}
    return render(request, "administration/messages.html", page, status=422 if form.errors else 200)
