"""What acts on a hazard are called, and which of them a reporter hears of (`told`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.hazard.words import COMPETENT
from shouwang.matters.sentences import say_common_steps

say("hazard.open", _("{who} noted a hazard"), told=_("Your report came in"))
say("hazard.notify", _("{who} told {told} what has to be done"), told=_("Whoever answers for the place was told"))
say("hazard.begin", _("{who} noted that it is being mended"))
say("hazard.mended", _("{who} was told that it is mended"))
say("hazard.owner_mended", _("The owner said that it is mended: {mended_by}"))
say("hazard.close", _("{who} re-checked: the hazard is gone"), told=_("It was mended and re-checked"))
say("hazard.not_mended", _("{who} re-checked: not mended. {reason}"))
say("hazard.refer", _("{who} referred it: {body}"), told=_("It was passed on to whoever is in charge"), body=COMPETENT)
say("hazard.dismiss", _("{who} found no hazard: {reason}"), told=_("Somebody looked and found no hazard"))
say("item.note", _("{who} noted a safety item"))
say("item.check", _("{who} checked a safety item"))
say("item.tell", _("{who} gave notice of a date"))
say("sweep.plan", _("{who} planned a sweep"))
say("sweep.look", _("{who} looked at premises of a sweep: {n_lacking} lacks"))
say("sweep.publish", _("{who} published the result of a visit"))
say("sweep.withdraw", _("{who} withdrew a published result"))
say("item.take_away", _("{who} took a safety item off the list"))
say_common_steps("hazard")
