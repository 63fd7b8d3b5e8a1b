"""What acts on a request are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("own_request.open", _("A resident asked about his own record"), told=_("Your request was received"))
say("own_request.look_into", _("{who} looks into the request"), told=_("Somebody looks into your request"))
say("own_request.fulfil", _("{who} did what the resident asked for"), told=_("It was done as you asked"))
say("own_request.delete", _("{who} deleted the record as asked"), told=_("Your record was deleted"))
say("own_request.refuse", _("{who} refused the request with reasons"), told=_("It was not done; the reason is given"))
say_common_steps("own_request")
