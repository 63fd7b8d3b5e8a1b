"""A visit: opened because somebody asked to be looked in on, because a date passed, or as part of a round.

The responsible post goes; the person's code proves that it was done, not a track. Nobody at home is tried again, three
times. What the person declines ends at once. The public sees nothing of it; the person sees his own.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.visit import booking, effects, forms
from shouwang.kinds.visit.words import CHANNELS, FACTS, GROUPS, NEEDS, OUTCOMES, PROOFS, SUBKINDS, WHY_AT_HOME
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

TO_GO = ("planned", "booked", "nobody_home")

STATES = (
    State("planned", _("Visit planned"), Phase.NEW),
    State("booked", _("Visit booked"), Phase.ACTIVE, Limit(31, Span.CALENDAR_DAY)),
    State("nobody_home", _("Nobody was at home"), Phase.WAITING, Limit(3, Span.WORKING_DAY)),
    State("met", _("Visit done"), Phase.DONE),
    State("declined", _("Visit not wanted"), Phase.DONE),
    State("not_met", _("Not met"), Phase.DONE),
)

STEPS = (
    Step("appoint", _("Book or rebook the visit"), TO_GO, "booked", Verb.MATTER_WORK, form=forms.AppointForm,
         offers=booking.offers, effects=(booking.appoint,), tells=("parties",)),
    Step("meet", _("Note the visit"), TO_GO, "met", Verb.MATTER_WORK, form=forms.MetForm,
         effects=(booking.as_booked, effects.met, effects.end_as("met")), tells=("parties",)),
    Step("nobody_home", _("Nobody at home"), TO_GO, "nobody_home", Verb.MATTER_WORK,
         effects=(effects.tried, booking.not_out_any_more)),
    Step("decline", _("Does not want it"), TO_GO, "declined", Verb.MATTER_WORK, form=forms.DeclineForm,
         effects=(effects.declined, effects.end_as("declined"))),
    Step("give_up", _("End it as not met"), ("nobody_home",), "not_met", Verb.MATTER_WORK,
         effects=(effects.end_as("not_met"),)),
)  # fmt: skip

VISIT = register(
    Kind(
        name="visit",
        label=_("Visit"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("visited", _("Visited until"), ("open",), ("appoint", "meet", "decline", "give_up"),
                     {None: Limit(7, Span.CALENDAR_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=("need", "why_at_home", "home_from", "home_until", "appointment", "tries", "proof", "why_no_code",
               "receipt", "asked_for", "reason"),
        choices={"need": NEEDS, "why_at_home": WHY_AT_HOME, "proof": PROOFS},
    )
)  # fmt: skip
