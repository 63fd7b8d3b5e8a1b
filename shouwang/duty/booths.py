"""The register of booths: place, hours, crew, kit, ring; power and line, as its box reports or somebody types them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.duty.models import Booth, BoothPlace, Crew, Power, Unit, UnitForm
from shouwang.duty.shifts import crews, on_shift
from shouwang.journal.record import record
from shouwang.people.access import Verb, require, spans, within
from shouwang.people.granting import grant_of
from shouwang.people.models.grant import GrantKind

LINE_HOLDS = dt.timedelta(minutes=10)  # after this long without a word the line counts as down
FURTHEST_M = 5_000


class NotABooth(Problem):
    code, status = "booth.not_a_booth", 409
    says = _("Only a unit that is a booth stands in this register.")


class RingUnusable(Problem):
    code, status = "booth.ring", 422
    says = _("The ring it covers is between 50 metres and 5 kilometres.")


class UnknownBox(Problem):
    code, status = "booth.unknown_box", 403
    says = _("This token is of no booth in use.")


@dataclass(frozen=True)
class Facts:
    """What the register says of a booth."""

    place_kind: str
    place_text: str
    crew_size: int
    opens: dt.time
    closes: dt.time
    kit: str
    cover_m: int


@dataclass(frozen=True)
class Standing:
    """A booth as it stands: its register, if kept, who is on it, whether it ought to be open, its power and line."""

    unit: Unit
    booth: Booth | None
    crew: list[Crew]
    open_now: bool
    line: bool | None
    away: bool = False

    @property
    def short(self) -> bool:
        """Open by its hours, and fewer there than ought to be."""
        return self.booth is not None and self.open_now and len(self.crew) < self.booth.crew_size


def keep_booth(unit: Unit, facts: Facts, *, by: Actor, at: dt.datetime) -> Booth:
    """Raises NotABooth, RingUnusable, NotAllowed, NotVisible"""
    if unit.form != UnitForm.BOOTH:
        raise NotABooth
    if not 50 <= facts.cover_m <= FURTHEST_M:
        raise RingUnusable(field="cover_m")
    told = {
        "place_kind": BoothPlace(facts.place_kind), "place_text": clean_line(facts.place_text, 120, field="place_text"),
        "crew_size": facts.crew_size, "opens": facts.opens, "closes": facts.closes,
        "kit": clean_line(facts.kit, 300, field="kit"), "cover_m": facts.cover_m,
    }  # fmt: skip
    with acting(by):
        require(by, Verb.UNIT_MANAGE, unit, at)
        row = Booth.objects.update_or_create(unit=unit, defaults=told)[0]
        record("booth.keep", topic="booth.kept", subject=unit, by=by, at=at, area=unit.home_id, unit=unit.pk)
    return row


def type_state(unit: Unit, *, power: str, line_up: bool, by: Actor, at: dt.datetime) -> Booth:
    """Typed where no box reports. Raises NotABooth, NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.ROSTER_WRITE, unit, at)
        row = Booth.objects.select_for_update(of=("self",)).filter(unit=unit).first()
        if row is None:
            raise NotABooth
        row.power, row.line_up, row.typed_at, row.typed_by = Power(power), line_up, at, by.person_id
        row.save(update_fields=["power", "line_up", "typed_at", "typed_by"])
        record("booth.state", topic="booth.state", subject=unit, by=by, at=at, area=unit.home_id, unit=unit.pk)
    return row


def heard_from(token: str, *, power: str, at: dt.datetime) -> Booth:
    """Its box says that it is there, with the token of the unit. On record only when the power has changed.

    Raises  UnknownBox
    """
    grant = grant_of(token, GrantKind.UNIT, at) if token else None
    by = Actor.system()
    with acting(by):
        rows = Booth.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(unit=grant.subject).first() if grant else None
        if row is None:
            raise UnknownBox
        before, row.heard_at, row.line_up = row.power, at, True
        row.power = power if power in Power.values else Power.UNKNOWN
        row.save(update_fields=["power", "heard_at", "line_up"])
        if row.power != before:
            record("booth.state", topic="booth.state", subject=row.unit, by=by, at=at, area=row.unit.home_id,
                   unit=row.unit_id)  # fmt: skip
    return row


def booths_seen(by: Actor, at: dt.datetime) -> QuerySet[Unit]:
    """Units that are booths on the ground of `by`."""
    rows = Unit.objects.filter(within(spans(by, Verb.ROSTER_READ, at)), form=UnitForm.BOOTH, active=True)
    return rows.select_related("booth", "home").order_by("name")


def standings(units: list[Unit], at: dt.datetime) -> list[Standing]:
    """Each with its crew. Two queries."""
    shifts = on_shift((unit.pk for unit in units), at)
    there = crews((shift.pk for shift in shifts.values()), at)
    return [
        _standing(unit, there.get(shifts[unit.pk].pk, []) if unit.pk in shifts else [], at,
                  unit.pk in shifts and shifts[unit.pk].availability != "free")
        for unit in units
    ]  # fmt: skip


def _standing(unit: Unit, crew: list[Crew], at: dt.datetime, away: bool) -> Standing:
    booth = getattr(unit, "booth", None)
    if booth is None:
        return Standing(unit, None, crew, False, None, away)
    here = at.astimezone(SHANGHAI).time()
    opens, closes = booth.opens, booth.closes
    inside = opens <= here < closes if opens < closes else here >= opens or here < closes
    typed_later = booth.typed_at is not None and (booth.heard_at is None or booth.typed_at > booth.heard_at)
    line = booth.line_up if typed_later or booth.heard_at is None else at - booth.heard_at <= LINE_HOLDS
    return Standing(unit, booth, crew, opens == closes or inside, line, away)
