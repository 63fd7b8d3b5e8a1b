"""What acts on a directive are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.directive.words import EFFECTS
from shouwang.matters.sentences import say_common_steps

say("directive.open", _("{who} issued the directive"))
say("directive.sign", _("{who} signed the directive"))
say("directive.start", _("{who} started on the directive"))
say("directive.feed_back", _("{who} fed back: {effect}"), effect=EFFECTS)
say("directive.chase", _("{who} chased the feedback"))
say("directive.verify", _("{who} verified what was fed back"))
say("directive.send_back", _("{who} sent it back: {reason}"))
say("directive.close", _("{who} closed the directive"))
say("directive.withdraw", _("{who} withdrew the directive: {reason}"))
say("directive.expire", _("The last day of the directive is over"))
say_common_steps("directive")
