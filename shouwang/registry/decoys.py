"""Planting records of nobody: how many, where, and until when. Who opened one is a rule hit (`odd_looks.py`).

They are made up so that no resident bears the name on that ground and no door the number, and end after half a year or
with the key that sealed them. Their sealed columns are bound as those of residents are, so that they open alike.
"""

from __future__ import annotations

import datetime as dt
import secrets

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id, receipt_code
from shouwang.core.keyring import active_number
from shouwang.journal.record import record
from shouwang.places.models import Address
from shouwang.registry.keeping import dates
from shouwang.registry.lists import Category, Declarer, DocumentKind, Register, Relation, Source
from shouwang.registry.models import Decoy, Dwelling, Resident
from shouwang.registry.protecting import seal_of
from shouwang.registry.purposes import Basis
from shouwang.registry.spelling import address_grams, name_grams

LASTS = dt.timedelta(days=182)
SURNAMES = "李王张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "建国秀英桂兰志强海燕晓东玉梅文斌春花永刚丽华小军美玲俊杰雪琴国平凤霞立新红梅"
TRIES = 50


def plant_decoys(n: int, *, by: Actor, at: dt.datetime) -> int:
    """Plant `n` beside real dwellings drawn by chance; how many could be made. The entry says no name and no place."""
    with acting(by):
        planted = [row for _ in range(n) if (row := _made_up(at)) is not None]
        Decoy.objects.bulk_create(planted)
        record("decoy.plant", topic="decoy.planted", subject=("run", new_id()), by=by, at=at, n_rows=len(planted))
    return len(planted)


def end_old_decoys(*, by: Actor, at: dt.datetime) -> int:
    """Those whose time is over, or whose key has turned; how many."""
    with acting(by):
        old = Decoy.objects.filter(created_at__lt=at - LASTS) | Decoy.objects.filter(key_number__lt=active_number())
        n_ended = old.delete()[0]
        if n_ended:
            record("decoy.end", topic="decoy.ended", subject=("run", new_id()), by=by, at=at, n_rows=n_ended)
    return n_ended


def _made_up(at: dt.datetime) -> Decoy | None:
    near = Dwelling.objects.filter(area__isnull=False).exclude(street="")
    beside = near.order_by("?").select_related("area").first()
    if beside is None:
        return None
    for _ in range(TRIES):
        name = secrets.choice(SURNAMES) + secrets.choice(GIVEN) + secrets.choice(GIVEN)
        place = f"{beside.street}{secrets.randbelow(90) + 400}号"
        known = Resident.objects.filter(area=beside.area, name=name).exists()
        if not known and not Address.objects.filter(full_text__endswith=place).exists():
            return _record(name, place, beside, at)
    return None


def _record(name: str, place: str, beside: Dwelling, at: dt.datetime) -> Decoy:
    row, today = new_id(), local_date(at)
    since = today - dt.timedelta(days=secrets.randbelow(700) + 30)
    kept = dates(at - dt.timedelta(days=secrets.randbelow(150)))
    year = str(1950 + secrets.randbelow(50))
    sealed = {
        "doc_no": f"{secrets.randbelow(10**17):017}X", "birth_date": year, "phone": f"199{secrets.randbelow(10**8):08}",
        "emergency_contact": f"家人 199{secrets.randbelow(10**8):08}",
    }  # fmt: skip
    lived = {
        "id": str(new_id()), "dwelling": str(new_id()), "address_text": place, "relation": Relation.TENANT.value,
        "from_on": since.isoformat(), "to_on": None, "ended_on": None, "declared_by": Declarer.SELF.value,
        "receipt_no": receipt_code(), "verified_at": kept["verified_at"].isoformat(),
        "verify_by": kept["verify_by"].isoformat(), "stale": False,
    }  # fmt: skip
    return Decoy(
        id=row, category=Category.MIGRANT, name=name, doc_kind=DocumentKind.ID_CARD, key_number=active_number(),
        grams=name_grams(name), street=beside.street, area=beside.area, place_grams=address_grams(place),
        residences=[lived], source=Source.DECLARED, basis=Basis.STATUTORY_DUTY, created_at=at, **kept,
        **{f"{field}_enc": seal_of(Register.RESIDENT, row, field, told) for field, told in sealed.items()},
    )  # fmt: skip
