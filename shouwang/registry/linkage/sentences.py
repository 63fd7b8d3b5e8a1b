"""What acts on pairs are called."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("register.link", _("{n_rows} residents were compared; {n_pairs} new pairs may be one person"))
say("register.show_pair", _("{who} was shown two residents, masked, who may be one person"))
say("resident.make_one", _("{who} made two records of one person one"))
say("resident.tell_apart", _("{who} said that two residents are two persons"))
say("resident.part", _("{who} parted two records that had been made one"))
