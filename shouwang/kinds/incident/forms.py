"""What the steps of a call ask for, and its intake."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.kinds.incident.calls import SUBKINDS
from shouwang.kinds.incident.models import StampName
from shouwang.kinds.incident.words import ALARM_LEVELS, OUTCOMES, RATINGS, TRANSFERS
from shouwang.matters.common_forms import Line

URGENCIES = ((1, _("1 Life in danger")), (2, _("2 In progress")), (3, _("3 Soon")), (4, _("4 Can be booked")))
YES_NO = (("", _("Not said")), ("yes", _("Yes")), ("no", _("No")))


def _urgency(**given: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Urgency"), choices=URGENCIES, coerce=int, empty_value=None, **given)


def _subkind(**given: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Call type"), choices=[("", "—"), *((one.name, one.label) for one in SUBKINDS.values())], **given
    )


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not said (None)."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda text: text == "yes", empty_value=None, required=False, **given)

    def to_python(self, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(super().to_python(value))


class ReclassifyForm(forms.Form):
    subkind = _subkind()


class UrgencyForm(forms.Form):
    urgency = _urgency()
    reason = Line(label=_("Reason"), max_length=120)


class AlarmForm(forms.Form):
    alarm_level = forms.TypedChoiceField(label=_("Alarm level"), choices=list(ALARM_LEVELS.items()), coerce=int)
    reason = Line(label=_("Reason"), max_length=120)


class PlaceForm(forms.Form):
    lon = forms.FloatField(label=_("Longitude"))
    lat = forms.FloatField(label=_("Latitude"))
    place_text = Line(label=_("Place"), max_length=300)
    address = forms.UUIDField(label=_("Address"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "lon" in found and "lat" in found:
            try:
                found["lon"], found["lat"] = check_lonlat(found["lon"], found["lat"])
            except Problem as problem:
                self.add_error("lon", problem.message)
        return found


class GistForm(forms.Form):
    gist = Line(label=_("Gist"), max_length=200)


ONLY_A_REFERENCE = RegexValidator(  # S-CMD-030: of a case nothing else is kept here
    r"^(?!1\d{10}$|\d{17}[\dXx]$)[A-Za-z0-9][A-Za-z0-9()/-]{3,39}$",
    _("Letters and digits of the reference only; no name and no word of the case."),
)


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=list(OUTCOMES.items()))
    remark = Line(label=_("Remark"), max_length=200, required=False)
    case_reference = Line(
        label=_("Reference of the case elsewhere"), max_length=40, required=False, validators=[ONLY_A_REFERENCE]
    )
    recorder = Line(label=_("Number of the recorder"), max_length=20, required=False)
    no_recorder_reason = Line(label=_("Why nothing was recorded"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("outcome") == "case_opened" and not found.get("case_reference"):
            self.add_error("case_reference", _("Give the reference of the case; nothing else of it is kept here."))
        return found


class TransferForm(forms.Form):
    disposition = forms.ChoiceField(label=_("Disposition"), choices=list(TRANSFERS.items()))
    passed_to = Line(label=_("Passed to"), max_length=80)
    person_told = forms.BooleanField(
        label=_("The caller was told"), error_messages={"required": _("Tell the caller first, then pass it on.")}
    )
    remark = Line(label=_("Remark"), max_length=200, required=False)


class FeedbackForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=list(OUTCOMES.items()))
    feedback = Line(label=_("Feedback of the unit"), max_length=500)


class ReopenForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=200)


class WithdrawForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=200, required=False)


class FirstHandlingForm(forms.Form):
    """The check list of whoever is there first (S-CMD-019)."""

    safe = YesNo(label=_("The place is safe"))
    injured = forms.IntegerField(label=_("Injured"), min_value=0, max_value=999, required=False)
    scene_kept = YesNo(label=_("The scene is kept as it was"))
    witnesses = forms.IntegerField(label=_("Witnesses noted"), min_value=0, max_value=999, required=False)
    support_asked = YesNo(label=_("Support was asked for"))


class HandToForm(forms.Form):
    handed_to = Line(label=_("Handed over to"), max_length=80)
    handed_at = forms.DateTimeField(label=_("At"), required=False)


class RescueForm(forms.Form):
    """S-CMD-010. Times are those of the clock at the scene."""

    first_aid_at = forms.DateTimeField(label=_("First aid begun"), required=False)
    ambulance_reference = Line(label=_("Reference of the ambulance"), max_length=40, required=False)
    ambulance_called_at = forms.DateTimeField(label=_("Ambulance called"), required=False)
    ambulance_arrived_at = forms.DateTimeField(label=_("Ambulance arrived"), required=False)
    family_told_at = forms.DateTimeField(label=_("Family told"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Fill in at least one of these."))
        return found


class EnforceForm(forms.Form):
    """An act for which the law asks who was there and that it was recorded (CFS-08)."""

    recorder = Line(label=_("Number of the recorder"), max_length=20, required=False)
    no_recorder_reason = Line(label=_("Why nothing was recorded"), max_length=120, required=False)


class AmendStampForm(forms.Form):
    stamp = forms.ChoiceField(label=_("Clock time"), choices=StampName.choices)
    happened_at = forms.DateTimeField(label=_("At"))
    reason = Line(label=_("Reason"), max_length=120)


class AnswerForm(forms.Form):
    """The questionnaire: one page, five buttons, two questions, a line of words."""

    rating = forms.TypedChoiceField(label=_("How satisfied are you?"), choices=list(RATINGS.items()), coerce=int)
    came_in_time = YesNo(label=_("Did somebody come in good time?"))
    explained = YesNo(label=_("Was it explained what happens next?"))
    comment = Line(label=_("Anything else?"), max_length=500, required=False)


class NotOursForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=120)
