"""What acts on plans are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("plan.ask", _("{who} asked for proposals of grids"))
say("plan.work_out", _("{alternatives} proposals of grids were worked out"))
say("plan.move", _("{who} moved {households} households to another grid of a proposal"))
say("plan.draw", _("{who} made a proposal a draft of borders"))
