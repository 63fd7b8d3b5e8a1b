"""What a certificate says of somebody's patrols: hours that were signed for, and nothing typed (VOL-03)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from shouwang.core.actor import Actor
from shouwang.patrols.counting import Period, bounds
from shouwang.patrols.models import Partner, Slot
from shouwang.people.models import Person


@dataclass(frozen=True)
class Certificate:
    """`rows` are signed for, the earliest first; `waiting`: patrols that ended and wait for a signature."""

    name: str
    period: Period
    rows: list[Slot]
    waiting: int

    @property
    def times(self) -> int:
        return len({one.leg.order_id for one in self.rows})

    @property
    def minutes(self) -> int:
        return sum(minutes_of(one) for one in self.rows)

    @property
    def hours(self) -> float:
        return self.minutes / 60


def minutes_of(slot: Slot) -> int:
    """Whole minutes from begin to end."""
    return int((slot.off_at - slot.on_at) / dt.timedelta(minutes=1)) if slot.on_at and slot.off_at else 0


def own_certificate(by: Actor, name: str, period: Period) -> Certificate:
    """Of whoever asks."""
    return _certificate(name, Slot.objects.filter(person=by.person_id), period)


def certificate_of(partner: Partner, period: Period) -> Certificate:
    """Of a partner whose file the reader may see."""
    return _certificate(partner.name, Slot.objects.filter(partner=partner), period)


def signers_of(certificate: Certificate) -> dict[object, str]:
    """Who signed, by id. One query."""
    keys = {one.signed_by for one in certificate.rows if one.signed_by}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def _certificate(name: str, slots: QuerySet[Slot], period: Period) -> Certificate:
    begins, ends = bounds(period)
    rows = slots.filter(on_at__gte=begins, on_at__lt=ends, off_at__isnull=False).select_related("leg__order__ground")
    done = list(rows.order_by("on_at"))
    signed = [one for one in done if one.signed_at is not None]
    return Certificate(name, period, signed, len(done) - len(signed))
