"""Forms of staffing: what to look at, a rule, a posting, a day signed for."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.people.access import NotVisible, reaches, spans
from shouwang.people.forms import CHOOSE
from shouwang.people.models import DutySort, Measure, Person, Post, PostingKind, PostingState, SentFrom
from shouwang.people.models.person import Standing
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE
from shouwang.people.staffing.moving import Wish
from shouwang.people.staffing.ruling import COUNTED_ON, Norm
from shouwang.people.staffing.standing import FILLINGS, Place
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier
from shouwang.ui.inputs import DayInput

ALL = ("", pgettext_lazy("equipment", "All"))
POSTS = [(name, role.label) for name, role in ROLE_TABLE.items() if name not in {"resident", *ADMIN_ROLES}]
GROUNDS = [(tier.value, tier.label) for tier in COUNTED_ON]


class _Dressed(forms.Form):
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-control"


def _day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    picker = DayInput()
    return forms.DateField(label=label, required=required, widget=picker, **more)


class NarrowForm(_Dressed):
    """What the address asks for; nonsense in it is left aside."""

    q = forms.CharField(label=_("Area or name"), max_length=60, required=False)
    rule = forms.ChoiceField(label=pgettext_lazy("staffing", "Rule"), required=False)
    filling = forms.ChoiceField(
        label=pgettext_lazy("equipment", "Standing"), required=False, choices=[ALL, *FILLINGS.items()]
    )
    flagged = forms.BooleanField(label=_("Only with something beside the names"), required=False)

    def __init__(self, *given: Any, places: list[Place], **more: Any) -> None:
        super().__init__(*given, **more)
        rules = {str(one.rule.pk): one.rule.name for one in places}
        self.fields["rule"].choices = [ALL, *rules.items()]  # type: ignore[attr-defined]
        self.is_valid()

    def narrowed(self, places: list[Place]) -> list[Place]:
        told = getattr(self, "cleaned_data", {})
        return [
            one
            for one in places
            if (not told.get("rule") or str(one.rule.pk) == told["rule"])
            and (not told.get("filling") or one.filling == told["filling"])
            and (not told.get("flagged") or one.flagged)
            and (
                not told.get("q")
                or told["q"] in one.area.name
                or any(told["q"] in held.post.person.name for held in one.held)
            )
        ]


class RuleForm(_Dressed):
    name = forms.CharField(label=_("Name of the rule"), max_length=60)
    area = forms.ModelChoiceField(label=_("Holds on"), queryset=Area.objects.none(), empty_label=CHOOSE)
    measure = forms.ChoiceField(label=_("What it counts"), choices=Measure.choices)
    role = forms.ChoiceField(
        label=_("Whom it counts"), required=False,
        choices=[("", _("Everybody posted to communities and grids (shares only)")), *POSTS],
    )  # fmt: skip
    tier = forms.ChoiceField(label=_("Counted on each"), choices=GROUNDS, initial=Tier.COMMUNITY.value)
    fewest = forms.IntegerField(
        label=pgettext_lazy("staffing", "Number"), min_value=1, max_value=1_000_000,
        help_text=_("How many people; how many households or calls for one; percent; days a week."),
    )  # fmt: skip
    most = forms.IntegerField(label=_("At most"), min_value=1, max_value=1_000_000, required=False)
    full_time = forms.BooleanField(label=_("Only who does nothing else counts"), required=False)
    hours = forms.IntegerField(
        label=_("Hours"), min_value=0, max_value=744, initial=0,
        help_text=_("Full time: so many in 30 days on other duties are let pass. Days: so many make a day."),
    )  # fmt: skip
    source = forms.CharField(label=_("Where the norm comes from"), max_length=200)

    def __init__(self, *given: Any, by: Actor, at: dt.datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["area"].queryset = areas_written(by, at)  # type: ignore[attr-defined]

    def norm(self) -> Norm:
        return Norm(**{name: value for name, value in (self.cleaned_data | {}).items() if name != "area"})


def areas_written(by: Actor, at: dt.datetime) -> Any:
    """Where `by` sets rules and proposes postings."""
    ground = Area.objects.filter(reaches(spans(by, Verb.STAFFING_WRITE, at)))
    return ground.order_by("duty_path", "government_path")


class PostingNarrowForm(_Dressed):
    q = forms.CharField(label=_("Area or name"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("posting", "Kind"), required=False, choices=[ALL, *PostingKind.choices]
    )
    sent_from = forms.ChoiceField(label=_("Whence"), required=False, choices=[ALL, *SentFrom.choices])
    state = forms.ChoiceField(
        label=pgettext_lazy("equipment", "Standing"), required=False, choices=[ALL, *PostingState.choices]
    )
    year = forms.IntegerField(label=_("Year it began"), min_value=2000, max_value=2999, required=False)


class PostingForm(_Dressed):
    """A proposal. Who is in sight of `by` can be posted; where to, only his own ground."""

    person = forms.ModelChoiceField(
        label=pgettext_lazy("staffing", "Who"), queryset=Person.objects.none(), empty_label=CHOOSE
    )
    kind = forms.ChoiceField(label=pgettext_lazy("posting", "Kind"), choices=PostingKind.choices)
    to_area = forms.ModelChoiceField(
        label=pgettext_lazy("posting", "Where to"), queryset=Area.objects.none(), empty_label=CHOOSE
    )
    role = forms.ChoiceField(label=_("As"), choices=POSTS, initial="community_officer")
    stands_for = forms.ModelChoiceField(
        label=_("Stands in for"), queryset=Post.objects.none(), required=False, empty_label=_("Nobody"),
        help_text=_("Only where somebody stands in: the post and its ground are then his."),
    )  # fmt: skip
    room = forms.CharField(label=_("Police room"), max_length=60, required=False)
    from_area = forms.ModelChoiceField(
        label=_("Where from"), queryset=Area.objects.none(), required=False, empty_label=_("From outside")
    )
    from_body = forms.CharField(
        label=_("Body outside"), max_length=80, required=False, help_text=_("The bureau above, for example.")
    )
    recruit = forms.BooleanField(label=_("First posting of a recruit"), required=False)
    exception = forms.CharField(
        label=_("Why not at a station"), max_length=200, required=False, help_text=_("Only for a recruit.")
    )
    starts_on = _day(pgettext_lazy("posting", "From"))
    ends_on = _day(_("Back on"), required=False, help_text=_("May stay empty only for good."))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *given: Any, by: Actor, at: dt.datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        paths = spans(by, Verb.PERSON_READ, at)
        seen = Post.objects.held_at(at).filter(reaches(paths, "area__")).exclude(role="resident")
        named = Person.objects.filter(standing=Standing.STAFF, active=True)
        known = named.filter(pk__in=seen.values("person")) | named.filter(posts__isnull=True)
        self.fields["person"].queryset = known.distinct().order_by("name")  # type: ignore[attr-defined]
        ours = seen.filter(reaches(spans(by, Verb.STAFFING_WRITE, at), "area__"), acting_for__isnull=True)
        field: Any = self.fields["stands_for"]
        field.queryset = ours.select_related("person", "area").order_by("area__duty_path", "person__name")
        field.label_from_instance = post_in_words
        self.fields["to_area"].queryset = areas_written(by, at)  # type: ignore[attr-defined]
        self.fields["from_area"].queryset = (  # type: ignore[attr-defined]
            Area.objects.filter(pk__in=Post.objects.held_at(at).values("area")).order_by("duty_path")
        )

    def wish(self) -> Wish:
        return Wish(**self.cleaned_data)


def post_in_words(post: Post) -> str:
    label = ROLE_TABLE[post.role].label if post.role in ROLE_TABLE else post.role
    return f"{post.person.name} · {post.area.name} · {label}"


class DayForm(_Dressed):
    """A part of one's own day."""

    on = _day(pgettext_lazy("duty", "Day"))
    sort = forms.ChoiceField(label=_("On what"), choices=DutySort.choices)
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_value=24, decimal_places=1, max_digits=3)
    words = forms.CharField(label=_("What for"), max_length=120, required=False)

    def minutes(self) -> int:
        return int(self.cleaned_data["hours"] * 60)


def key_of(text: str) -> UUID:
    """The id a form carries. Raises NotVisible"""
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None
