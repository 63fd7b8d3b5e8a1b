"""Addresses, a few residents and a purpose said, for the tests of the registers."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from shouwang.config.database import place as roles
from shouwang.config.environment import current
from shouwang.places.models import Address, Area
from shouwang.registry.finding import Found, begin_sitting, find
from shouwang.registry.lists import Category, DocumentKind, Register, Relation
from shouwang.registry.opening import Seen, open_found
from shouwang.registry.registering import Registered, ResidenceTold, ResidentTold, register_residence

WANG = "11010519491231002X"  # the standard's own examples (IDN-01)
ZHENG = "440524188001010014"
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"

Row = TypeVar("Row", bound=models.Model)


def traces(model: type[Row], **where: Any) -> list[Row]:
    """Looks, sittings, emergencies of everybody, as the jobs read them; the pages see those of whoever acts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {roles.role_name(current(), 'jobs')}")
        found = list(model._default_manager.filter(**where))
        cursor.execute(f"SET LOCAL ROLE {roles.role_name(current(), 'web')}")
    return found


def id_number(serial: int, born: str = "19850607") -> str:
    """A well-formed number of nobody."""
    body = f"431399{born}{serial:03d}"
    return body + _CHECKS[sum(int(one) * weight for one, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def lay_address(area: Area, name: str = "桥西路12号3单元402", street: str = "桥西路") -> Address:
    """A room with its street above it."""
    last = Address.objects.order_by("-number").values_list("number", flat=True).first() or 900_000
    above = Address.objects.filter(element="street", name=street).first()
    if above is None:
        above = Address.objects.create(
            number=last + 1, path=f"/{last + 1}/", element="street", name=street, full_text=street, searched=street
        )
    number = last + 2
    return Address.objects.create(
        number=number, parent=above, path=f"{above.path}{number}/", element="room", name=name[-20:],
        full_text=f"青石县水门街道{name}", searched=name, area=area,
    )  # fmt: skip


def told(name: str = "王晓明", doc_no: str = WANG, **more: Any) -> ResidentTold:
    given = {"phone": "13800002086", "emergency_contact": "王建国 13900001111"} | more
    return ResidentTold(name, Category.REGISTERED, DocumentKind.ID_CARD, doc_no, **given)


def lives(at: dt.datetime, relation: str = Relation.TENANT, days_ago: int = 2) -> ResidenceTold:
    return ResidenceTold(relation, at.date() - dt.timedelta(days=days_ago))


def register(world: Any, at: dt.datetime, *, area: Area | None = None, place: str = "", **who: Any) -> Registered:
    """By the officer of Qiaoxi, or of Hebu where that is the ground."""
    here = area or world.qiaoxi_04
    by = world.zhao if here.duty_path.startswith(world.hebu.duty_path) else world.shen
    address = lay_address(here, place or "桥西路12号3单元402")
    return register_residence(told(**who), lives(at), address=address, by=by, at=at)


def find_by(by: Any, at: dt.datetime, who: str = "", place: str = "", purpose: str = "visit", **more: Any) -> Found:
    return find(begin_sitting(purpose=purpose, by=by, at=at), who=who, place=place, by=by, at=at, **more)


def open_by(by: Any, at: dt.datetime, who: str, purpose: str = "verification", **more: Any) -> Seen:
    """Found by these words, and opened."""
    sitting = begin_sitting(purpose=purpose, by=by, at=at)
    found = find(sitting, who=who, by=by, at=at)
    (one,) = found.candidates
    return open_found(one.id, register=Register.RESIDENT, search=found.search, sitting=sitting, by=by, at=at, **more)


def shown(found: Found) -> set[UUID]:
    return {one.id for one in found.candidates}
