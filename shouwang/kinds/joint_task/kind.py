"""A joint task: offices are called, say that they take part, work together under the one that leads, and end it.

What is found out about a crime is not kept here: the case system has it, and here stands its reference.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.joint_task import effects, forms
from shouwang.kinds.joint_task.calling import call_members, read_task
from shouwang.kinds.joint_task.words import CHANNELS, ENDED, FACTS, GROUPS, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import OPEN, Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("called", _("Offices called"), Phase.NEW),
    State("running", _("Joint task running"), Phase.ACTIVE),
    State("ended", _("Joint task ended"), Phase.DONE),
    State("withdrawn", _("Joint task withdrawn"), Phase.VOID),
)

STEPS = (
    Step("start", _("Begin together"), ("called",), "running", Verb.MATTER_WORK, check=(effects.others_joined,),
         tells=("watchers",)),
    Step("end", _("End the joint task"), ("running",), "ended", Verb.MATTER_WORK, form=forms.EndForm,
         effects=(keep("ended_as"), note("ended_as"), effects.end_as_given), tells=("watchers",)),
    Step("withdraw", _("Withdraw the joint task"), (OPEN,), "withdrawn", Verb.DIRECTIVE_ISSUE,
         form=forms.WithdrawForm, effects=(keep("reason"), note("reason"), effects.end_as_withdrawn)),
)  # fmt: skip

JOINT_TASK = register(
    Kind(
        name="joint_task",
        label=_("Joint task"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("start", _("Begun until"), ("open",), ("start",),
                     {1: Limit(15, Span.MINUTE), 2: Limit(2, Span.HOUR), None: Limit(1, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=tuple(FACTS),
        choices={"ended_as": ENDED},
        on_open=(read_task,),
        after_open=(call_members,),
    )
)  # fmt: skip
