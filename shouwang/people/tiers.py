"""Tier models: how responsibility for the ground is staged, as data that a town chooses and may relabel.

Source  rules C4: the presets; S-GRD-005, S-GRD-009, S-GRD-010
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.models import Post, TierModel
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier as Ground

FEWEST, MOST = 2, 5  # depth of a tier model


class WrongTiers(Problem):
    code, status = "people.wrong_tiers", 422
    says = _("This is no usable set of tiers: {why}.")


class TiersInUse(Problem):
    code, status = "people.tiers_in_use", 409
    says = _("{area} already has tiers for part of that time.")


@dataclass(frozen=True)
class Tier:
    """One stage. `ground` is the kind of area it stands on; `children` are the tiers that may hang below it.

    Two tiers may share one kind of ground: in the five-tier form head, deputy and manager stand on the community.
    """

    key: str
    name: str
    ground: str
    holders: tuple[str, ...]
    children: tuple[str, ...]
    duties: tuple[str, ...]


def _tier(key: str, name: str, ground: Ground, holders: str, children: str, *duties: str) -> Tier:
    return Tier(key, name, ground.value, tuple(holders.split()), tuple(children.split()), duties)


_C, _G, _P = Ground.COMMUNITY, Ground.GRID, Ground.GRID_POINT
PRESETS: dict[str, tuple[Tier, ...]] = {
    "T2": (
        _tier("community", "社区", _C, "community_officer", "grid", "统管社区事务", "带班入户"),
        _tier("grid", "网格", _G, "community_officer police_officer grid_worker", "", "走访本网格", "上报隐患"),
    ),
    "T3": (
        _tier("community", "社区", _C, "community_officer grid_head", "group", "统管社区事务"),
        _tier("group", "居民小组", _G, "grid_manager grid_worker", "building", "联系本组居民", "调处小纠纷"),
        _tier("building", "楼栋路段", _P, "neighbourhood_contact", "", "看到问题就报"),
    ),
    "T3P": (
        _tier("community", "社区", _C, "community_officer grid_head", "grid", "统管社区事务"),
        _tier("grid", "网格", _G, "grid_manager grid_worker", "point", "走访本网格", "上报隐患"),
        _tier("point", "网格点", _P, "neighbourhood_contact", "", "看到问题就报", "张贴通知"),
    ),
    "T5": (
        _tier("head", "网格长", _C, "grid_head", "deputy", "统管网格工作", "每周讲评"),
        _tier("deputy", "副网格长", _C, "deputy_grid_head", "manager", "网格长不在时代行", "督办到期事项"),
        _tier("manager", "网格管理员", _C, "grid_manager", "worker", "分派和核查", "统计上报"),
        _tier("worker", "网格员", _G, "grid_worker", "contact", "走访本网格", "先行处置，办不了的上报"),
        _tier("contact", "信息员", _P, "neighbourhood_contact", "", "看到问题就报"),
    ),
}


def read_tiers(given: Sequence[Mapping[str, Any]]) -> tuple[Tier, ...]:
    """Tiers from their JSON form, checked. Raises WrongTiers"""
    try:
        tiers = tuple(
            Tier(
                str(one["key"]), str(one["name"]), str(one["ground"]), tuple(one["holders"]),
                tuple(one["children"]), tuple(one["duties"]),
            )
            for one in given
        )  # fmt: skip
    except (KeyError, TypeError) as fault:
        raise WrongTiers(why=_("a tier lacks {part}").format(part=fault)) from fault
    _check(tiers)
    return tiers


def written(tiers: Sequence[Tier]) -> list[dict[str, Any]]:
    """The JSON form."""
    return [asdict(tier) for tier in tiers]


def adopt(area: Area, *, preset: str, by: Actor, at: dt.datetime, tiers: Sequence[Tier] | None = None) -> TierModel:
    """Put a preset, or a relabelled form of it, in force on an area from `at` on; it ends the one before.

    Raises  NotAllowed, NotVisible, WrongTiers, TiersInUse
    """
    if preset not in PRESETS:
        raise WrongTiers(why=_("there is no preset “{preset}”").format(preset=preset))
    chosen = tuple(tiers or PRESETS[preset])
    _check(chosen)
    with acting(by):
        require(by, Verb.AREA_APPROVE, area, at)
        for old in TierModel.objects.select_for_update().filter(area=area, during__contains=at):
            old.during = TimestamptzRange(old.during.lower, at)
            old.save(update_fields=["during"])
        try:
            with transaction.atomic():
                model = TierModel.objects.create(
                    area=area, preset=preset, tiers=written(chosen), during=TimestamptzRange(at, None)
                )
        except IntegrityError as fault:
            raise TiersInUse(area=area.name) from fault
        record("tiers.adopt", topic="tiers.adopted", subject=model, by=by, at=at, area=area, preset=preset)
    return model


def tiers_for(area: Area, at: dt.datetime) -> tuple[Tier, ...]:
    """The tiers in force where `area` lies: its own, or those of the nearest area above that has some."""
    parts = [int(part) for path in (area.duty_path, area.government_path) for part in path.split("/") if part]
    models = TierModel.objects.filter(area__number__in=parts, during__contains=at).select_related("area")
    nearest = max(models, key=lambda model: parts.index(model.area.number), default=None)
    return read_tiers(nearest.tiers) if nearest else ()


def models_on(areas: Sequence[Area], at: dt.datetime) -> list[tuple[str, tuple[Tier, ...]]]:
    """(area, tiers) for each of `areas` on which tiers of its own are in force."""
    models = TierModel.objects.filter(area__in=areas, during__contains=at).select_related("area")
    return [(model.area.name, read_tiers(model.tiers)) for model in models.order_by("area__number")]


def tier_of(post: Post, tiers: Sequence[Tier]) -> Tier | None:
    """The tier a post stands on: same ground, and its role may hold it."""
    fitting = (tier for tier in tiers if tier.ground == post.area.tier and post.role in tier.holders)
    return next(fitting, None)


def reports_to(tier: Tier, tiers: Sequence[Tier]) -> Tier | None:
    """The tier one above: the reporting line. None at the top."""
    return next((above for above in tiers if tier.key in above.children), None)


def _check(tiers: Sequence[Tier]) -> None:
    keys = [tier.key for tier in tiers]
    if not FEWEST <= len(tiers) <= MOST:
        raise WrongTiers(why=_("there are {n} tiers, between 2 and 5 are possible").format(n=len(tiers)))
    if len(set(keys)) != len(keys):
        raise WrongTiers(why=_("two tiers have the same key"))
    for tier in tiers:
        if not tier.name.strip() or tier.ground not in Ground.values:
            raise WrongTiers(why=_("{key} has no name or stands on no known ground").format(key=tier.key))
        if not set(tier.children) <= set(keys):
            raise WrongTiers(why=_("{key} names a child that is not there").format(key=tier.key))
        wrong = [role for role in tier.holders if role not in ROLE_TABLE or tier.ground not in ROLE_TABLE[role].tiers]
        if wrong or not tier.holders:
            raise WrongTiers(why=_("{key} cannot be held by {role}").format(key=tier.key, role=", ".join(wrong)))
    tops = [key for key in keys if not any(key in tier.children for tier in tiers)]
    reached, todo = set[str](), list(tops)
    while todo:
        key = todo.pop()
        if key not in reached:
            reached.add(key)
            todo += next(tier.children for tier in tiers if tier.key == key)
    if len(tops) != 1 or reached != set(keys):
        raise WrongTiers(why=_("they do not form one tree"))
