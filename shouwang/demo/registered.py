"""The registers of the demo in use: units, a resident with an account, declarations, requests, an emergency.

Only at the hour it is made: the database asks what time it is whenever a register is opened.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from shouwang.core.clock import local_date
from shouwang.demo.noted import DECLARED, REFUSED, UNITS, WISHED
from shouwang.demo.world import World
from shouwang.matters.models import Matter
from shouwang.places.models import Address
from shouwang.registry import declaring
from shouwang.registry.binding import bind_account
from shouwang.registry.emergencies import emergency_of, judge_emergency, kin_reached, open_emergency
from shouwang.registry.finding import begin_sitting, find, sitting_of
from shouwang.registry.lists import Category, DocumentKind, Register, Relation
from shouwang.registry.opening import Seen, open_found, open_here
from shouwang.registry.organisations import OrganisationTold, register_organisation
from shouwang.registry.purposes import Purpose
from shouwang.registry.registering import ResidenceTold, ResidentTold, register_residence
from shouwang.registry.requests import ask

DAY = dt.timedelta(days=1)
WANG = ResidentTold(
    "王女士", Category.REGISTERED, DocumentKind.ID_CARD, "431399198203140026", phone="13800002086",
    emergency_contact="女儿 13800004401",
)  # fmt: skip


def keep(world: World, at: dt.datetime) -> None:
    """Everything, where the ground has homes; nothing on ground without."""
    there = Address.objects.filter(area__duty_path__startswith=world.qiaoxi.duty_path, status="in_use")
    on = there.filter(element="room")
    homes = list(on.select_related("area").order_by("path")[:400:60])
    if len(homes) < len(DECLARED) + 1:
        return
    places = there.filter(element__in=("building", "room")).order_by("element", "path")[:400:55]
    for (name, unit_kind, trade, left, staff), place in zip(UNITS, places, strict=False):
        runs_out = local_date(at) + left * DAY if left else None
        unit = OrganisationTold(name, unit_kind, special_trade=trade, licence_expires_on=runs_out, staff_band=staff)
        register_organisation(unit, address=place, by=world.shen, at=at)
    lives = ResidenceTold(Relation.OWNER, local_date(at) - 900 * DAY)
    wang = register_residence(WANG, lives, address=homes[0], by=world.shen, at=at).resident
    seen = _open(wang, WANG.doc_no, "verification", world, at)
    bind_account(seen, world.wang.person_id, by=world.shen, at=at)
    for (kind, declarer, who, days, state, told), home in zip(DECLARED, homes[1:], strict=False):
        filed = declaring.declare(
            kind, told, address=home, declarer=declarer, happened_on=local_date(at) - days * DAY, by=world.cast[who],
            at=at,
        )  # fmt: skip
        _answer(filed.declaration, state, world, at)
    for kind, wish in WISHED:
        ask(kind, wish, by=world.wang, at=at)
    _in_an_emergency(wang, world, at)


def _answer(declaration: UUID, state: str, world: World, at: dt.datetime) -> None:
    if state == "filed":
        return
    (seen,) = open_here(
        [declaration], register=Register.DECLARATION, purpose=Purpose.REGISTRATION, by=world.shen, at=at
    )  # fmt: skip
    if state == "checked":
        declaring.check_identity(seen, by=world.shen, at=at)
    elif state == "accepted":
        declaring.take_note(seen, by=world.shen, at=at)
    else:
        declaring.refuse(seen, REFUSED, by=world.shen, at=at)


def _open(resident: UUID, who: str, purpose: str, world: World, at: dt.datetime) -> Seen:
    sitting = begin_sitting(purpose=purpose, by=world.shen, at=at)
    found = find(sitting, who=who, by=world.shen, at=at)
    return open_found(
        resident, register=Register.RESIDENT, search=found.search, sitting=sitting, by=world.shen, at=at
    )  # fmt: skip


def _in_an_emergency(resident: UUID, world: World, at: dt.datetime) -> None:
    """Somebody fell and could not say whom to call; the family was told, the lead said that it was one."""
    matter = Matter.objects.filter(subkind="help.fall").order_by("-opened_at").first()
    if matter is None:
        return
    emergency = open_emergency(matter=matter.pk, reason="老人摔倒，说不出家人电话", by=world.fang, at=at)
    sitting = sitting_of(emergency.sitting_id, world.fang)
    found = find(sitting, who=WANG.name, by=world.fang, at=at)
    open_found(resident, register=Register.RESIDENT, search=found.search, sitting=sitting, by=world.fang, at=at)
    opened = emergency_of(key=emergency.pk, by=world.fang) or emergency
    kin_reached(opened, by=world.fang, at=at)
    judge_emergency(opened, "confirmed", by=world.zhou, at=at)
