"""What acts on advice are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("advice.open", _("{who} gave advice"))
say("advice.leave", _("{who} left it at that"))
say("advice.acknowledge", _("{who} noted that the briefing was acknowledged"))
say("advice.self_check", _("{who} noted the owner’s self-check"))
say("advice.own_check", _("Whoever runs the place acknowledged the briefing and checked himself"))
say("advice.follow", _("{who} looked at it again"))
say_common_steps("advice")
