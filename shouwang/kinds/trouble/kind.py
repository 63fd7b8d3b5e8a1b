"""A trouble: noted in one line, owned by one post, solved within five working days, confirmed by the resident.

A joint action is the same with partners: opened from a signal in one step, and timed to the first act. Somebody else
than who solved it asks the resident. What cannot be solved here is told with whom to ask instead. The public sees
nothing of it; who told it sees where his own stands.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.trouble import effects, forms
from shouwang.kinds.trouble.words import CHANNELS, FACTS, GROUPS, HEARD_BY, OUTCOMES, PARTNERS, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

IN_WORK = ("told", "in_hand")

STATES = (
    State("told", _("Trouble told"), Phase.NEW),
    State("in_hand", _("Trouble in hand"), Phase.ACTIVE),
    State("solved", _("Said to be solved"), Phase.WAITING),
    State("confirmed", _("Solved, the resident confirmed"), Phase.DONE),
    State("not_solved", _("Could not be solved here"), Phase.DONE),
)

STEPS = (
    Step("take", _("Take it in hand"), ("told",), "in_hand", Verb.MATTER_WORK, effects=(effects.acted,),
         tells=("parties",)),
    Step("solve", _("Said to be solved"), IN_WORK, "solved", Verb.MATTER_WORK, form=forms.SolvedForm,
         effects=(keep("solved_by"), effects.solved), tells=("parties",)),
    Step("confirm", _("The resident confirms"), ("solved",), "confirmed", Verb.MATTER_WORK,
         check=(effects.another,), form=forms.ConfirmForm,
         effects=(keep("heard_by"), note("heard_by"), effects.end_as("confirmed"))),
    Step("not_yet", _("Not solved, the resident says"), ("solved",), "in_hand", Verb.MATTER_WORK,
         form=forms.NotYetForm, effects=(keep("reason"), note("reason"))),
    Step("cannot", _("Cannot be solved here"), (*IN_WORK, "solved"), "not_solved", Verb.MATTER_WORK,
         form=forms.CannotForm, effects=(keep("reason", "whom_to_ask"), note("reason"), effects.end_as("not_solved")),
         tells=("parties",)),
)  # fmt: skip

TROUBLE = register(
    Kind(
        name="trouble",
        label=_("Trouble"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("solved", _("Solved until"), ("open", "not_yet"), ("solve", "cannot"),
                     {2: Limit(3, Span.WORKING_DAY), None: Limit(5, Span.WORKING_DAY)}),
            Deadline("confirmed", _("Resident asked until"), ("solve",), ("confirm", "not_yet", "cannot"),
                     {None: Limit(3, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=("signal", "acted_after", "solved_by", "heard_by", "reason", "whom_to_ask"),
        choices={"heard_by": HEARD_BY, "partners": PARTNERS},
        on_open=(effects.opened,),
    )
)  # fmt: skip
