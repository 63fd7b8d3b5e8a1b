"""What acts on an observation are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("observation.open", _("{who} reported something seen on a round"))
say("observation.close_it", _("{who} screened it: nothing to do. {reason}"))
say("observation.advise", _("{who} screened it: advice was given"))
say("observation.ticket", _("{who} screened it and made it a ticket"))
say("observation.hand_on", _("{who} screened it and handed it to {unit}"))
say_common_steps("observation")
