"""Planning an event and its posts, and counting at its gates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.desk.safety_forms import PlacedForm
from shouwang.duty.models import Unit
from shouwang.kinds.event.opening import Plan
from shouwang.kinds.event.posting import Wanted
from shouwang.kinds.event.words import CROWD, SORTS
from shouwang.matters.intake import Told
from shouwang.ui.inputs import MinuteInput

LONG = {"rows": 3, "class": "form-control"}


class PlanForm(PlacedForm):
    """Of an exam or a meeting."""

    subkind = forms.ChoiceField(label=_("Which sort"))
    gist = forms.CharField(label=_("What it is called"), max_length=120)
    starts_at = forms.DateTimeField(label=_("Posts begin"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=_("Posts end"), widget=MinuteInput())
    traffic = forms.CharField(
        label=_("Traffic plan"), max_length=1000, widget=forms.Textarea(LONG),
        help_text=_("What is closed, where one parks, how ambulances come through."),
    )  # fmt: skip
    contingency = forms.CharField(
        label=_("If something happens"), max_length=1000, widget=forms.Textarea(LONG),
        help_text=_("Crush, fire, storm, power cut: who decides, which way out, where to gather."),
    )  # fmt: skip
    group = "order"
    field_order: tuple[str, ...] = (
        "subkind", "gist", "place_text", "chosen", "starts_at", "ends_at", "traffic", "contingency",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sorts = [(sort.name, sort.label) for sort in SORTS if sort.group == self.group]
        self.fields["subkind"].choices = sorts  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """Once it is valid."""
        given = dict(self.cleaned_data)
        text, number, name = given.pop("place_text"), given.pop("contact_number", ""), given.pop("contact", "")
        told = Told(role="party", name=name, number=number) if number or name else None
        assert self.place is not None
        return Plan(
            **given, place_text=self.place.full_text or text, point=(self.place.lon, self.place.lat), contact=told
        )


class CrowdForm(PlanForm):
    """Of a festival, a concert, a market or a match."""

    organiser = forms.CharField(label=_("Organiser"), max_length=80, help_text=_("The firm or the office."))
    contact = forms.CharField(label=_("Who speaks for the organiser"), max_length=40)
    contact_number = forms.CharField(
        label=_("His number"), max_length=20, help_text=_("Kept in the registry: looking it up is on record.")
    )
    capacity = forms.IntegerField(label=_("Licensed capacity"), min_value=1, max_value=1_000_000)
    lost_child = forms.CharField(label=_("Lost-child point"), max_length=120, help_text=_("A place, never a child."))
    group = CROWD
    field_order = (*PlanForm.field_order, "organiser", "contact", "contact_number", "capacity", "lost_child")


PLAN_FORMS: dict[str, type[PlanForm]] = {"order": PlanForm, CROWD: CrowdForm}


class PostForm(PlacedForm):
    label = forms.CharField(label=pgettext_lazy("post of an event", "Post"), max_length=40)
    task = forms.CharField(label=_("What to do there"), max_length=200)
    begins_at = forms.DateTimeField(label=pgettext_lazy("post of an event", "From"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=pgettext_lazy("post of an event", "To"), widget=MinuteInput())
    unit = forms.ChoiceField(label=_("Which unit"), required=False)
    field_order = ("label", "place_text", "chosen", "begins_at", "ends_at", "unit", "task")

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(one.pk): one for one in units}
        choices = [("", "—"), *((key, one.name) for key, one in self.units.items())]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Once it is valid."""
        given = dict(self.cleaned_data)
        text, unit = given.pop("place_text"), self.units.get(given.pop("unit"))
        assert self.place is not None
        return Wanted(
            **given, place_text=self.place.full_text or text, point=(self.place.lon, self.place.lat),
            unit=unit.pk if unit else None, unit_name=unit.name if unit else "",
        )  # fmt: skip


class CountForm(forms.Form):
    gate = forms.CharField(label=pgettext_lazy("of an event", "Gate"), max_length=40)
    came = forms.IntegerField(label=_("Came in"), min_value=0, max_value=1_000_000)
    went = forms.IntegerField(label=_("Went out"), min_value=0, max_value=1_000_000, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
