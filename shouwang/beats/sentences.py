"""What acts on beats are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("beat.make", _("{who} set up beat {called}"))
say("beat.change", _("{who} changed beat {called}"))
say("beat.end", _("{who} ended beat {called}"))
say("beat.shift", _("{who} noted that {called} is walked otherwise, and why"))
say("beat.check_in", _("{who} checked in at a point of {called}"))
