"""What acts on plans are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("plan.ask", _("{who} asked for proposals of grids"))
say("plan.work_out", _("{alternatives} proposals of grids were worked out"))
say("plan.move", _("{who} moved {households} households to another grid of a proposal"))
say("plan.draw", _("{who} made a proposal a draft of borders"))
say("route.ask", _("{who} asked for a patrol route over {places} places"))
say("route.work_out", _("{ways} ways of a patrol were worked out"))
say("route.reorder", _("{who} put the places of a patrol route in another order"))
say("route.accept", _("{who} accepted a patrol route"))
