"""A directive: issued by a command room, signed, started, fed back by those on the ground, verified by who issued it.

A station room signs within 60 seconds, a community or a post within minutes; each stage has its clock and climbs when
it runs out. An early warning is of a place, of hours or of a method, never of a person, and ends by itself within 14
days. The public sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.directive import effects, forms
from shouwang.kinds.directive.opening import give_to_its_post, read_order
from shouwang.kinds.directive.words import CHANNELS, EFFECTS, FACTS, GROUPS, OUTCOMES, SUBKINDS
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import OPEN, Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

STATES = (
    State("issued", _("Directive issued"), Phase.NEW),
    State("signed", _("Directive signed"), Phase.ACTIVE),
    State("started", _("Directive being carried out"), Phase.ACTIVE),
    State("fed_back", _("Fed back, to be verified"), Phase.WAITING),
    State("verified", _("Directive verified"), Phase.WAITING),
    State("closed", _("Directive closed"), Phase.DONE),
    State("expired", _("Directive over"), Phase.DONE),
    State("withdrawn", _("Directive withdrawn"), Phase.VOID),
)

STEPS = (
    Step("sign", _("Sign the directive"), ("issued",), "signed", Verb.MATTER_WORK, check=(effects.not_the_issuer,),
         effects=(effects.held_by_signer,), tells=("watchers",)),
    Step("start", _("Start on it"), ("signed",), "started", Verb.MATTER_WORK, check=(effects.not_the_issuer,)),
    Step("feed_back", _("Feed back"), ("started",), "fed_back", Verb.MATTER_WORK, check=(effects.not_the_issuer,),
         form=forms.FeedBackForm, effects=(keep("effect", "feedback"), note("effect"), effects.back_to_issuer),
         tells=("responsible",)),
    Step("chase", _("Chase the feedback"), ("issued", "signed", "started"), None, Verb.DIRECTIVE_ISSUE,
         check=(effects.by_issuing_office,), tells=("responsible",)),
    Step("verify", _("Verify what was fed back"), ("fed_back",), "verified", Verb.DIRECTIVE_ISSUE,
         check=(effects.by_issuing_office, effects.by_another), form=forms.VerifyForm, effects=(keep("remark"),)),
    Step("send_back", _("Not done yet"), ("fed_back",), "started", Verb.DIRECTIVE_ISSUE,
         check=(effects.by_issuing_office,), form=forms.SendBackForm,
         effects=(keep("reason"), note("reason"), effects.back_to_unit), tells=("responsible",)),
    Step("close", _("Close the directive"), ("verified",), "closed", Verb.DIRECTIVE_ISSUE,
         check=(effects.by_issuing_office,), effects=(effects.end_as_fed_back,)),
    Step("withdraw", _("Withdraw the directive"), (OPEN,), "withdrawn", Verb.DIRECTIVE_ISSUE,
         check=(effects.by_issuing_office,), form=forms.WithdrawForm,
         effects=(keep("reason"), note("reason"), effects.end_as("withdrawn"))),
    Step("expire", _("Its time is over"), (OPEN,), "expired", Verb.DIRECTIVE_ISSUE, by_hand=False,
         check=(effects.is_over,), effects=(effects.end_as("expired"),)),
)  # fmt: skip

DIRECTIVE = register(
    Kind(
        name="directive",
        label=_("Directive"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("sign_room", _("Signed in the room until"), ("open",), ("sign",),
                     {None: Limit(60, Span.SECOND)}, channels=("room",)),
            Deadline("sign_ground", _("Signed on the ground until"), ("open",), ("sign",),
                     {1: Limit(2, Span.MINUTE), 2: Limit(5, Span.MINUTE), None: Limit(15, Span.MINUTE)},
                     channels=("ground",)),
            Deadline("start", _("Started until"), ("sign",), ("start",),
                     {1: Limit(5, Span.MINUTE), 2: Limit(15, Span.MINUTE), 3: Limit(60, Span.MINUTE),
                      None: Limit(1, Span.WORKING_DAY)}),
            Deadline("feed_back", _("Fed back until"), ("start", "send_back"), ("feed_back",),
                     {1: Limit(60, Span.MINUTE), 2: Limit(4, Span.HOUR), 3: Limit(24, Span.HOUR),
                      None: Limit(3, Span.WORKING_DAY)}),
            Deadline("verify", _("Verified until"), ("feed_back",), ("verify", "send_back"),
                     {1: Limit(60, Span.MINUTE), None: Limit(24, Span.HOUR)}),
            Deadline("close", _("Closed until"), ("verify",), ("close",), {None: Limit(3, Span.WORKING_DAY)}),
        ),
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES,
        facts=FACTS,
        shown=tuple(FACTS),
        choices={"effect": EFFECTS},
        on_open=(read_order,),
        after_open=(give_to_its_post,),
    )
)  # fmt: skip
