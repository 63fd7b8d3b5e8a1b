"""The device ledger: which device was out for which visit, who had it, and that nothing stayed on it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.visit.models import Device, Outing
from shouwang.kinds.visit.words import WITH_DEVICE
from shouwang.matters.models import Matter
from shouwang.people.access import NotAllowed, Verb, require, spans, within
from shouwang.places.models import Area

OUT = Exists(Outing.objects.filter(device=OuterRef("pk"), back_at__isnull=True))


class DeviceOut(Problem):
    code, status = "visit.device_out", 409
    says = _("This device is out already. It goes out again once it was brought back with nothing on it.")


class NotForThis(Problem):
    code, status = "visit.not_for_this", 409
    says = _("A device goes out for a booked visit that needs one.")


class StillOnIt(Problem):
    code, status = "visit.still_on_it", 400
    says = _("Something is still on the device. Empty it first, and look that it is empty.")


class SerialMissing(Problem):
    code, status = "visit.serial", 400
    says = _("Give the device its name and its number; each number is listed once.")


def note_device(*, name: str, serial: str, area: Area, by: Actor, at: dt.datetime) -> Device:
    """A device of an office. Raises SerialMissing, NotAllowed"""
    row = Device(
        name=clean_line(name, 40, field="name"), serial=clean_line(serial, 40, field="serial"), area=area,
        duty_path=area.duty_path, government_path=area.government_path,
    )  # fmt: skip
    if not row.name or not row.serial:
        raise SerialMissing(field="serial")
    with acting(by):
        require(by, Verb.UNIT_MANAGE, row, at)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise SerialMissing(field="serial") from None
        record("kit.note", topic="kit.noted", subject=row, by=by, at=at, area=area)
    return row


def take_out(*, device: Device, matter: Matter, by: Actor, at: dt.datetime) -> Outing:
    """It goes along to a booked visit. Raises DeviceOut, NotForThis"""
    with acting(by):
        row = _held(device, by, at)
        require(by, Verb.MATTER_WORK, matter, at)
        if matter.subkind not in WITH_DEVICE or matter.state != "booked":
            raise NotForThis
        if outing_with(row) is not None:
            raise DeviceOut
        outing = Outing.objects.create(device=row, matter=matter.pk, out_at=at, out_by=by.person_id)
        record("kit.take_out", topic="kit.out", subject=row, by=by, at=at, area=row.area_id, matter=matter.pk)
    return outing


def bring_back(*, device: Device, emptied: bool, by: Actor, at: dt.datetime) -> None:
    """Back, and somebody looked that nothing stayed on it. Raises StillOnIt"""
    with acting(by):
        row = _held(device, by, at)
        outing = outing_with(row)
        if outing is None:
            return
        if not emptied:
            raise StillOnIt(field="emptied")
        outing.back_at, outing.back_by, outing.emptied = at, by.person_id, True
        outing.save(update_fields=["back_at", "back_by", "emptied"])
        record("kit.bring_back", topic="kit.back", subject=row, by=by, at=at, area=row.area_id, emptied=True)


def _held(device: Device, by: Actor, at: dt.datetime) -> Device:
    """The device, locked, of an office of `by`. Raises NotAllowed"""
    row = Device.objects.select_for_update().filter(_of_offices(by, Verb.MATTER_WORK, at), pk=device.pk).first()
    if row is None:
        raise NotAllowed
    return row


def _of_offices(by: Actor, verb: Verb, at: dt.datetime) -> Q:
    """Those of the offices to which `by` belongs: on his ground, or on the ground in which his lies."""
    paths = spans(by, verb, at)
    numbers = {int(part) for path in paths for part in path.split("/") if part}
    return within(paths) | Q(area__number__in=numbers)


def outing_with(device: Device) -> Outing | None:
    return Outing.objects.filter(device=device, back_at__isnull=True).first()


def outing_of(matter: Matter) -> Outing | None:
    """The last time a device was out for this visit."""
    return Outing.objects.filter(matter=matter.pk).order_by("-out_at").first()


def devices_of(by: Actor, at: dt.datetime) -> QuerySet[Device]:
    """Those of the offices of `by`, with whether they are out."""
    found = Device.objects.filter(_of_offices(by, Verb.MATTER_READ, at), active=True)
    return found.annotate(out=OUT).order_by("name")


def free_devices(matter: Matter) -> QuerySet[Device]:
    """Devices that are in, of the offices in whose ground the visit lies."""
    numbers = [int(part) for part in matter.duty_path.split("/") if part]
    return Device.objects.filter(~OUT, active=True, area__number__in=numbers).order_by("name")


def ledger(devices: QuerySet[Device], most: int = 60) -> list[Outing]:
    """What was out and came back, newest first."""
    return list(Outing.objects.filter(device__in=devices).select_related("device").order_by("-out_at")[:most])
