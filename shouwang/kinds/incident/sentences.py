"""What acts on a call are called, and which of them the caller hears of (`told`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.incident.models import StampName
from shouwang.kinds.incident.words import DISPOSITIONS, OUTCOMES
from shouwang.matters.sentences import say_common_steps

TOLD = {
    "open": (_("{who} took the call down"), _("Your report came in")),
    "read": (_("{who} read the report"), _("Your report was read")),
    "accept": (_("{who} accepted the call"), _("Your report was accepted")),
    "transfer": (_("{who} passed the call on"), _("It was passed on to whoever is in charge")),
    "dispatch": (_("A crew was sent"), _("A crew is being sent")),
    "arrive": (_("A crew arrived"), _("Somebody arrived")),
    "reopen": (_("{who} opened the call again: {reason}"), _("It was taken up again")),
}
SAYS = {
    "not_ours": _("{who} marked it as not ours: {reason}"),
    "reclassify": _("{who} changed the call type"),
    "set_urgency": _("{who} changed the urgency from {from} to {to}: {reason}"),
    "set_alarm": _("{who} set alarm level {to}: {reason}"),
    "correct_place": _("{who} corrected the place"),
    "edit_gist": _("{who} changed the gist"),
    "verify": _("{who} checked the call"),
    "call_back": _("{who} asked the caller"),
    "acknowledge": _("A crew signed"),
    "depart": _("A crew set out"),
    "report": _("First report came in"),
    "finish": _("Handling ended"),
    "stand_down": _("No crew is on it any more"),
    "first_handling": _("{who} noted the first handling"),
    "hand_to": _("{who} handed the scene over"),
    "rescue": _("{who} noted what was done to rescue"),
    "question": _("{who} questioned somebody"),
    "inspect": _("{who} inspected"),
    "coerce": _("{who} took a coercive measure"),
    "mediate": _("{who} mediated on the spot"),
    "feed_back": _("{who} wrote the feedback"),
    "withdraw": _("The reporter withdrew"),
    "correct_own_place": _("The reporter corrected the place"),
    "answer": _("The reporter answered the questions"),
}

for step, (says, told) in TOLD.items():
    say(f"incident.{step}", says, told=told)
for step, says in SAYS.items():
    say(f"incident.{step}", says)
say("incident.close", _("{who} closed the call: {outcome}"), told=_("It was closed"), outcome=OUTCOMES | DISPOSITIONS)
say("incident.amend_stamp", _("{who} amended “{stamp}”: {reason}"), stamp=dict(StampName.choices))
say_common_steps("incident")
