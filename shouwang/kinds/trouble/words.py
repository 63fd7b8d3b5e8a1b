"""Sorts of troubles, who acts along, and what may come of one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"small": _("Small troubles"), "joint": _("Joint action")}
SORTS = (
    Subkind("small.neighbours", _("Between neighbours"), 3, ("漏水", "噪音", "占道")),
    Subkind("small.public_space", _("Stairs, yard, street"), 3, ("路灯", "垃圾", "楼道")),
    Subkind("small.office", _("An office or a service"), 3, ("办事", "材料")),
    Subkind("small.help", _("A hand is needed"), 3, ("搬", "修")),
    Subkind("joint.safety", _("Safety, together with others"), 2),
    Subkind("joint.order", _("Order in a place, together with others"), 2),
    Subkind("joint.help", _("Help for somebody, together with others"), 2),
)
SUBKINDS = {sort.name: sort for sort in SORTS}

CHANNELS: dict[str, Promise] = {
    "own_find": _("Found on rounds"),
    "counter": _("Counter"),
    "phone": _("Telephone"),
    "online": _("Online report"),
}
PARTNERS: dict[str, Promise] = {
    "community": _("Residents’ committee"),
    "property": _("Property management"),
    "street_office": _("Street office"),
    "fire_rescue": _("Fire and rescue"),
    "housing": _("Housing and construction"),
    "market": _("Market supervision"),
    "power_company": _("Power company"),
    "gas_company": _("Gas company"),
    "health": _("Health service"),
    "justice": _("Justice office"),
}
HEARD_BY: dict[str, Promise] = {
    "phone": _("By telephone"),
    "met": _("On the spot"),
    "message": _("By message"),
}
OUTCOMES: dict[str, Promise] = {
    "confirmed": _("Solved, the resident says"),
    "not_solved": _("Not solved, told why"),
}
FACTS: dict[str, Promise] = {
    "partners": _("Acting along"),
    "signal": _("Came of"),
    "acted_after": _("From the signal to the first act"),
    "solved_by": _("What was done"),
    "heard_by": _("How the resident was asked"),
    "reason": _("Reason"),
    "whom_to_ask": _("Whom to ask instead"),
}
