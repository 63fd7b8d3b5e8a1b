"""What acts on a trouble are called, and which of them whoever told it hears of (`told`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.kinds.trouble.words import HEARD_BY
from shouwang.matters.sentences import say_common_steps

say("trouble.open", _("{who} noted a trouble"), told=_("What you told us came in"))
say("trouble.take", _("{who} took it in hand"), told=_("Somebody took it in hand"))
say("trouble.solve", _("{who} noted that it is solved"), told=_("It was said to be solved; we shall ask you"))
say("trouble.confirm", _("{who} asked the resident: solved ({heard_by})"), heard_by=HEARD_BY)
say("trouble.not_yet", _("{who} asked the resident: not solved. {reason}"))
say("trouble.cannot", _("{who} ended it: {reason}"), told=_("It cannot be solved here; you were told whom to ask"))
say_common_steps("trouble")
