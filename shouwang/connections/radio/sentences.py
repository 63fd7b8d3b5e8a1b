"""What the port of the radio network writes into the journal."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("radio.groups", _("The radio gateway told its talk groups anew: {count}"))
