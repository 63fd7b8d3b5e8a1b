"""What an entry of evidence is called."""

from django.utils.translation import gettext_lazy as _

from shouwang.evidence.models.evidence import EvidenceKind
from shouwang.journal.sentences import say

KINDS = dict(EvidenceKind.choices)

say("evidence.add", _("{who} added: {kind}"), told=_("A photo or a recording was added"), kind=KINDS)
say("evidence.open_original", _("{who} opened an original: {reason}"))
say("evidence.blur", _("{who} had {n_boxes} places in a picture blurred"))
say("evidence.destroy", _("A file was destroyed, because its time was over"))
