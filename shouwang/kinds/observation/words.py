"""What may be observed about a place or conduct. Who somebody is by origin, people or belief has no word here."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"place": _("A place"), "conduct": _("Conduct")}
SORTS = (
    Subkind("place.unguarded", _("Place without guard or light"), 3),
    Subkind("place.crowding", _("Crowding that may hurt somebody"), 2),
    Subkind("place.vacant", _("Vacant house stands open"), 3),
    Subkind("place.open_door", _("Door or gate left open"), 3),
    Subkind("conduct.fraud", _("Somebody tries to cheat residents"), 2),
    Subkind("conduct.damage", _("Things are being damaged"), 3),
    Subkind("conduct.danger", _("Dangerous behaviour"), 2),
    Subkind("conduct.disturbance", _("Disturbance that comes again and again"), 3),
)
SUBKINDS = {sort.name: sort for sort in SORTS}

CHANNELS: dict[str, Promise] = {"own_find": _("Found on rounds")}
BASIS: dict[str, Promise] = {
    "seen": _("Seen by myself"),
    "again": _("Seen several times"),
    "told": _("Told on the spot by whoever saw it"),
}
OUTCOMES: dict[str, Promise] = {
    "nothing": _("Nothing to do"),
    "advised": _("Advice was given"),
    "ticketed": _("Made a ticket"),
    "handed": _("Handed to the competent unit"),
}
FACTS: dict[str, Promise] = {
    "basis": _("How it is known"),
    "told": _("Who was advised (the place, no name)"),
    "unit": _("Competent unit"),
    "reference": _("Its receipt"),
    "reason": _("Reason"),
}
ABOUT_WHO = (  # ETH-05: words about origin, people or belief; what somebody did needs none of them
    "民族", "汉族", "回族", "藏族", "维吾尔", "蒙古族", "壮族", "苗族", "宗教", "信教", "教徒", "穆斯林", "基督徒",
    "佛教", "外地人", "口音", "老乡", "某省人", "ethnic", "religio", "muslim", "christian",
)  # fmt: skip
