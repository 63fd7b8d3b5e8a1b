"""Files of partners, patrols of every evening, linked squads, and the period of figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.desk.patrols.forms import Plain, choose
from shouwang.duty.models import Unit
from shouwang.patrols.counting import MOST_DAYS, Period
from shouwang.patrols.crewing import staff_for
from shouwang.patrols.models import Cover, Half, Kind, Mode, Party
from shouwang.patrols.ordering import beats_for, grounds_for, leads_for
from shouwang.patrols.words import TASKS
from shouwang.people.access import Verb, reaches, spans
from shouwang.people.models import Person, Post
from shouwang.places.models import Area
from shouwang.ui.inputs import DayInput, MinuteInput

HELPERS = ("patrol_helper", "security_worker")


def clock_input() -> forms.TimeInput:
    return forms.TimeInput({"type": "time"}, format="%H:%M")


class PartnerForm(Plain):
    name = forms.CharField(label=_("Name"), max_length=40)
    party = forms.ChoiceField(
        label=pgettext_lazy("patrol", "Party"), choices=[one for one in Party.choices if one[0] != Party.POLICE]
    )
    employer = forms.CharField(
        label=_("Company or employer"), max_length=60, required=False, help_text=_("Volunteers may leave it empty.")
    )
    ground = forms.ChoiceField(label=pgettext_lazy("patrol", "Ground"))
    person = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("Who signs in with it begins, marks and calls for help himself."),
    )
    full_time = forms.BooleanField(label=_("Full-time security worker, not sworn"), required=False)
    tasks = forms.MultipleChoiceField(
        label=_("May be asked to"), choices=list(TASKS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    contract_from = forms.DateField(label=_("Contract from"), required=False, widget=DayInput())
    contract_to = forms.DateField(label=_("Contract to"), required=False, widget=DayInput())
    insured_until = forms.DateField(
        label=_("Insured until"), required=False, widget=DayInput(),
        help_text=_("Without it nobody goes where it may be dangerous."),
    )  # fmt: skip
    trained_on = forms.DateField(label=_("Trained on"), required=False, widget=DayInput())
    latest_end = forms.TimeField(
        label=_("Goes home at the latest"), required=False, widget=clock_input(),
        help_text=_("By age and fitness, as they say themselves. No reason is kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = choose(self.fields["ground"], grounds_for(by, at))
        on = reaches(spans(by, Verb.PATROL_ORDER, at), "area__")
        posts = Post.objects.held_at(at).filter(on, role__in=HELPERS).select_related("person")
        self.people = choose(
            self.fields["person"], {post.person_id: post.person for post in posts}.values(), empty=True
        )

    def given(self) -> tuple[dict[str, Any], Area]:
        said = dict(self.cleaned_data)
        ground = self.grounds[said.pop("ground")]
        return said | {"person": self.people.get(said["person"])}, ground


class SeriesForm(Plain):
    """`given()` once it is valid: fields of the series, who takes turns, and the ground."""

    name = forms.CharField(label=_("What it is called"), max_length=60)
    ground = forms.ChoiceField(label=pgettext_lazy("patrol", "Ground"))
    beat = forms.ChoiceField(label=_("Beat or sector"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("patrol", "Sort of patrol"), choices=Kind.choices)
    mode = forms.ChoiceField(label=_("How one goes"), choices=Mode.choices)
    cover = forms.ChoiceField(label=_("Base or overlay"), choices=Cover.choices)
    begins = forms.TimeField(label=pgettext_lazy("patrol", "From"), widget=clock_input(), initial=dt.time(20, 0))
    ends = forms.TimeField(label=pgettext_lazy("patrol", "To"), widget=clock_input(), initial=dt.time(22, 30))
    halves = forms.BooleanField(
        label=_("Two halves of the night: office cadres lead the first, full-time workers the second"), required=False
    )
    change_at = forms.TimeField(
        label=_("The halves change at"),
        widget=clock_input(),
        initial=dt.time(0, 30),
        help_text=_("Each place sets its own."),
    )
    channel = forms.CharField(label=_("Channel"), max_length=60)
    task = forms.CharField(label=_("What to look after"), max_length=200, required=False)
    first_on = forms.DateField(label=_("First evening"), widget=DayInput())
    leads = forms.MultipleChoiceField(label=_("Sworn leads, in turn"), widget=forms.CheckboxSelectMultiple)
    first = forms.MultipleChoiceField(
        label=_("Who leads the first half, in turn"), required=False, widget=forms.CheckboxSelectMultiple
    )
    second = forms.MultipleChoiceField(
        label=_("Who leads the second half, in turn"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = choose(self.fields["ground"], grounds_for(by, at))
        self.beats = choose(self.fields["beat"], beats_for(at), empty=True)
        self.sworn = choose(self.fields["leads"], leads_for(by, at))
        self.office = choose(self.fields["first"], [post.person for post in staff_for(by, at)])
        full = Person.objects.filter(partner__full_time=True, partner__ended_on__isnull=True).order_by("name")
        self.workers = choose(self.fields["second"], full)
        self.fields["first_on"].initial = local_date(at)

    def given(self) -> tuple[dict[str, Any], dict[str, list[Person]], Area]:
        said = dict(self.cleaned_data)
        rota = {
            "": [self.sworn[key] for key in said.pop("leads")],
            Half.FIRST.value: [self.office[key] for key in said.pop("first")],
            Half.SECOND.value: [self.workers[key] for key in said.pop("second")],
        }
        ground = self.grounds[said.pop("ground")]
        return said | {"beat": self.beats.get(said["beat"])}, rota, ground


class LinkForm(Plain):
    squad = forms.ChoiceField(label=_("Squad"))
    station = forms.ChoiceField(label=_("Supports which station"))
    starts_at = forms.DateTimeField(label=pgettext_lazy("patrol", "From"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=pgettext_lazy("patrol", "To"), widget=MinuteInput())
    commander = forms.ChoiceField(label=_("Commander"), help_text=_("One at a time."))
    channel = forms.CharField(label=_("Channel"), max_length=60)

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        squads = Unit.objects.filter(reaches(spans(by, Verb.ROSTER_READ, at)), active=True).order_by("name")
        self.squads = choose(self.fields["squad"], squads)
        self.stations = choose(self.fields["station"], grounds_for(by, at).filter(tier="station"))
        self.commanders = choose(self.fields["commander"], leads_for(by, at))


class PeriodForm(forms.Form):
    """`period()`: what was asked for, or the last 30 days."""

    first = forms.DateField(label=pgettext_lazy("figures", "From"), widget=DayInput({"class": "form-control"}))
    last = forms.DateField(label=pgettext_lazy("figures", "To"), widget=DayInput({"class": "form-control"}))

    @classmethod
    def asked(cls, query: Any, at: dt.datetime) -> tuple[PeriodForm, Period]:
        today = at.astimezone(SHANGHAI).date()
        usual = Period(today - dt.timedelta(days=29), today)
        form = cls(
            query if "first" in query or "last" in query else None, initial={"first": usual.first, "last": usual.last}
        )
        if not form.is_bound or not form.is_valid():
            return form, usual
        found = Period(form.cleaned_data["first"], form.cleaned_data["last"])
        if not 1 <= found.days <= MOST_DAYS:
            form.add_error("last", _("A period ends after it begins and lasts a year at most."))
            return form, usual
        return form, found
