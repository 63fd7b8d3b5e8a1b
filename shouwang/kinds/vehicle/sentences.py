"""What acts on a vehicle are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("vehicle.open", _("{who} found a vehicle"))
say("vehicle.contact", _("The owner was told"))
say("vehicle.again", _("{who} had the owner told again"))
say("vehicle.came", _("{who} noted that the owner came"))
say("vehicle.locked", _("{who} noted that the owner locked it"))
say("vehicle.no_answer", _("{who} closed it without an answer"))
say_common_steps("vehicle")
