"""What acts on an address check are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("address_check.open", _("{who} asked to look for an address on the spot"))
say("address_check.confirm", _("{who} found the address"))
say("address_check.deny", _("{who} found no such address"))
say_common_steps("address_check")
