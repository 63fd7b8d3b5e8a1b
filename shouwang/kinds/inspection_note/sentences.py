"""What acts on an inspection note are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("inspection_note.open", _("{who} wrote an inspection note"))
say("inspection_note.answer", _("{who} answered for the unit"))
say("inspection_note.settle", _("{who} settled the note"))
say("inspection_note.ask_again", _("{who} asked the unit again: {reason}"))
say("inspection_note.take_back", _("{who} took the note back: {reason}"))
say_common_steps("inspection_note")
