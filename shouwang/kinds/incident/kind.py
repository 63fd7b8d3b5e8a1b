"""警情, a call for service: who may take which step from where, and how long each stage may take.

It is opened by the desk, by a crew that finds something, by an alarm or by the caller himself; worked by the desk and
the crews sent; ended by an outcome. The public sees nothing of it; the caller sees where his own stands.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.incident import checks, effects, forms, opening
from shouwang.kinds.incident.calls import GROUPS, SUBKINDS
from shouwang.kinds.incident.models import StampName
from shouwang.kinds.incident.stamps import amend, stamps
from shouwang.kinds.incident.words import ALARM_LEVELS, CHANNELS, DISPOSITIONS, FACTS, OUTCOMES, SENT_IN
from shouwang.matters.common_effects import keep, note
from shouwang.matters.kinds import ENDED, OPEN, Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline
from shouwang.people.verbs import Verb

BEFORE_CREW = ("received", "read", "accepted")
CREW_OUT = ("dispatched", "signed", "departed")
AT_SCENE = ("on_scene", "reported")
AFTERWARDS = ("handled", "verified")

STATES = (
    State("received", _("Call received"), Phase.NEW),
    State("read", _("Report read"), Phase.NEW),
    State("accepted", _("Call accepted"), Phase.ACTIVE),
    State("dispatched", _("Crew was sent"), Phase.ACTIVE),
    State("signed", _("Signed by the crew"), Phase.ACTIVE),
    State("departed", _("Crew on the way"), Phase.ACTIVE),
    State("on_scene", _("At the scene"), Phase.ACTIVE),
    State("reported", _("First report in"), Phase.ACTIVE),
    State("handled", _("Handled, to be checked"), Phase.WAITING),
    State("verified", _("Call checked"), Phase.WAITING),
    State("closed", _("Call closed"), Phase.DONE),
    State("transferred", _("Call passed on"), Phase.DONE),
    State("withdrawn", _("Report withdrawn"), Phase.VOID),
)

DESK = (
    Step("read", _("Mark the report as read"), ("received",), "read", Verb.MATTER_TRIAGE,
         effects=(stamps(StampName.ANSWERED),), tells=("parties",)),
    Step("accept", _("Accept the call"), ("received", "read"), "accepted", Verb.MATTER_TRIAGE,
         effects=(stamps(StampName.ANSWERED, StampName.ACCEPTED), effects.accept), tells=("parties",)),
    Step("not_ours", _("Mark as not ours"), BEFORE_CREW, None, Verb.MATTER_TRIAGE, form=forms.NotOursForm,
         effects=(note("reason"),)),
    Step("transfer", _("Pass the call on"), BEFORE_CREW, "transferred", Verb.MATTER_TRIAGE, form=forms.TransferForm,
         effects=(effects.transfer, stamps(StampName.CLOSED)), tells=("parties",)),
    Step("reclassify", _("Change the call type"), (OPEN,), None, Verb.MATTER_TRIAGE, form=forms.ReclassifyForm,
         effects=(effects.reclassify, stamps(StampName.CLASSIFIED))),
    Step("set_urgency", _("Change the urgency"), (OPEN,), None, Verb.MATTER_TRIAGE, form=forms.UrgencyForm,
         effects=(effects.set_urgency,)),
    Step("set_alarm", _("Set the alarm level"), (OPEN,), None, Verb.UNIT_SEND, form=forms.AlarmForm,
         effects=(effects.set_alarm,), tells=("desk",)),
    Step("correct_place", _("Correct the place of the call"), (OPEN,), None, Verb.MATTER_TRIAGE, form=forms.PlaceForm,
         effects=(effects.correct_place,), tells=("crew",)),
    Step("edit_gist", _("Change the gist"), (OPEN,), None, Verb.MATTER_WORK, form=forms.GistForm,
         effects=(effects.edit_gist,)),
    Step("verify", _("Check the call"), ("handled",), "verified", Verb.MATTER_TRIAGE,
         effects=(stamps(StampName.VERIFIED),)),
    Step("close", _("Close the call"), (*BEFORE_CREW, *AT_SCENE, *AFTERWARDS), "closed", Verb.MATTER_CLOSE,
         form=forms.CloseForm, effects=(checks.recorded_if_alone, effects.close, stamps(StampName.CLOSED)),
         tells=("parties", "questionnaire")),
    Step("reopen", _("Open the call again"), ("closed", "transferred"), "accepted", Verb.MATTER_TRIAGE,
         check=(checks.reopens_in_time,), form=forms.ReopenForm, effects=(effects.reopen,), tells=("parties",)),
    Step("amend_stamp", _("Amend a clock time"), (OPEN, ENDED), None, Verb.MATTER_TRIAGE, form=forms.AmendStampForm,
         effects=(amend,)),
    Step("call_back", _("Ask the caller"), ("closed",), None, Verb.MATTER_TRIAGE, form=forms.AnswerForm,
         effects=(effects.call_back,)),
)  # fmt: skip

CREW = (  # dispatch takes these when the first crew gets there; nothing is asked
    Step("dispatch", _("Send a crew"), (*BEFORE_CREW, *AFTERWARDS), "dispatched", Verb.UNIT_SEND, by_hand=False,
         effects=(stamps(StampName.ANSWERED, StampName.ACCEPTED, StampName.DISPATCHED), effects.accept),
         tells=("parties",)),
    Step("acknowledge", _("Sign for the call"), ("dispatched",), "signed", Verb.ASSIGNMENT_WORK, by_hand=False,
         effects=(stamps(StampName.ACKNOWLEDGED),)),
    Step("depart", _("Set out for the scene"), ("dispatched", "signed"), "departed", Verb.ASSIGNMENT_WORK,
         by_hand=False, effects=(stamps(StampName.DEPARTED),)),
    Step("arrive", _("Arrive at the scene"), CREW_OUT, "on_scene", Verb.ASSIGNMENT_WORK, by_hand=False,
         effects=(stamps(StampName.ARRIVED), checks.who_came), tells=("parties",)),
    Step("report", _("First report"), ("on_scene",), "reported", Verb.ASSIGNMENT_WORK, by_hand=False,
         effects=(stamps(StampName.FIRST_REPORT),), tells=("desk",)),
    Step("finish", _("End of handling"), (*CREW_OUT, *AT_SCENE), "handled", Verb.ASSIGNMENT_WORK, by_hand=False,
         effects=(stamps(StampName.HANDLED),), tells=("desk",)),
    Step("stand_down", _("No crew any more"), (*CREW_OUT, *AT_SCENE), "accepted", Verb.UNIT_RECALL, by_hand=False,
         tells=("desk",)),
)  # fmt: skip

SCENE = (
    Step("first_handling", _("Note the first handling"), AT_SCENE, None, Verb.MATTER_WORK, form=forms.FirstHandlingForm,
         effects=(effects.first_handling,)),
    Step("hand_to", _("Hand the scene over"), AT_SCENE, None, Verb.MATTER_WORK, form=forms.HandToForm,
         effects=(effects.hand_to,), tells=("desk",)),
    Step("rescue", _("Note a rescue"), (*AT_SCENE, *AFTERWARDS), None, Verb.MATTER_WORK, form=forms.RescueForm,
         effects=(effects.rescue,)),
    Step("question", _("Question somebody"), AT_SCENE, None, Verb.MATTER_ENFORCE, check=(checks.two_sworn,),
         form=forms.EnforceForm, effects=(checks.recorded, effects.enforced)),
    Step("inspect", _("Inspect a place or a thing"), AT_SCENE, None, Verb.MATTER_ENFORCE, check=(checks.two_sworn,),
         form=forms.EnforceForm, effects=(checks.recorded, effects.enforced)),
    Step("coerce", _("Coercive measure"), AT_SCENE, None, Verb.MATTER_ENFORCE, check=(checks.two_sworn,),
         form=forms.EnforceForm, effects=(checks.recorded, effects.enforced)),
    Step("mediate", _("Mediate on the spot"), AT_SCENE, None, Verb.MATTER_ENFORCE, check=(checks.one_sworn,),
         form=forms.EnforceForm, effects=(checks.recorded, effects.enforced)),
    Step("feed_back", _("Write the feedback"), (*AT_SCENE, "handled"), None, Verb.MATTER_WORK, form=forms.FeedbackForm,
         effects=(keep("feedback"), note("outcome"), stamps(StampName.FED_BACK)), tells=("desk",)),
)  # fmt: skip

CALLER = (
    Step("withdraw", _("Withdraw the report"), BEFORE_CREW, "withdrawn", Verb.OWN_REPORT_FILE, form=forms.WithdrawForm,
         effects=(effects.withdraw,), tells=("desk",)),
    Step("correct_own_place", _("Correct the place of one's own report"), (*BEFORE_CREW, *CREW_OUT), None,
         Verb.OWN_REPORT_FILE, form=forms.PlaceForm, effects=(effects.correct_place,), tells=("desk", "crew")),
    Step("answer", _("Answer the questions afterwards"), ("closed",), None, Verb.OWN_REPORT_FILE,
         form=forms.AnswerForm, effects=(effects.answer,)),
)  # fmt: skip


def _times(*limits: Limit | None) -> dict[int | None, Limit]:
    """Limits by urgency 1 to 4; None: no clock."""
    return {urgency: limit for urgency, limit in enumerate(limits, 1) if limit}


ENDINGS = ("close", "transfer", "withdraw")
TO_SEND = _times(Limit(1, Span.MINUTE), Limit(2, Span.MINUTE), Limit(15, Span.MINUTE), Limit(1, Span.WORKING_DAY))
DEADLINES = (
    Deadline("read", _("To be read"), ("open",), ("read", "accept", "dispatch", *ENDINGS),
             _times(Limit(60, Span.SECOND), Limit(60, Span.SECOND), Limit(10, Span.MINUTE), Limit(2, Span.HOUR)),
             channels=SENT_IN),
    Deadline("answer", _("To be dealt with"), ("open",), ("accept", "dispatch", *ENDINGS), TO_SEND,
             channels=tuple(name for name in CHANNELS if name not in SENT_IN)),
    Deadline("dispatch", _("To be sent to"), ("accept", "reopen", "stand_down"), ("dispatch", *ENDINGS), TO_SEND),
    Deadline("arrive", _("To arrive"), ("dispatch",), ("arrive", "finish", "stand_down", *ENDINGS),
             _times(Limit(5, Span.MINUTE, "一省110接处警工作规范", "local"),
                    Limit(10, Span.MINUTE, "一省110接处警工作规范", "local"), Limit(30, Span.MINUTE))),
    Deadline("report", _("First report due"), ("arrive",), ("report", "finish", "stand_down", *ENDINGS),
             _times(Limit(30, Span.MINUTE), Limit(60, Span.MINUTE), Limit(4, Span.HOUR), Limit(4, Span.HOUR))),
    Deadline("transfer", _("To be passed on"), ("not_ours",), ENDINGS,
             {None: Limit(24, Span.HOUR, "公安机关办理行政案件程序规定第六十一条", "read")}),
    Deadline("close", _("To be closed"), ("open", "reopen"), ENDINGS,
             _times(Limit(24, Span.HOUR), Limit(24, Span.HOUR), Limit(3, Span.WORKING_DAY),
                    Limit(7, Span.WORKING_DAY))),
)  # fmt: skip

INCIDENT = register(
    Kind(
        name="incident",
        label=_("Call for service"),
        states=STATES,
        own_steps=(*DESK, *CREW, *SCENE, *CALLER),
        deadlines=DEADLINES,
        subkinds=SUBKINDS,
        groups=GROUPS,
        channels=CHANNELS,
        outcomes=OUTCOMES | DISPOSITIONS | {"withdrawn": _("Withdrawn by the caller")},
        facts=FACTS,
        choices={"alarm_level": {str(level): words for level, words in ALARM_LEVELS.items()}},
        crewed={
            "sent": "dispatch",
            "signed": "acknowledge",
            "departed": "depart",
            "arrived": "arrive",
            "reported": "report",
            "cleared": "finish",
            "emptied": "stand_down",
        },
        on_open=(opening.guess_kind, opening.weigh_urgency, opening.mark_dwelling, opening.keep_from_unit_concerned),
        after_open=(opening.first_times, opening.notice_repeats),
    )
)
