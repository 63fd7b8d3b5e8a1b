"""Calling a joint task: what, which offices, which of them leads, from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.kinds.joint_task.calling import Task
from shouwang.kinds.joint_task.words import SORTS
from shouwang.people.access import spans, within
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Tier
from shouwang.ui.inputs import MinuteInput

OFFICES = (Tier.BUREAU, Tier.STATION, Tier.COMMUNITY)


class JointForm(forms.Form):
    subkind = forms.ChoiceField(label=_("Which sort"), choices=[(sort.name, sort.label) for sort in SORTS])
    gist = forms.CharField(label=_("What is to be done together"), max_length=120)
    words = forms.CharField(
        label=_("In detail"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who comes where and when. What an investigation found belongs into the case system."),
    )  # fmt: skip
    place_text = forms.CharField(label=_("Place"), max_length=120, required=False)
    lead = forms.ChoiceField(label=_("Which office leads"))
    members = forms.MultipleChoiceField(label=_("Which offices take part"), widget=forms.CheckboxSelectMultiple)
    starts_at = forms.DateTimeField(label=_("Task begins"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=_("Task ends"), widget=MinuteInput())
    reference = forms.CharField(label=_("Reference in the case system"), max_length=40, required=False)

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = AreaVersion.objects.in_force_at(at).filter(layer="duty").values("area")
        offices = Area.objects.filter(pk__in=standing, tier__in=OFFICES).order_by("duty_path")
        self.offices = {str(one.pk): one for one in offices}
        leads = offices.filter(within(spans(by, Verb.DIRECTIVE_ISSUE, at)))
        self.fields["lead"].choices = [(str(one.pk), one.name) for one in leads]  # type: ignore[attr-defined]
        named = [(key, one.name) for key, one in self.offices.items()]
        self.fields["members"].choices = named  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name != "members":
                field.widget.attrs["class"] = "form-control"

    def task(self) -> Task:
        """Once it is valid."""
        given = self.cleaned_data
        return Task(**{name: given[name] for name in given if name not in ("lead", "members")})

    def lead_office(self) -> Area:
        return self.offices[self.cleaned_data["lead"]]

    def member_offices(self) -> list[Area]:
        return [self.offices[key] for key in self.cleaned_data["members"]]
