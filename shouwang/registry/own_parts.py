"""What the registers and the account hold of one person, for his copy; nothing of third parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.people.models import Account, Session
from shouwang.registry.lists import Register
from shouwang.registry.models import Declaration, Identity, Look, Request, Residence, Resident
from shouwang.registry.own_copy import Row, Whose, part
from shouwang.registry.protecting import SEALED, open_of
from shouwang.registry.sealing import FIELDS, open_field

KEPT = ("source", "basis", "verified_at", "verify_by", "retain_until", "created_at")


@part("registry.Resident", _("My record"))
def resident(whose: Whose) -> Iterator[Row]:
    for row in Resident.objects.filter(pk=whose.resident).select_related("area"):
        told = _of(row, "name", "category", "doc_kind", "sex", "look_for_me", "street", *KEPT)
        yield told | _opened(Register.RESIDENT, row) | {"area": row.area.name if row.area else None}


@part("registry.Residence", _("Where I am registered to live"))
def residences(whose: Whose) -> Iterator[Row]:
    rows = Residence.objects.filter(resident=whose.resident).select_related("dwelling").order_by("from_on")
    for row in rows:
        told = _of(row, "relation", "from_on", "to_on", "ended_on", "declared_by", "receipt_no", *KEPT)
        yield {"dwelling": row.dwelling.address_text} | told


@part("registry.Dwelling", _("The dwellings I live in"))
def dwellings(whose: Whose) -> Iterator[Row]:
    """Only what is about the place; whose contact the landlord left is the landlord's."""
    rows = Residence.objects.filter(resident=whose.resident, ended_on__isnull=True).select_related("dwelling")
    for row in rows:
        yield _of(row.dwelling, "address_text", "building_use", "occupancy", "rooms", "beds", "let_for", "letting_no",
                  "last_check_on", "verified_at", "verify_by")  # fmt: skip


@part("registry.Declaration", _("What was declared"))
def declarations(whose: Whose) -> Iterator[Row]:
    """By me, with what I said; about me by others, without the rest of what they said."""
    lived = Residence.objects.filter(resident=whose.resident).values("id")
    rows = Declaration.objects.filter(Q(filed_by=whose.account) | Q(residence__in=lived)).select_related("address")
    for row in rows.order_by("filed_at"):
        told = _of(row, "kind", "receipt_no", "declarer", "happened_on", "filed_at", "state", "decided_at", "reason",
                   "retain_until")  # fmt: skip
        mine = _opened(Register.DECLARATION, row) if row.filed_by == whose.account else {}
        yield {"address": row.address.full_text} | told | mine


@part("registry.Request", _("What I asked about my record"))
def requests(whose: Whose) -> Iterator[Row]:
    for row in Request.objects.filter(account=whose.account).order_by("filed_at"):
        told = _of(row, "kind", "receipt_no", "filed_at", "decide_by", "state", "decided_at", "reason", "remedy")
        yield told | _opened(Register.REQUEST, row)


@part("registry.Identity", _("How I can be reached"))
def identities(whose: Whose) -> Iterator[Row]:
    keys = {row.identity for row in Account.objects.filter(person=whose.account)}
    keys |= set(Resident.objects.filter(pk=whose.resident, identity__isnull=False).values_list("identity", flat=True))
    for row in Identity.objects.filter(pk__in=keys):
        opened = {f"{name}_enc": open_field(row.id, name, getattr(row, f"{name}_enc")) for name in FIELDS}
        yield opened | _of(row, "protected", "do_not_contact")


@part("people.Account", _("My account"))
def account(whose: Whose) -> Iterator[Row]:
    for row in Account.objects.filter(person=whose.account):
        yield _of(row, "kind", "shown", "proven_at")


@part("people.Session", _("Where I signed in"))
def sessions(whose: Whose) -> Iterator[Row]:
    for row in Session.objects.filter(person=whose.account).order_by("started_at"):
        yield _of(row, "label", "started_at", "seen_at", "ended_at")


@part("registry.Look", _("Who looked at me"))
def looks(whose: Whose) -> Iterator[Row]:
    lived = Residence.objects.filter(resident=whose.resident, ended_on__isnull=True).values_list("dwelling", flat=True)
    about = {whose.resident, *lived}
    about |= {row.identity for row in Account.objects.filter(person=whose.account)}
    for row in Look.objects.filter(identity__in=about).exclude(person=whose.account).order_by("at"):
        yield _of(row, "at", "register", "purpose", "basis", "fields") | {"entry": row.entry}


def _of(row: Any, *names: str) -> Row:
    return {name: getattr(row, name) for name in names}


def _opened(register: Register, row: Any) -> Row:
    return {f"{one}_enc": open_of(register, row.pk, one, getattr(row, f"{one}_enc")) for one in SEALED[register]}
