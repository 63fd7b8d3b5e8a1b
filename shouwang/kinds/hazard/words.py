"""Sorts of hazards, who is competent for what, and what may come of one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {
    "fire": _("Fire"),
    "building": _("Buildings and gas"),
    "road": _("Roads and vehicles"),
    "water": _("Water"),
    "order": _("Unguarded places"),
}

SORTS = (
    Subkind("fire.extinguisher", _("Extinguisher missing or expired"), 3, ("灭火器",)),
    Subkind("fire.equipment", _("Fire equipment out of order"), 3, ("消防栓", "烟感", "应急灯")),
    Subkind("fire.exit_blocked", _("Escape way blocked or locked"), 2, ("安全出口", "消防通道", "疏散通道")),
    Subkind("fire.charging", _("Electric bicycles charged indoors"), 2, ("飞线充电", "电动车充电")),
    Subkind("fire.wiring", _("Dangerous wiring"), 2, ("私拉电线", "电线老化")),
    Subkind("building.gas", _("Gas"), 1, ("煤气", "燃气", "液化气")),
    Subkind("building.lift", _("Lift not inspected"), 2, ("电梯",)),
    Subkind("building.structure", _("Walls, façades, signs that may fall"), 2, ("外墙脱落", "广告牌")),
    Subkind("building.group_letting", _("Partitioned group letting"), 3, ("群租",)),
    Subkind("road.manhole", _("Open manhole or hole in the road"), 1, ("井盖", "路面塌陷")),
    Subkind("road.light", _("Dark street"), 3, ("路灯",)),
    Subkind("water.unfenced", _("Unfenced water"), 2, ("溺水", "水塘")),
    Subkind("order.unlocked", _("Door or gate that does not lock"), 3, ("门禁坏", "门锁坏")),
    Subkind("order.key_unit", _("Lack found at a key unit"), 2, ("押运", "金库")),
)
SUBKINDS = {sort.name: sort for sort in SORTS}

CHANNELS: dict[str, Promise] = {
    "own_find": _("Found on rounds"),
    "inspection": _("Inspection"),
    "online": _("Online report"),
    "counter": _("Counter"),
    "phone": _("Telephone"),
}
COMPETENT: dict[str, Promise] = {
    "fire_rescue": _("Fire and rescue"),
    "housing": _("Housing and construction"),
    "market": _("Market supervision"),
    "gas_company": _("Gas company"),
    "power_company": _("Power company"),
    "street_office": _("Street office"),
    "traffic": _("Traffic police"),
}
OUTCOMES: dict[str, Promise] = {
    "mended": _("Mended, re-checked"),
    "referred": _("Referred to the competent body"),
    "no_hazard": _("No hazard found"),
}
FACTS: dict[str, Promise] = {
    "told": _("Who was told"),
    "to_do": _("What has to be done"),
    "mended_by": _("What was mended"),
    "reason": _("Reason"),
    "body": _("Competent body"),
    "reference": _("Its reference"),
    "item": _("Safety item"),
}
