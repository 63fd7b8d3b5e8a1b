"""Noting what was seen or told on the spot: a trouble, a joint action, an observation, a slip, a briefing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.desk.safety_forms import PlacedForm
from shouwang.kinds.advice.words import SUBKINDS as ADVICE
from shouwang.kinds.observation.words import BASIS
from shouwang.kinds.observation.words import SUBKINDS as OBSERVED
from shouwang.kinds.trouble.words import PARTNERS
from shouwang.kinds.trouble.words import SUBKINDS as TROUBLES
from shouwang.matters.intake import Told
from shouwang.people.verbs import Verb

Choices = list[tuple[str, Promise]]


def _of_group(sorts: Mapping[str, Any], group: str = "") -> Choices:
    return [(one.name, one.label) for one in sorts.values() if not group or one.group == group]


class TroubleForm(PlacedForm):
    """One line is enough. Name and telephone only where the resident wants to be asked whether it is solved."""

    gist = forms.CharField(label=_("What bothers whom, in one line"), max_length=120)
    subkind = forms.ChoiceField(label=_("Sort"), choices=_of_group(TROUBLES, "small"))
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    number = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    field_order = ("gist", "subkind", "place_text", "chosen", "name", "number")


class JointForm(PlacedForm):
    """From a signal to an opened matter with its partners, in one step."""

    gist = forms.CharField(label=_("What is to be done"), max_length=120)
    subkind = forms.ChoiceField(label=_("Sort"), choices=_of_group(TROUBLES, "joint"))
    partners = forms.MultipleChoiceField(
        label=_("Who acts along"), choices=list(PARTNERS.items()), widget=forms.CheckboxSelectMultiple
    )
    signal = forms.CharField(
        label=_("Number of the matter it came of"), max_length=20, required=False,
        help_text=_("The time to the first act counts from it."),
    )  # fmt: skip
    field_order = ("gist", "subkind", "place_text", "chosen", "partners", "signal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["partners"].widget.attrs["class"]


class ObservationForm(PlacedForm):
    """A place or conduct. There is no field for who somebody is."""

    subkind = forms.ChoiceField(label=_("What it is about"), choices=_of_group(OBSERVED))
    gist = forms.CharField(label=_("What you saw"), max_length=120)
    words = forms.CharField(
        label=_("Facts: when, where, what was done"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    basis = forms.ChoiceField(label=_("How it is known"), choices=list(BASIS.items()))
    field_order = ("subkind", "place_text", "chosen", "gist", "words", "basis")


class SlipForm(PlacedForm):
    subkind = forms.ChoiceField(label=_("Topic"), choices=_of_group(ADVICE, "slip"))
    again = forms.BooleanField(label=_("Somebody looks again within 30 days"), required=False)
    field_order = ("subkind", "place_text", "chosen", "again")


class BriefingForm(PlacedForm):
    premises = forms.CharField(label=_("Shop or unit"), max_length=80)
    subkind = forms.ChoiceField(label=_("Topic"), choices=_of_group(ADVICE, "briefing"))
    field_order = ("premises", "subkind", "place_text", "chosen")


@dataclass(frozen=True)
class Note:
    """A form, the kind it opens, the right it needs, and what of the form goes where."""

    form: type[PlacedForm]
    kind: str
    verb: Verb
    title: Promise
    lead: Promise
    given: Callable[[dict[str, Any]], dict[str, Any]]


def _trouble(said: dict[str, Any]) -> dict[str, Any]:
    told = Told(name=said["name"], number=said["number"])
    return {"gist": said["gist"], "told": told if told.says_something else None}


NOTES: dict[str, Note] = {
    "trouble": Note(
        TroubleForm, "trouble", Verb.HAZARD_NOTE, _("A small trouble"),
        _("One line is enough. It is solved within five working days, and the resident says whether it is."), _trouble,
    ),
    "joint": Note(
        JointForm, "trouble", Verb.MATTER_OPEN, _("A joint action"),
        _("Opened and its partners named in one step; the time to the first act is measured."),
        lambda said: {"gist": said["gist"], "facts": {"partners": said["partners"], "signal": said["signal"]}},
    ),
    "observation": Note(
        ObservationForm, "observation", Verb.HAZARD_NOTE, _("Something seen on a round"),
        _("About a place or conduct, never about who somebody is. Somebody else screens it within 24 hours."),
        lambda said: {"gist": said["gist"], "words": said["words"], "facts": {"basis": said["basis"]}},
    ),
    "slip": Note(
        SlipForm, "advice", Verb.ROUND_WALK, _("An advice slip"), _("The topic and the place; nobody is named."),
        lambda _said: {"gist": ""},
    ),
    "briefing": Note(
        BriefingForm, "advice", Verb.ROUND_WALK, _("A briefing of whoever runs a place"),
        _("What is said is printed with a list that the owner fills before the inspection."),
        lambda said: {"gist": said["premises"]},
    ),
}  # fmt: skip
