"""What acts on beats are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("beat.make", _("{who} set up beat {called}"))
say("beat.change", _("{who} changed beat {called}"))
say("beat.end", _("{who} ended beat {called}"))
say("beat.shift", _("{who} noted that {called} is walked otherwise, and why"))
say("beat.check_in", _("{who} checked in at a point of {called}"))
say("zone.make", _("{who} drew the night-economy zone {called}"))
say("zone.change", _("{who} changed the night-economy zone {called}"))
say("zone.task", _("{who} put a task on the plan of {called}"))
say("speaker.change", _("{who} changed the loudspeaker message {called}"))
say("speaker.play", _("{who} played the loudspeaker message {called}"))
