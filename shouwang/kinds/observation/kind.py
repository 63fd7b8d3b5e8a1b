"""An observation: what somebody saw on a round about a place or conduct, with how it is known.

Somebody else screens it within 24 hours: nothing to do, advice, a ticket, or handed to the competent unit outside, of
which only the receipt is kept. It is never about who somebody is. The public sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.observation import effects, forms
from shouwang.kinds.observation.words import BASIS, CHANNELS, FACTS, GROUPS, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("noted", _("Observation to be screened"), Phase.NEW),
    State("nothing", _("Screened: nothing to do"), Phase.DONE),
    State("advised", _("Screened: advice given"), Phase.DONE),
    State("ticketed", _("Screened: made a ticket"), Phase.DONE),
    State("handed", _("Screened: handed on"), Phase.DONE),
)
ANOTHER = (effects.not_the_author,)

STEPS = (
    Step("close_it", _("Nothing to do"), ("noted",), "nothing", Verb.MATTER_TRIAGE, check=ANOTHER,
         form=forms.NothingForm, effects=(keep("reason"), note("reason"), effects.end_as("nothing"))),
    Step("advise", _("Advice was given"), ("noted",), "advised", Verb.MATTER_TRIAGE, check=ANOTHER,
         form=forms.AdvisedForm, effects=(keep("told"), effects.end_as("advised"))),
    Step("ticket", _("Make it a ticket"), ("noted",), "ticketed", Verb.MATTER_TRIAGE, check=ANOTHER,
         effects=(effects.ticket, effects.end_as("ticketed"))),
    Step("hand_on", _("Hand it to the competent unit"), ("noted",), "handed", Verb.MATTER_TRIAGE, check=ANOTHER,
         form=forms.HandedForm, effects=(keep("unit", "reference"), note("unit"), effects.end_as("handed"))),
)  # fmt: skip

OBSERVATION = register(
    Kind(
        name="observation",
        label=_("Observation"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("screened", _("Screened until"), ("open",), ("close_it", "advise", "ticket", "hand_on"),
                     {None: Limit(24, Span.HOUR)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=("basis", "told", "unit", "reference", "reason"),
        choices={"basis": BASIS},
        on_open=(effects.noted,),
    )
)  # fmt: skip
