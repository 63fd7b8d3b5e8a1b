"""Advice: a slip left with somebody, or a briefing of whoever runs a place. It may be looked at again.

A briefing is acknowledged for the unit, and its owner fills a self-check before an inspection. A slip is left, or
followed up within thirty days where that was agreed. No name of who was advised is kept. The public sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.advice import effects, forms
from shouwang.kinds.advice.words import CHANNELS, FACTS, GROUPS, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("given", _("Advice given, to be looked at again"), Phase.NEW),
    State("acknowledged", _("Briefing acknowledged"), Phase.WAITING),
    State("left", _("Slip left"), Phase.DONE),
    State("followed", _("Advice followed"), Phase.DONE),
)

STEPS = (
    Step("leave", _("Leave it at that"), ("given", "acknowledged"), "left", Verb.ROUND_WALK,
         effects=(effects.end_as("left"),)),
    Step("acknowledge", _("It was acknowledged"), ("given",), "acknowledged", Verb.ROUND_WALK,
         form=forms.AcknowledgeForm, effects=(keep("acknowledged_by"),)),
    Step("self_check", _("Self-check of the owner"), ("given", "acknowledged"), None, Verb.ROUND_WALK,
         form=forms.SelfCheckForm, effects=(effects.checked_by_owner,)),
    Step("own_check", _("The owner checked himself"), ("given", "acknowledged"), "acknowledged", Verb.OWN_REPORT_FILE,
         form=forms.SelfCheckForm, effects=(effects.checked_by_paper,)),
    Step("follow", _("Looked at again"), ("given", "acknowledged"), "followed", Verb.ROUND_WALK,
         form=forms.FollowForm, effects=(keep("found"), effects.end_as("followed"))),
)  # fmt: skip

ADVICE = register(
    Kind(
        name="advice",
        label=_("Advice"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("looked", _("Looked at again until"), ("open",), ("leave", "follow"),
                     {None: Limit(30, Span.CALENDAR_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=("acknowledged_by", "checked", "found"),
    )
)  # fmt: skip
