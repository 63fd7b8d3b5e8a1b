"""What an inspector notes, and what may come of it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"duty": _("How duty was done")}
SORTS = (
    Subkind("duty.late", _("Signed, set out or answered late"), 3),
    Subkind("duty.record", _("Feedback or record is missing"), 3),
    Subkind("duty.recording", _("Not recorded on the spot"), 2),
    Subkind("duty.conduct", _("Conduct on duty"), 2),
    Subkind("duty.roster", _("Post or shift not filled"), 3),
    Subkind("duty.praise", _("Done well, worth telling"), 4),
)
SUBKINDS = {sort.name: sort for sort in SORTS}
CHANNELS: dict[str, Promise] = {"sample": _("Sampled"), "told": _("Told by somebody")}
OUTCOMES: dict[str, Promise] = {
    "settled": _("Answered and settled"),
    "taken_back": _("Note taken back"),
}
FACTS: dict[str, Promise] = {
    "answered": _("What the unit answers"),
    "reason": _("Reason"),
    "remark": _("Remark of the inspector"),
}
