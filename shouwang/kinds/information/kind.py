"""An information item: learnt, assessed by another, acted on by a directive, fed back, assessed again (情指行一体化).

It is of a place, of hours, of a method or of works. Items on persons are out of scope and refused at entry. The public
sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.information import effects, forms
from shouwang.kinds.information.words import CHANNELS, FACTS, GROUPS, HELPED, JUDGED, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("learnt", _("Item to be assessed"), Phase.NEW),
    State("assessed", _("Item assessed"), Phase.ACTIVE),
    State("directed", _("Directive is out"), Phase.WAITING),
    State("heard", _("To be assessed again"), Phase.ACTIVE),
    State("closed", _("Item closed"), Phase.DONE),
    State("set_aside", _("Item set aside"), Phase.DONE),
)

STEPS = (
    Step("assess", _("Assess the item"), ("learnt",), "assessed", Verb.MATTER_TRIAGE, check=(effects.not_the_author,),
         form=forms.AssessForm, effects=(effects.impersonal("remark"), keep("judged", "remark"), note("judged"))),
    Step("direct", _("Issue a directive from it"), ("assessed", "heard"), "directed", Verb.DIRECTIVE_ISSUE,
         form=forms.DirectForm, offers=effects.grounds, effects=(effects.impersonal("what"), effects.direct)),
    Step("hear_back", _("Its directive has ended"), ("directed",), "heard", Verb.MATTER_TRIAGE, by_hand=False,
         tells=("responsible",)),
    Step("assess_again", _("Assess it again and close"), ("heard",), "closed", Verb.MATTER_TRIAGE,
         check=(effects.not_the_author,), form=forms.AssessAgainForm,
         effects=(effects.impersonal("remark"), keep("helped", "remark"), note("helped"), effects.end_as_assessed)),
    Step("set_aside", _("Set the item aside"), ("learnt", "assessed", "heard"), "set_aside", Verb.MATTER_TRIAGE,
         form=forms.SetAsideForm,
         effects=(effects.impersonal("reason"), keep("reason"), note("reason"), effects.end_as("set_aside"))),
)  # fmt: skip

INFORMATION = register(
    Kind(
        name="information",
        label=_("Information item"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("assess", _("Assessed until"), ("open",), ("assess", "set_aside"),
                     {1: Limit(15, Span.MINUTE), 2: Limit(2, Span.HOUR), None: Limit(1, Span.WORKING_DAY)}),
            Deadline("direct", _("Acted on until"), ("assess",), ("direct", "set_aside"),
                     {1: Limit(15, Span.MINUTE), 2: Limit(4, Span.HOUR), None: Limit(2, Span.WORKING_DAY)}),
            Deadline("assess_again", _("Assessed again until"), ("hear_back",), ("assess_again", "direct", "set_aside"),
                     {None: Limit(3, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=tuple(FACTS),
        choices={"judged": JUDGED, "helped": HELPED},
        on_open=(effects.entered,),
    )
)  # fmt: skip
