"""What an item of information may be of, where it comes from, and how it is judged."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"item": _("Information item")}
SORTS = (
    Subkind("item.place", _("About a place"), 3),
    Subkind("item.time", _("About hours or days"), 3),
    Subkind("item.method", _("About a method"), 3),
    Subkind("item.works", _("Works, weather, an event"), 3),
)
SUBKINDS = {sort.name: sort for sort in SORTS}
CHANNELS: dict[str, Promise] = {
    "counts": _("From counts of calls"),
    "own_find": _("Seen on duty"),
    "office": _("From another office"),
    "public": _("From public notices"),
}
JUDGED: dict[str, Promise] = {"firm": _("Firm"), "likely": _("Likely"), "open": _("Cannot be said yet")}
HELPED: dict[str, Promise] = {
    "helped": _("The directive helped"),
    "no_change": _("No change seen"),
    "too_early": _("Too early to say"),
}
OUTCOMES: dict[str, Promise] = HELPED | {"set_aside": _("Nothing to act on")}
FACTS: dict[str, Promise] = {
    "judged": _("How firm it is"),
    "helped": _("Assessed again"),
    "reason": _("Reason"),
    "remark": _("Remark on it"),
}
