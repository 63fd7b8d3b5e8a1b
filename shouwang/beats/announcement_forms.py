"""What is asked about a loudspeaker message: its words and hours, a recording, and where it is played."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.beats.models.announcement import LOUDEST, SOFTEST, USUAL
from shouwang.beats.zone_forms import Asked, hours


class MessageForm(Asked):
    topic = forms.CharField(label=_("Topic"), max_length=60)
    text = forms.CharField(label=_("Words to be heard"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    ground = forms.ChoiceField(label=_("Whose ground"))
    begins = hours(pgettext_lazy("loudspeaker", "From"))
    ends = hours(pgettext_lazy("loudspeaker", "Until"))
    most_db = forms.IntegerField(
        label=_("At most so many dB at the nearest window"), min_value=SOFTEST, max_value=LOUDEST, initial=USUAL
    )


class RecordingForm(Asked):
    language = forms.CharField(
        label=_("Language or dialect"),
        max_length=30,
        help_text=_("Such as Putonghua, the local speech, English"),
    )
    file = forms.FileField(
        label=_("Recording (WebM, Ogg Opus, M4A or WAV, at most 5 MB)"),
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
    )


class PlayForm(Asked):
    message = forms.ChoiceField(label=pgettext_lazy("loudspeaker", "Message"))
    language = forms.CharField(label=_("Language or dialect"), max_length=30, required=False)
    place = forms.CharField(label=_("Street or place"), max_length=80)
    level_db = forms.IntegerField(
        label=_("dB measured at the nearest window"), min_value=0, max_value=140, required=False
    )
