"""What acts on rounds and in the diary are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("round.plan", _("{who} planned a round of {n_stops} stops"))
say("round.begin", _("{who} set out on a round"))
say("round.stop", _("{who} noted a stop of a round"))
say("round.end", _("{who} came back from a round"))
say("activity.note", _("{who} noted work in the diary"))
