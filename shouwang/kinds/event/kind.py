"""An event kept safe: planned with its posts, approved by the level above, run, stood down, looked back at.

It is about a place, hours and crowds; why people come and who they are is no part of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.event import effects, forms
from shouwang.kinds.event.amending import amend_plan
from shouwang.kinds.event.opening import read_plan
from shouwang.kinds.event.words import CHANNELS, FACTS, GROUPS, OUTCOMES, SUBKINDS, WENT
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("planned", _("Event planned"), Phase.NEW),
    State("approved", _("Plan approved"), Phase.WAITING),
    State("running", _("Event running"), Phase.ACTIVE),
    State("stood_down", _("Stood down, to be reviewed"), Phase.WAITING),
    State("reviewed", _("Event reviewed"), Phase.DONE),
    State("called_off", _("Event called off"), Phase.VOID),
)

STEPS = (
    Step("approve", _("Approve the plan"), ("planned",), "approved", Verb.EVENT_APPROVE,
         check=(effects.by_the_level_above, effects.has_posts), tells=("responsible", "watchers")),
    Step("send_back", _("The plan lacks something"), ("planned",), None, Verb.EVENT_APPROVE,
         check=(effects.by_the_level_above,), form=forms.SendBackForm, effects=(keep("reason"), note("reason"))),
    Step("amend", _("Change what the plan says"), ("planned",), None, Verb.EVENT_PLAN, form=forms.AmendForm,
         effects=(amend_plan,), tells=("watchers",)),
    Step("reopen", _("Change the plan"), ("approved",), "planned", Verb.EVENT_PLAN, form=forms.ReopenForm,
         effects=(keep("reason"), note("reason"))),
    Step("start", _("The event begins"), ("approved",), "running", Verb.EVENT_PLAN, tells=("watchers",)),
    Step("stand_down", _("Stand down"), ("running",), "stood_down", Verb.EVENT_PLAN,
         effects=(effects.stand_all_down,)),
    Step("review", _("Look back at it"), ("stood_down",), "reviewed", Verb.EVENT_PLAN, form=forms.ReviewForm,
         effects=(keep("went", "kept", "change"), note("went"), effects.end_as_reviewed)),
    Step("call_off", _("Call it off"), ("planned", "approved"), "called_off", Verb.EVENT_PLAN, form=forms.CallOffForm,
         effects=(keep("reason"), note("reason"), effects.end_as_called_off)),
)  # fmt: skip

EVENT = register(
    Kind(
        name="event",
        label=_("Event kept safe"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("approve", _("Approved until"), ("open", "reopen"), ("approve", "call_off"),
                     {None: Limit(1, Span.WORKING_DAY)}),
            Deadline("review", _("Reviewed until"), ("stand_down",), ("review",), {None: Limit(3, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=tuple(FACTS),
        choices={"went": WENT},
        on_open=(read_plan,),
    )
)  # fmt: skip
