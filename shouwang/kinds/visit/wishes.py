"""Acts on wishes: note one with its code, take it back, open the visits that are due, and prove one by the code."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.core.window import Window
from shouwang.journal.record import record
from shouwang.kinds.visit.models import Wish
from shouwang.kinds.visit.words import NEEDS, SUBKINDS, WHY_AT_HOME
from shouwang.matters.ground import area_at
from shouwang.matters.intake import OutsideTheTown, Told, open_matter
from shouwang.matters.models import Matter, Party
from shouwang.matters.models.party import PartyRole
from shouwang.people.access import Verb, require, spans, within
from shouwang.registry.identities import keep_identity

LONGEST = dt.timedelta(days=366)  # then the person is asked again
AHEAD = dt.timedelta(days=2)  # a visit is opened so long before it is due
MOST_A_RUN = 500
ANY_HOUR = Window()


class WishEnds(Problem):
    code, status = "visit.wish_ends", 400
    says = _("A wish holds for a year at most, from today on. Then the person is asked again.")


class NeedUnknown(Problem):
    code, status = "visit.need", 400
    says = _("Choose a need from the list. Illnesses and their names have no place here.")


class IntervalWrong(Problem):
    code, status = "visit.interval", 400
    says = _("Between one day and one year.")


def note_wish(
    *, told: Told, need: str, every_days: int, ends_on: dt.date, place_text: str, point: tuple[float, float],
    by: Actor, at: dt.datetime, at_home: Window = ANY_HOUR,
) -> tuple[Wish, str]:  # fmt: skip
    """The wish and its code, told to the person now and never shown again.

    Raises  NeedUnknown, IntervalWrong, WishEnds, WindowEnds, OutsideTheTown, and what `keep_identity` raises
    """
    lon, lat = check_lonlat(*point)
    area, today = area_at(lon, lat, at), local_date(at)
    if need not in NEEDS:
        raise NeedUnknown(field="need")
    if not 1 <= every_days <= 365:
        raise IntervalWrong(field="every_days")
    if not today <= ends_on <= today + LONGEST:
        raise WishEnds(field="ends_on")
    if area is None:
        raise OutsideTheTown(field="place_text")
    code = new_code()
    row = Wish(
        need=need, every_days=every_days, agreed_on=today, ends_on=ends_on,
        next_on=min(ends_on, today + dt.timedelta(days=every_days)), place_text=place_text[:300], lon=lon, lat=lat,
        area=area, duty_path=area.duty_path, government_path=area.government_path, noted_by=by.person_id,
        home_from=at_home.checked().opens, home_until=at_home.closes,
    )  # fmt: skip
    row.code_hash = hash_of(row.pk, code)
    with acting(by):
        require(by, Verb.MATTER_OPEN, row, at)
        row.identity = keep_identity(name=told.name, number=told.number, address=told.address, at=at)
        row.save(force_insert=True)
        record("wish.note", topic="wish.noted", subject=row, by=by, at=at, area=area, need=need, every_days=every_days)
    return row, code


def ask_for_visit(
    *, told: Told, subkind: str, why_at_home: str, place_text: str, point: tuple[float, float], by: Actor,
    at: dt.datetime, at_home: Window = ANY_HOUR,
) -> tuple[Matter, str]:  # fmt: skip
    """A visit that somebody asked for once, and the code he says to whoever comes.

    Raises  NeedUnknown, WindowEnds, OutsideTheTown, and what `open_matter` raises
    """
    if why_at_home not in WHY_AT_HOME or SUBKINDS[subkind].group != "asked":
        raise NeedUnknown(field="why_at_home")
    if area_at(*check_lonlat(*point), at) is None:
        raise OutsideTheTown(field="place_text")
    key, code = new_id(), new_code()
    matter = open_matter(
        id=key, kind="visit", by=by, at=at, subkind=subkind, channel="counter", point=point, place_text=place_text,
        told=Told(role="party", name=told.name, number=told.number), gist=str(WHY_AT_HOME[why_at_home]),
        facts={"why_at_home": why_at_home, "code_hash": hash_of(key, code).hex()} | at_home.checked().facts(),
    )  # fmt: skip
    return matter, code


def new_code() -> str:
    return f"{secrets.randbelow(10_000):04}"


def revoke_wish(*, wish: Wish, by: Actor, at: dt.datetime) -> None:
    """The person does not want it any more: nothing is opened from now on. Twice is once."""
    with acting(by):
        row = Wish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
        require(by, Verb.MATTER_WORK, row, at)
        if row.revoked_at is None:
            end_wish(row, by=by, at=at)


def end_wish(row: Wish, *, by: Actor, at: dt.datetime) -> None:
    """Inside an act."""
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record("wish.revoke", topic="wish.revoked", subject=row, by=by, at=at, area=row.area_id)


def wishes_of(by: Actor, at: dt.datetime) -> QuerySet[Wish]:
    """Those that hold on the ground of `by`: where, what for and when. Who it is, is looked up with the visit."""
    found = Wish.objects.filter(within(spans(by, Verb.MATTER_READ, at)), revoked_at__isnull=True)
    return found.filter(ends_on__gte=local_date(at)).select_related("area").order_by("next_on")


def open_due(at: dt.datetime) -> int:
    """A visit for each wish that is due in two days and has none open."""
    today = local_date(at)
    rows = Wish.objects.filter(revoked_at__isnull=True, matter__isnull=True, ends_on__gte=today)
    due = rows.filter(next_on__lte=today + AHEAD).select_related("area").order_by("next_on")[:MOST_A_RUN]
    return len([_open_for(row, at) for row in due])


def _open_for(row: Wish, at: dt.datetime) -> Matter:
    by = Actor.system()
    with acting(by):
        matter = open_matter(
            kind="visit", by=by, at=at, verb=None, subkind="asked.check_in", channel="own_find", area=row.area,
            point=(row.lon, row.lat), place_text=row.place_text, gist=str(NEEDS[row.need]),
            facts={"need": row.need, "wish": str(row.pk)} | row.at_home.facts(),
        )  # fmt: skip
        Party.objects.create(matter=matter, role=PartyRole.PARTY, identity=row.identity, added_at=at)
        Wish.objects.filter(pk=row.pk).update(matter=matter.pk)
    return matter


def wish_of(matter: Matter) -> Wish | None:
    """The wish that a visit serves, locked."""
    key = matter.facts.get("wish")
    return Wish.objects.select_for_update().filter(pk=UUID(key)).first() if key else None


def settle(matter: Matter, at: dt.datetime) -> None:
    """The visit is over: the next one is due an interval later."""
    row = wish_of(matter)
    if row is not None:
        row.matter, row.next_on = None, local_date(at) + dt.timedelta(days=row.every_days)
        row.save(update_fields=["matter", "next_on"])


def code_fits(matter: Matter, said: str) -> bool | None:
    """Whether this is the code of whoever asked for the visit; None where nobody was given one."""
    wish = wish_of(matter)
    if wish is not None:
        return hmac.compare_digest(bytes(wish.code_hash), hash_of(wish.pk, said.strip()))
    kept = matter.facts.get("code_hash")
    return hmac.compare_digest(bytes.fromhex(kept), hash_of(matter.pk, said.strip())) if kept else None


def hash_of(key: UUID, code: str) -> bytes:
    return keyring.keyed_hash(f"{key}{code}", purpose="visit.code")
