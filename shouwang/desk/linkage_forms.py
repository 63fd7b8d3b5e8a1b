"""Linkage at the desk: what a branch answers, which calls ask whom, and who answers for a branch."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Answer, Branch
from shouwang.core.actor import Actor
from shouwang.kinds.incident.calls import GROUPS, SUBKINDS
from shouwang.people.access import reaches, spans
from shouwang.people.models import Post
from shouwang.people.roles import ROLE_TABLE, roles_with
from shouwang.people.verbs import Verb

MOST = 300
LEVELS = (
    (1, _("1 Life in danger")),
    (2, _("2 Happening now, or the suspect is there")),
    (3, _("3 Soon")),
    (4, _("4 Can be booked")),
)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("What your branch does"), choices=Answer.choices)
    words = forms.CharField(label=_("In words"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class RuleForm(forms.Form):
    sort = forms.ChoiceField(label=_("Type of call"))
    level = forms.TypedChoiceField(label=_("From which urgency on"), coerce=int, choices=LEVELS, initial=2)
    branch = forms.ChoiceField(label=_("Which branch is asked"), choices=Branch.choices)
    minutes = forms.IntegerField(label=_("Minutes to answer"), min_value=1, max_value=24 * 60, initial=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(f"{name}.", label) for name, label in GROUPS.items()]
        single = [(one.name, one.label) for one in SUBKINDS.values()]
        self.fields["sort"].choices = [(_("Whole groups"), groups), (_("Single types"), single)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class DeskForm(forms.Form):
    branch = forms.ChoiceField(label=_("Branch"), choices=Branch.choices)
    post = forms.ChoiceField(label=_("Who answers for it"))

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.held_at(at).filter(reaches(spans(by, Verb.UNIT_MANAGE, at), "area__"))
        named = posts.filter(role__in=roles_with(Verb.MATTER_READ)).select_related("person", "area")
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.person.name} · {ROLE_TABLE[one.role].label} · {one.area.name}")
            for one in named.order_by("area__duty_path", "person__name")[:MOST]
        ]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
