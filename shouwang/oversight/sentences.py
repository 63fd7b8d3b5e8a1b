"""What looks back are called in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.oversight.models import Check, Found, Settled
from shouwang.oversight.purposes import PURPOSES

CHECKS = dict(Check.choices)
SETTLED = dict(Settled.choices)
FOUND = dict(Found.choices)

say("replay.open", _("{who} replayed {n_units} units ({purpose}): {reason}"), purpose=PURPOSES)
say("evidence_export.make", _("{who} made a signed export of this matter ({purpose}): {reason}"), purpose=PURPOSES)
say("presence.ask", _("{who} asked who was at a place ({purpose}): {reason}"), purpose=PURPOSES)
say("presence.approve", _("{who} approved asking who was at a place"))
say("presence.refuse", _("{who} refused asking who was at a place"))
say("presence.open", _("{who} read who was at a place: {n_units} units"))
say("presence.found", _("{who} found {person} near a place"), person="person")
say("told.read", _("{who} read that others had looked back"))
say("told.words", _("{who} wrote words beside what others looked at"))
say("finding.keep", _("{who} found what does not fit together: {check}"), check=CHECKS)
say("finding.explain", _("{who} said how something came about"))
say("finding.pass_on", _("{who} passed a finding on without words"))
say("finding.settle", _("{who} settled a finding: {outcome}"), outcome=SETTLED)
say("review.open", _("{who} opened a review of who answered for what ({purpose}): {reason}"), purpose=PURPOSES)
say("review.find", _("{who} wrote a finding of a review: {found} ({rule})"), found=FOUND)
say("review.take_back", _("{who} took a finding of a review back"))
say("review.answer", _("{who} answered in a review"))
say("review.close", _("{who} closed a review with {n_findings} findings"))
say("review.export", _("{who} made the signed report of a review"))
