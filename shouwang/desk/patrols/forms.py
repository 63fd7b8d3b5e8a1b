"""Planning a patrol, and putting people and places on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.desk.safety_forms import PlacedForm
from shouwang.duty.models import Unit
from shouwang.patrols.crewing import Wanted, partners_for, party_of, staff_for
from shouwang.patrols.models import Branch, Cover, Kind, Leg, Mode, Order, Party, Slot
from shouwang.patrols.ordering import Plan, beats_for, grounds_for, leads_for
from shouwang.patrols.words import PLACE_WINDOWS
from shouwang.people.access import Verb, spans, within
from shouwang.ui.inputs import MinuteInput


class Plain(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "form-control"


def choose(field: Any, rows: Any, *, empty: bool = False) -> dict[str, Any]:
    """Offer these rows in a field; key → row."""
    found = {str(one.pk): one for one in rows}
    field.choices = [*([("", "—")] if empty else []), *((key, str(one)) for key, one in found.items())]
    return found


class OrderForm(Plain):
    """`plan()` once it is valid."""

    name = forms.CharField(label=_("What it is called"), max_length=60)
    ground = forms.ChoiceField(label=pgettext_lazy("patrol", "Ground"))
    beat = forms.ChoiceField(label=_("Beat or sector"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("patrol", "Sort of patrol"), choices=Kind.choices)
    mode = forms.ChoiceField(label=_("How one goes"), choices=Mode.choices)
    cover = forms.ChoiceField(
        label=_("Base or overlay"), choices=Cover.choices, help_text=_("Stays as it is: overlay hours are additional.")
    )
    starts_at = forms.DateTimeField(label=pgettext_lazy("patrol", "From"), widget=MinuteInput())
    ends_at = forms.DateTimeField(
        label=pgettext_lazy("patrol", "To"), widget=MinuteInput(), help_text=_("May be after midnight.")
    )
    change_at = forms.TimeField(
        label=_("Shifts change at"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("With it the patrol has two shifts, each with its own people."),
    )  # fmt: skip
    lead = forms.ChoiceField(label=_("Sworn lead"), help_text=_("Only sworn officers lead (AUX-01)."))
    channel = forms.CharField(label=_("Channel"), max_length=60, help_text=_("Radio group or duty telephone."))
    task = forms.CharField(label=_("What to look after"), max_length=200, required=False)
    risk = forms.BooleanField(label=_("May be dangerous: volunteers need insurance and training"), required=False)

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, order: Order | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = choose(self.fields["ground"], grounds_for(by, at))
        self.beats = choose(self.fields["beat"], beats_for(at), empty=True)
        self.leads = choose(self.fields["lead"], leads_for(by, at))
        if order is not None:
            del self.fields["cover"]
        self.order = order

    def plan(self) -> Plan:
        said = dict(self.cleaned_data)
        change, begins = said.pop("change_at"), said["starts_at"]
        cuts: tuple[dt.datetime, ...] = ()
        if change:
            cut = dt.datetime.combine(begins.astimezone(SHANGHAI).date(), change, SHANGHAI)
            cuts = (cut if cut > begins else cut + dt.timedelta(days=1),)
        said |= {"ground": self.grounds[said["ground"]], "beat": self.beats.get(said["beat"]),
                 "lead": self.leads[said["lead"]]}  # fmt: skip
        return Plan(**{"cover": self.order.cover if self.order else ""} | said, cuts=cuts)


def proposed(kind_of_place: str, at: dt.datetime) -> dict[str, Any]:
    """What a new order begins with: tonight, at the usual hours of such a place (S-PAT-011)."""
    window = PLACE_WINDOWS.get(kind_of_place) or PLACE_WINDOWS["shops"]
    day = at.astimezone(SHANGHAI).date()
    begins, ends = (dt.datetime.combine(day, one, SHANGHAI) for one in (window.begins, window.ends))
    if ends <= at:
        begins, ends = begins + dt.timedelta(days=1), ends + dt.timedelta(days=1)
    kind = Kind.HUB if kind_of_place == "hub" else Kind.ORDINARY
    return {"starts_at": begins, "ends_at": ends, "kind": kind, "mode": Mode.FOOT, "cover": Cover.BASE}


class PutOnForm(Plain):
    """`wanted()` once it is valid: somebody of the staff, or of a partner party, on one shift."""

    leg = forms.ChoiceField(label=pgettext_lazy("patrol", "Shift"))
    who = forms.ChoiceField(label=pgettext_lazy("patrol", "Who"))
    branch = forms.ChoiceField(label=_("Branch"), required=False, choices=[("", "—"), *Branch.choices])
    unit = forms.ChoiceField(label=_("Unit that sends them"), required=False)
    reach = forms.CharField(
        label=_("Radio or duty telephone"),
        max_length=40,
        required=False,
        help_text=_("Of this shift; no private number."),
    )
    heads = forms.BooleanField(label=_("Leads this shift"), required=False)
    covers = forms.ChoiceField(label=_("Stands in for"), required=False)

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legs = {str(one.pk): one for one in order.legs.order_by("place")}
        self.staff = {f"staff:{post.person_id}": post for post in staff_for(by, at)}
        self.partners = {f"partner:{one.pk}": one for one in partners_for(by, at) if one.holds_on(order.on)}
        units = Unit.objects.filter(within(spans(by, Verb.ROSTER_READ, at)), active=True).order_by("name")
        self.units = choose(self.fields["unit"], units, empty=True)
        self._offer("leg", [(key, hours(one)) for key, one in self.legs.items()])
        staff = [(key, f"{post.person.name} · {post.area.name}") for key, post in self.staff.items()]
        others = [
            (key, f"{one.name} · {one.employer or one.get_party_display()}") for key, one in self.partners.items()
        ]
        self._offer("who", [(_("Staff"), staff), (_("Partners"), others)])
        self._offer("covers", [("", "—"), *((str(post.person_id), post.person.name) for post in self.staff.values())])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> tuple[Leg, Wanted]:
        said = self.cleaned_data
        post, partner = self.staff.get(said["who"]), self.partners.get(said["who"])
        covers = next((one.person for one in self.staff.values() if str(one.person_id) == said["covers"]), None)
        branch = said["branch"] or (Branch.STATION if post and party_of(post) == Party.POLICE else "")
        return self.legs[said["leg"]], Wanted(
            person=post.person if post else None, partner=partner, party=party_of(post) if post else "",
            heads=said["heads"], branch=branch, unit=self.units.get(said["unit"]), reach=said["reach"], covers=covers,
        )  # fmt: skip


def hours(row: Leg | Slot) -> str:
    begins, ends = (row.starts_at, row.ends_at) if isinstance(row, Leg) else (row.leg.starts_at, row.until)
    name = f" {row.get_half_display()}" if isinstance(row, Leg) and row.half != "whole" else ""
    return f"{begins.astimezone(SHANGHAI):%H:%M}–{ends.astimezone(SHANGHAI):%H:%M}{name}"


class PointForm(PlacedForm):
    label = forms.CharField(label=_("What to look at"), max_length=60)
    stay_minutes = forms.IntegerField(
        label=_("Minutes to stand there"), min_value=0, max_value=600, initial=0, required=False,
        help_text=_("0: one passes by. More: a fixed place."),
    )  # fmt: skip
    field_order = ("label", "place_text", "chosen", "stay_minutes")
