"""Channels, outcomes, dispositions (C14) and facts of a call, with their labels."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHANNELS: dict[str, Promise] = {
    "phone": _("Telephone"),
    "counter": _("Counter"),
    "online": _("Online report"),
    "own_find": _("Found on patrol"),
    "sms_12110": _("Text to 12110"),
    "alarm_device": _("Alarm device"),
    "complaint_police": _("Complaint about police conduct"),
}
SENT_IN = ("online", "sms_12110", "alarm_device")  # nobody is on the line: it must be read first

OUTCOMES: dict[str, Promise] = {
    "settled": _("Settled on the spot"),
    "advice": _("Advice given"),
    "mediated": _("Mediated"),
    "handed_over": _("Handed over"),
    "case_opened": _("Case opened elsewhere (reference only)"),
    "nothing_found": _("Nothing found"),
    "false_call": _("False call"),
    "unsolved": _("Closed unsolved"),
}

ACCEPTED_RECEIPT = "accepted_receipt"
TRANSFERS: dict[str, Promise] = {  # C14, what a transfer can be
    "transferred": _("For the police, not for us: transferred"),
    "not_police_told": _("Not for the police: told which body"),
    "not_police_written": _("Not for the police: told in writing"),
    "repeat_explained": _("Already in hand or closed: explained"),
    "to_12345": _("Passed to the 12345 line"),
    "to_mediation": _("Passed to mediation"),
}
DISPOSITIONS: dict[str, Promise] = {ACCEPTED_RECEIPT: _("Ours: registered, receipt given"), **TRANSFERS}

RATINGS: dict[int, Promise] = {  # C19
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Fairly satisfied"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}
BAD_RATINGS = (1, 2)

CREWS_AT_LEVEL = {1: 1, 2: 2, 3: 4, 4: 8}  # how many crews an alarm level asks for; who else is asked says linkage
ALARM_LEVELS: dict[int, Promise] = {
    1: _("Level 1: one crew"),
    2: _("Level 2: two crews"),
    3: _("Level 3: four crews"),
    4: _("Level 4: eight crews"),
}

FACTS: dict[str, Promise] = {
    "silent": _("Silent: do not ring or knock"),
    "alarm_level": _("Alarm level"),
    "urgency_by": _("What set the urgency"),
    "raised_by": _("Words that raised the urgency"),
    "disposition": _("Disposition"),
    "case_reference": _("Reference of the case elsewhere"),
    "remark": _("Remark"),
    "unit_concerned": _("Unit complained about"),
    "first_handling": _("First handling"),
    "handed_to": _("Handed over to"),
    "rescue": _("Rescue"),
    "enforced": _("Acts that need two officers"),
    "single_dwelling": _("A single dwelling"),
    "passed_to": _("Passed to"),
    "feedback": _("Feedback of the unit"),
    "told_at": _("When it was told"),
    "came": _("Who came"),
    "kind_by": _("What set the call type"),
    "place_said": _("Place in the words of the caller"),
}
