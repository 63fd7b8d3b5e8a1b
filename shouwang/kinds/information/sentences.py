"""What acts on an information item are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.information.words import HELPED, JUDGED
from shouwang.matters.sentences import say_common_steps

say("information.open", _("{who} entered an information item"))
say("information.assess", _("{who} assessed the item: {judged}"), judged=JUDGED)
say("information.direct", _("{who} issued a directive from the item"))
say("information.hear_back", _("The directive of the item has ended"))
say("information.assess_again", _("{who} assessed the item again: {helped}"), helped=HELPED)
say("information.set_aside", _("{who} set the item aside: {reason}"))
say_common_steps("information")
