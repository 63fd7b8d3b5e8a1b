"""What the steps of a joint task ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.joint_task.words import ENDED
from shouwang.matters.common_forms import Line


class EndForm(forms.Form):
    ended_as = forms.ChoiceField(label=_("How it ended"), choices=list(ENDED.items()))


class WithdrawForm(forms.Form):
    reason = Line(label=_("Why it is withdrawn"), max_length=200)
