"""Sorts of visits, what people may ask to be visited for, and what came of one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {
    "asked": _("Asked for by the person"),
    "due": _("Due by its date"),
    "round": _("On a round"),
}
SORTS = (
    Subkind("asked.check_in", _("Regular look-in"), 3),
    Subkind("asked.home_service", _("Service at home"), 3),
    Subkind("asked.certificate", _("Fingerprints taken at home"), 3),
    Subkind("due.registration", _("Registration to be checked"), 3),
    Subkind("due.key_unit", _("Supervisory visit to a key unit"), 3),
    Subkind("round.advice", _("Advice from door to door"), 4),
)
SUBKINDS = {sort.name: sort for sort in SORTS}

BY_TWO = frozenset({"asked.certificate", "due.key_unit"})  # two of staff go, one of them sworn
WITH_DEVICE = frozenset({"asked.certificate"})

WHY_AT_HOME: dict[str, Promise] = {  # why somebody is visited instead of coming; nothing about health
    "hours": _("At work while we are open"),
    "moves_badly": _("Does not get out easily"),
    "carer": _("Cares for somebody"),
}
NEEDS: dict[str, Promise] = {  # what somebody needs, never why: no diagnosis has a place here
    "alone": _("Lives alone"),
    "moves_badly": _("Does not get out easily"),
    "hears_badly": _("Hears badly"),
    "sees_badly": _("Sees badly"),
    "carer": _("Cares for somebody"),
}
CHANNELS: dict[str, Promise] = {
    "own_find": _("By the office"),
    "counter": _("Counter"),
    "phone": _("Telephone"),
    "online": _("Online report"),
}
OUTCOMES: dict[str, Promise] = {
    "met": _("Met"),
    "declined": _("Did not want it"),
    "not_met": _("Not met after three tries"),
}
PROOFS: dict[str, Promise] = {
    "code": _("The person said the code"),
    "receipt": _("Receipt of the certificate system"),
    "none": _("Without the code"),
}
FACTS: dict[str, Promise] = {
    "why_at_home": _("Why at home"),
    "appointment": _("Appointment"),
    "home_from": _("At home from"),
    "home_until": _("At home until"),
    "receipt": _("Receipt of the certificate system"),
    "need": _("Need"),
    "asked_for": _("What was asked for"),
    "proof": _("Proof of the visit"),
    "why_no_code": _("Why without the code"),
    "tries": _("Tries"),
    "reason": _("Reason"),
}
