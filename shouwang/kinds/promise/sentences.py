"""What acts on a promise are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.matters.sentences import say_common_steps

say("promise.open", _("A promise was noted"), told=_("Somebody will get back to you"))
say("promise.begin", _("{who} began with it"))
say("promise.keep", _("{who} kept the promise"), told=_("What was promised was done"))
say("promise.break", _("{who} said why the promise is not kept"), told=_("It could not be done; you were told why"))
say_common_steps("promise")
