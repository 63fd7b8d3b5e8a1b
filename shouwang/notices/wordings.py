"""What is said: every text that leaves the house, in one place, in three languages.

A text names no case, no place, no person and asks for no money or code (MSG-03); it may hold only the values of
`ALLOWED`. A protected party reads `protected` in its stead: that there is something new, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.notices.models import Channel

ALLOWED = frozenset({"reference", "link", "code", "number"})
OUTSIDE = frozenset({Channel.SMS, Channel.MAIL})
STOP_HINT = _("Reply T to stop.")
FOR_PROTECTED = _("There is something new about what you told us. You can look it up with your receipt.")


@dataclass(frozen=True)
class Wording:
    """`says` is the text; `channels` where it may go; `at_most` how often one recipient hears it about one matter.

    link      the kind of link that is made when it is sent (notices.links)
    inside    what an account reads of it inside the application: another wording, the same (None), nothing ("")
    at_night  may be sent in quiet hours: the recipient is waiting for it, or life is in danger
    """

    key: str
    says: Promise
    channels: frozenset[Channel] = OUTSIDE
    at_most: int = 1
    link: str = ""
    inside: str | None = None
    at_night: bool = False
    subject: Promise | str = ""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(re.findall(r"{(\w+)}", str(self.says)))


WORDINGS: dict[str, Wording] = {}


def wording(key: str, says: Promise, **more: Any) -> Wording:
    WORDINGS[key] = Wording(key, says, **more)
    return WORDINGS[key]


def text_of(key: str, values: Mapping[str, Any], *, language: str, protected: bool = False) -> str:
    """The text in that language, without signature."""
    with translation.override(language):
        if protected:
            return str(FOR_PROTECTED)
        return str(WORDINGS[key].says).format(**values)


def short_message(key: str, values: Mapping[str, Any], *, sender: str, language: str, protected: bool = False) -> str:
    """The text as a phone shows it: the sender in front, and how to stop it behind (MSG-01)."""
    text = text_of(key, values, language=language, protected=protected)
    with translation.override(language):
        hint = "" if WORDINGS[key].at_night else str(STOP_HINT)
    between = "" if text.endswith("。") or not hint else " "
    return f"【{sender}】{text}{between}{hint}"


IN_APP = frozenset({Channel.IN_APP})
STAFF_ON_DUTY = frozenset({Channel.SMS, Channel.VOICE})

wording("received", _("We have received your report, number {reference}. You can follow it with your receipt."))
wording("crew_sent", _("A crew is on its way to you, about {reference}. Call 110 if anything changes."), at_night=True)
wording("crew_arrived", _("The crew has arrived, about {reference}."), at_night=True)
wording("done", _("Your report {reference} has been closed. You can read with your receipt what came of it."))
wording(
    "questionnaire",
    _("Your report {reference} has been closed. Two questions about how we did: {link}"),
    link="questionnaire",
    inside="progress",
    at_most=2,
)
wording("progress", _("There is something new about your report {reference}."), channels=IN_APP, at_most=1000)
wording("one_time_code", _("Your code is {code}. It is valid for 10 minutes; we never ask you for it."), at_most=1000,
        link="one_time_code", inside="", at_night=True)  # fmt: skip
wording(
    "task_waiting",
    _("A task is waiting on the phone of your unit, number {number}. Open it and sign."),
    channels=STAFF_ON_DUTY,
    at_most=1000,
    at_night=True,
)
wording("mobilised", _("You are called to duty. Read where and when, and acknowledge."), channels=IN_APP, at_most=1000)
wording(
    "mobilised_waiting",
    _("You are called to duty and have not acknowledged. Open your phone or the desk."),
    channels=STAFF_ON_DUTY,
    at_most=1000,
    at_night=True,
)
wording("watched", _("There is something new about {reference}, which you watch."), channels=IN_APP, at_most=1000)
wording("given", _("{reference} stands with you now."), channels=IN_APP, at_most=1000)
wording("linkage_asked", _("Your branch is asked to act along with {reference}. Please answer."), channels=IN_APP,
        at_most=1000)  # fmt: skip
wording("linkage_unanswered", _("A branch did not answer in time about {reference}. It stands with you now."),
        channels=IN_APP, at_most=1000)  # fmt: skip
wording("alert_escalated", _("Nobody took notice of what a crew raised. It rings at every desk now."), channels=IN_APP,
        at_most=1000)  # fmt: skip
wording("escalated", _("A limit of {reference} has run out. It now stands with you."), channels=IN_APP, at_most=1000)
wording("reminded", _("A limit of {reference}, which stands with you, is running out."), channels=IN_APP, at_most=1000)
wording(
    "opened_in_emergency",
    _("In an emergency, number {reference}, your record was opened to help you. Your account says by whom."),
    channels=OUTSIDE | IN_APP,
    at_most=2,
)
wording(
    "kin_needed",
    _("Somebody who named you for emergencies needs you now. Please call 110 and say {reference}."),
    at_most=2,
    at_night=True,
)
wording(
    "kin_told_after",
    _("In an emergency, number {reference}, the record of somebody who named you was opened. Please tell the person."),
)
wording(
    "emergency_to_judge",
    _("An emergency look-up was begun about {reference}. Say within a day whether it was one."),
    channels=IN_APP,
    at_most=1000,
)
wording(
    "emergency_late",
    _("Nobody judged the emergency look-up about {reference} within a day. It now stands with you."),
    channels=IN_APP,
    at_most=1000,
)
wording(
    "emergency_abuse",
    _("The look-up about {reference} was found to be no emergency. Look into it."),
    channels=IN_APP,
    at_most=1000,
)
wording(
    "look_noticed",
    _("A rule picked out one of your look-ups. Read it first, and say why, on the page “Looks and their rules”."),
    channels=IN_APP,
    at_most=1000,
)
wording(
    "look_to_hear",
    _("A look-up that a rule picked out waits to be heard, with the words of its maker."),
    channels=IN_APP,
    at_most=1000,
)
for _reason, _says in {
    "unlocked": _(
        "An officer tells you: your vehicle stands unlocked or open, number {reference}. Please go and look."
    ),
    "obstructing": _("An officer tells you: your vehicle stands in the way, number {reference}. Please move it."),
    "hazard": _("An officer tells you: your vehicle may be a danger, number {reference}. Please go and look."),
}.items():
    wording(f"vehicle_{_reason}", _says, channels=OUTSIDE | IN_APP, at_most=2)
wording(
    "request_answered",
    _("There is an answer to what you asked about your record. You can read it in your account."),
    channels=OUTSIDE | IN_APP,
)
wording("rehearsal", _("This is a test. Messages of this service arrive here."), at_most=1000, at_night=True)
wording(
    "declared_runs_out",
    _("A residence that you declared runs out soon. Your account shows which; say there whether it goes on."),
    channels=IN_APP,
    at_most=2,
)
