"""What acts on beats are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("beat.make", _("{who} set up beat {called}"))
say("beat.change", _("{who} changed beat {called}"))
say("beat.end", _("{who} ended beat {called}"))
say("beat.shift", _("{who} noted that {called} is walked otherwise, and why"))
say("beat.check_in", _("{who} checked in at a point of {called}"))
say("zone.make", _("{who} set up night zone {called}"))
say("zone.change", _("{who} changed night zone {called}"))
say("zone.task", _("{who} planned in night zone {called}: {what}"))
say("zone.move", _("{who} said how it stands in night zone {called}: {what}"))
say("zone.close", _("{who} closed night zone {called} with its outcome"))
say("announcement.write", _("{who} wrote the loudspeaker message {called}"))
say("announcement.record", _("{who} added a recording in {language} to the loudspeaker message {called}"))
say("announcement.approve", _("{who} approved the loudspeaker message {called}"))
say("announcement.withdraw", _("{who} withdrew the loudspeaker message {called}"))
say("announcement.play", _("{who} had the loudspeaker message {called} played at {place}"))
