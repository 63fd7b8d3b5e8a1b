"""Issuing a directive: to whom, what, how soon; a warning also where or when, its basis, advice and last day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.kinds.directive.issuing import ROOMS, Order
from shouwang.kinds.directive.opening import LONGEST_WARNING
from shouwang.kinds.directive.words import SORTS, WARNING
from shouwang.people.access import reaches, spans, within
from shouwang.people.models import Post
from shouwang.people.roles import ROLE_TABLE, roles_with
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Tier
from shouwang.ui.inputs import DayInput

MOST = 300
URGENCIES = ((1, _("1 Now")), (2, _("2 Within the hours")), (3, _("3 Today")), (4, _("4 Within days")))
SAID = ("subkind", "urgency", "gist", "words", "place_text")
WARNED = ("when", "basis", "advice", "expires_on")
Choice = tuple[str, str | Promise]


class DirectiveForm(forms.Form):
    """`to` once it is valid: an area or a post on the ground of whoever issues it."""

    to = forms.ChoiceField(label=_("To whom"))
    subkind = forms.ChoiceField(label=_("Sort"))
    urgency = forms.TypedChoiceField(label=_("How soon"), coerce=int, initial=3, choices=URGENCIES)
    gist = forms.CharField(label=_("What is to be done"), max_length=120)
    words = forms.CharField(
        label=_("In detail"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    place_text = forms.CharField(label=_("Place"), max_length=120, required=False)
    group = "task"

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = receivers(by, at)  # type: ignore[attr-defined]
        sorts = [(sort.name, sort.label) for sort in SORTS if sort.group == self.group]
        self.fields["subkind"].choices = sorts  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def receiver(self) -> Area | Post | None:
        what, _colon, key = self.cleaned_data["to"].partition(":")
        if what == "post":
            return Post.objects.filter(pk=key).select_related("area").first()
        return Area.objects.filter(pk=key).first()

    def order(self) -> Order:
        return Order(**{name: self.cleaned_data[name] for name in (*SAID, *WARNED) if name in self.cleaned_data})


class WarningForm(DirectiveForm):
    """Of a place, of hours or of a method: there is no field for anybody."""

    when = forms.CharField(label=_("At which hours or days"), max_length=80, required=False)
    basis = forms.CharField(
        label=_("What it rests on"), max_length=200, help_text=_("Counts, reports, works: no names and no numbers.")
    )
    advice = forms.CharField(label=_("What is advised"), max_length=200)
    expires_on = forms.DateField(
        label=_("Holds until the end of"), widget=DayInput(),
        help_text=_("In 14 days at the latest; then it drops off by itself."),
    )  # fmt: skip
    group = WARNING
    field_order = ("to", "subkind", "gist", "place_text", "when", "basis", "advice", "expires_on", "urgency", "words")

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, by=by, at=at, **kwargs)
        self.fields["gist"].label = _("What the warning is about")
        today = local_date(at)
        self.fields["expires_on"].initial = today + LONGEST_WARNING / 2
        self.fields["expires_on"].widget.attrs |= {"min": today, "max": today + LONGEST_WARNING}


def receivers(by: Actor, at: dt.datetime) -> list[tuple[str | Promise, Any]]:
    """Rooms, communities and posts inside the ground on which `by` may issue, under their heads."""
    paths = spans(by, Verb.DIRECTIVE_ISSUE, at)
    standing = AreaVersion.objects.in_force_at(at).filter(layer="duty").values("area")
    areas = Area.objects.filter(within(paths), pk__in=standing).order_by("duty_path")
    rooms = areas.filter(tier__in=ROOMS)[:MOST]
    communities = areas.filter(tier=Tier.COMMUNITY)[:MOST]
    posts = Post.objects.held_at(at).filter(reaches(paths, "area__"), role__in=roles_with(Verb.MATTER_WORK))
    posts = posts.exclude(person=by.person_id).exclude(role__in=roles_with(Verb.DIRECTIVE_ISSUE))
    named = posts.select_related("person", "area").order_by("area__duty_path", "person__name")[:MOST]
    return [
        ("", "—"),
        (_("Command rooms"), [(f"area:{one.pk}", one.name) for one in rooms]),
        (_("Communities"), [(f"area:{one.pk}", one.name) for one in communities]),
        (_("One post"), [(f"post:{one.pk}", f"{one.person.name} · {_role(one)} · {one.area.name}") for one in named]),
    ]


def _role(post: Post) -> str:
    return str(ROLE_TABLE[post.role].label)


FORMS: dict[str, type[DirectiveForm]] = {"task": DirectiveForm, WARNING: WarningForm}
