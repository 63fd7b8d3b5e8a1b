"""What the port's act is called."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("platforms.bring", _("{n_rows} rows were fetched under the agreement “{agreement}”, {n_rejected} were turned away"))
