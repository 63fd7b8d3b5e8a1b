"""What acts on a visit are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("visit.open", _("A visit was planned"), told=_("Somebody will look in"))
say("visit.appoint", _("{who} booked the visit"), told=_("A visit was booked with you"))
say("visit.meet", _("{who} noted the visit"), told=_("Somebody looked in"))
say("visit.nobody_home", _("{who} found nobody at home"))
say("visit.decline", _("{who} noted that it is not wanted"), told=_("It was noted that you do not want it"))
say("visit.give_up", _("{who} ended it: not met"))
say("wish.note", _("{who} noted a wish to be visited"))
say("kit.note", _("{who} listed a device"))
say("kit.take_out", _("{who} took a device out for a visit"))
say("kit.bring_back", _("{who} brought a device back with nothing on it"))
say("wish.revoke", _("{who} noted that the wish was taken back"))
say_common_steps("visit")
