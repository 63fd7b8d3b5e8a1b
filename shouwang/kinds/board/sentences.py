"""What acts on the board of a grid are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("board.open", _("The board that hangs here says what is no longer so"))
say("board.post", _("{who} posted a new board"))
say_common_steps("board")
