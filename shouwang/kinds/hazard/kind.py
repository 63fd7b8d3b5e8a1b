"""A hazard: found on rounds, in a sweep, by a date that passed, or reported; mended by whoever answers for the place.

The responsible post tells the owner what has to be done; a paper opens him a page where he reads it, says that it is
mended and asks for the re-check. Who says that it is mended does not re-check it. A hazard is
closed after a re-check, or referred to the body that can force the owner; if nobody does anything it climbs the chain.
The public sees nothing of it; a reporter sees where his own stands.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.hazard import effects, forms
from shouwang.kinds.hazard.words import CHANNELS, COMPETENT, FACTS, GROUPS, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

NOT_MENDED = ("found", "notified", "mending")

STATES = (
    State("found", _("Hazard found"), Phase.NEW),
    State("notified", _("Owner told"), Phase.ACTIVE),
    State("mending", _("Being mended"), Phase.ACTIVE),
    State("mended", _("Said to be mended"), Phase.WAITING),
    State("closed", _("Hazard gone"), Phase.DONE),
    State("referred", _("Hazard referred"), Phase.DONE),
    State("no_hazard", _("No hazard"), Phase.VOID),
)

STEPS = (
    Step("notify", _("Tell the owner"), ("found", "notified"), "notified", Verb.MATTER_WORK, form=forms.NotifyForm,
         effects=(keep("told", "to_do"), note("told")), tells=("parties",)),
    Step("begin", _("Being mended"), ("found", "notified"), "mending", Verb.MATTER_WORK),
    Step("mended", _("Said to be mended"), NOT_MENDED, "mended", Verb.MATTER_WORK, form=forms.MendedForm,
         effects=(keep("mended_by"), effects.said_mended)),
    Step("owner_mended", _("The owner says it is mended"), NOT_MENDED, "mended", Verb.OWN_REPORT_FILE,
         form=forms.MendedForm, effects=(keep("mended_by"), effects.said_by_owner)),
    Step("close", _("Re-checked: hazard gone"), ("mended",), "closed", Verb.MATTER_WORK,
         check=(effects.not_the_same,), effects=(effects.end_as("mended"),), tells=("parties",)),
    Step("not_mended", _("Re-checked: not mended"), ("mended",), "notified", Verb.MATTER_WORK,
         form=forms.NotMendedForm, effects=(keep("reason"), note("reason"))),
    Step("refer", _("Refer it"), (*NOT_MENDED, "mended"), "referred", Verb.MATTER_CLOSE, form=forms.ReferForm,
         effects=(keep("body", "reference", "reason"), note("body"), effects.end_as("referred")),
         tells=("parties",)),
    Step("dismiss", _("No hazard here"), ("found",), "no_hazard", Verb.MATTER_CLOSE, form=forms.NoHazardForm,
         effects=(keep("reason"), note("reason"), effects.end_as("no_hazard")), tells=("parties",)),
)  # fmt: skip

HAZARD = register(
    Kind(
        name="hazard",
        label=_("Hazard"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("tell_owner", _("Owner told until"), ("open",),
                     ("notify", "begin", "mended", "owner_mended", "refer", "dismiss"),
                     {1: Limit(2, Span.HOUR), 2: Limit(1, Span.WORKING_DAY), None: Limit(2, Span.WORKING_DAY)}),
            Deadline("mend", _("Mended until"), ("open",), ("mended", "owner_mended", "refer", "dismiss"),
                     {1: Limit(24, Span.HOUR), 2: Limit(3, Span.WORKING_DAY),
                      None: Limit(15, Span.WORKING_DAY, extendable_by=15, approver_role="station_head")}),
            Deadline("recheck", _("Re-checked until"), ("mended", "owner_mended"), ("close", "not_mended", "refer"),
                     {1: Limit(24, Span.HOUR), None: Limit(3, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=("told", "to_do", "mended_by", "body", "reference", "reason"),
        choices={"body": COMPETENT},
    )
)  # fmt: skip
