"""An inspection note: an inspector looks at how a matter was done and writes what he found; the unit answers in time.

The matter itself is not touched: the note stands below it, and an inspector has no verb that changes records. Praise is
a note too. The public sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.inspection_note import effects, forms
from shouwang.kinds.inspection_note.words import CHANNELS, FACTS, GROUPS, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("noted", _("Noted by an inspector"), Phase.NEW),
    State("answered", _("Answered by the unit"), Phase.WAITING),
    State("settled", _("Inspection note settled"), Phase.DONE),
    State("taken_back", _("Note taken back"), Phase.VOID),
)

STEPS = (
    Step("answer", _("Answer for the unit"), ("noted",), "answered", Verb.MATTER_WORK,
         check=(effects.not_the_author,), form=forms.AnswerForm,
         effects=(keep("answered"), effects.to_the_inspector), tells=("responsible",)),
    Step("settle", _("Settle the note"), ("answered",), "settled", Verb.INSPECTION_NOTE,
         check=(effects.the_author,), form=forms.SettleForm, effects=(keep("remark"), effects.end_as("settled"))),
    Step("ask_again", _("Ask the unit again"), ("answered",), "noted", Verb.INSPECTION_NOTE,
         check=(effects.the_author,), form=forms.AskAgainForm,
         effects=(keep("reason"), note("reason"), effects.back_to_the_unit), tells=("responsible",)),
    Step("take_back", _("Take the note back"), ("noted", "answered"), "taken_back", Verb.INSPECTION_NOTE,
         check=(effects.the_author,), form=forms.TakeBackForm,
         effects=(keep("reason"), note("reason"), effects.end_as("taken_back"))),
)  # fmt: skip

INSPECTION_NOTE = register(
    Kind(
        name="inspection_note",
        label=_("Inspection note"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("answer_note", _("Note answered until"), ("open", "ask_again"), ("answer",),
                     {2: Limit(24, Span.HOUR), None: Limit(3, Span.WORKING_DAY)}),
            Deadline("settle_note", _("Note settled until"), ("answer",), ("settle", "ask_again"),
                     {None: Limit(5, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=tuple(FACTS),
        on_open=(effects.noted,),
        after_open=(effects.to_the_unit,),
    )
)  # fmt: skip
