"""Acts on standard addresses: plan, put in use, rename, move, verify. How they end is in `succession.py`."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.geo import bounds_of, check_lonlat
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.verbs import Verb
from shouwang.places.elements import may_stand_under
from shouwang.places.models import Address, AddressAlias, Area, AreaVersion
from shouwang.places.models.address import AddressSource, AddressStatus, Element
from shouwang.places.tree import ABOVE_STREETS, areas_at, index, next_numbers, official_text, said
from shouwang.places.words import comparable
from shouwang.territory.in_force import on_cut

NAME, ALIAS = 80, 120
FRESH_FOR = dt.timedelta(days=730)  # REG-05: an address is looked at again after 24 months


class AddressNotFound(Problem):
    code, status = "address.not_found", 404
    says = _("There is no such address, or it is not yours to see.")


class AddressNameMissing(Problem):
    code, status = "address.name_missing", 422
    says = _("An address needs a name, such as 12号 or 3单元.")


class AddressTaken(Problem):
    code, status = "address.taken", 409
    says = _("There is a {name} under {parent} already.")


class WrongParent(Problem):
    code, status = "address.wrong_parent", 422
    says = _("{element} cannot stand under {parent}.")


class AddressEnded(Problem):
    code, status = "address.ended", 409
    says = _("{address} is no longer in use; its history stays as it is.")


class AddressInUse(Problem):
    code, status = "address.in_use", 409
    says = _("{address} is in use already.")


class OutsideTheTown(Problem):
    code, status = "address.outside", 422
    says = _("This point lies outside our town.")


def plan_address(
    *, parent: Address | None, element: str, name: str, point: tuple[float, float] | None = None, by: Actor,
    at: dt.datetime, in_use: bool = False,
) -> Address:  # fmt: skip
    """A new address, planned or at once in use. Without a point of its own it lies where its parent does.

    Raises  NotAllowed, NotVisible, WrongParent, AddressTaken, AddressEnded, OutsideTheTown, AddressNameMissing
    """
    with acting(by):
        place = check_lonlat(*point) if point else (parent.point if parent else None)
        area = _area_at(place, at)
        require(by, Verb.ADDRESS_KEEP, area, at)
        address = make_address(parent, element, name, place, area, at, in_use=in_use)
        record("address.plan", topic="address.changed", subject=address, area=area, by=by, at=at,
               element=address.element, called=address.full_text, in_use=in_use)  # fmt: skip
    return address


def make_address(
    parent: Address | None, element: str, name: str, point: tuple[float, float] | None, area: Area | None,
    at: dt.datetime, *, in_use: bool,
) -> Address:  # fmt: skip
    """The row of a new address, checked, with what finds it; part of an act."""
    clean = _check_name(name)
    if element not in Element.values or not may_stand_under(element, parent.element if parent else None):
        label = Element(element).label if element in Element.values else element
        raise WrongParent(field="element", element=label, parent=parent.full_text if parent else "—")
    if parent is not None and not parent.is_open:
        raise AddressEnded(address=parent.full_text)
    _refuse_twin(parent, clean)
    number = next_numbers(1)[0]
    lon, lat = point or (None, None)
    address = Address(
        number=number, parent=parent, path=f"{parent.path if parent else '/'}{number}/", element=element, name=clean,
        full_text=official_text(parent, clean), lon=lon, lat=lat, area=area, source=AddressSource.DESK,
        status=AddressStatus.IN_USE if in_use else AddressStatus.PLANNED, since=at if in_use else None,
    )  # fmt: skip
    address.searched = comparable(said(address))
    _keep(address)
    index(address)
    return address


def put_in_use(address: Address, *, by: Actor, at: dt.datetime) -> Address:
    """A planned address is in use from `at` on. Raises NotAllowed, NotVisible, AddressEnded, AddressInUse."""
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        if row.status == AddressStatus.IN_USE:
            raise AddressInUse(address=row.full_text)
        row.status, row.since = AddressStatus.IN_USE, at
        row.save(update_fields=["status", "since"])
        index(row)
        record("address.use", topic="address.changed", subject=row, area=row.area_id, by=by, at=at)
    return row


def rename_address(address: Address, name: str, *, by: Actor, at: dt.datetime) -> Address:
    """Another name from `at` on, for it and in the text of everything below; the former name still finds it.

    Raises  NotAllowed, NotVisible, AddressEnded, AddressTaken, AddressNameMissing
    """
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        clean = _check_name(name)
        if clean != row.name:
            _refuse_twin(row.parent, clean)
            was, was_text = said(row), row.full_text
            row.name = clean
            former = {"kind": AddressAlias.Kind.FORMER, "since": row.since, "until": at}
            AddressAlias.objects.get_or_create(address=row, name=was[:ALIAS], defaults=former)
            replant(row)
            record("address.rename", topic="address.changed", subject=row, area=row.area_id, by=by, at=at,
                   was_called=was_text, called=row.full_text)  # fmt: skip
    return row


def call_otherwise(address: Address, name: str, *, by: Actor, at: dt.datetime) -> AddressAlias:
    """Keep another name that people use for it. Raises NotAllowed, NotVisible, AddressEnded, AddressNameMissing."""
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        clean = _check_name(name, ALIAS)
        alias, new = AddressAlias.objects.get_or_create(address=row, name=clean, defaults={"since": at})
        if new:
            index(row)
            record("address.call", topic="address.changed", subject=row, area=row.area_id, by=by, at=at, called=clean)
    return alias


def move_point(address: Address, lon: float, lat: float, *, by: Actor, at: dt.datetime) -> Address:
    """Put it where it stands. What is below and had its point moves with it; areas follow.

    Raises  NotAllowed, NotVisible, AddressEnded, OutsideTheTown, geo problems
    """
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        place = check_lonlat(lon, lat)
        area = _area_at(place, at)
        require(by, Verb.ADDRESS_KEEP, area, at)
        below = Address.objects.under(row).filter(lon=row.lon, lat=row.lat)
        moved = [row, *below]
        for one in moved:
            one.lon, one.lat, one.area = place[0], place[1], area
        Address.objects.bulk_update(moved, ["lon", "lat", "area"], batch_size=500)
        for one in moved:
            index(one)
        record("address.move", topic="address.changed", subject=row, area=area, by=by, at=at,
               point=f"{place[0]:.6f},{place[1]:.6f}")  # fmt: skip
    return row


def verify_address(address: Address, *, by: Actor, at: dt.datetime, photo: UUID | None = None) -> Address:
    """Seen on the spot: fresh for 24 months. photo: key of the evidence that shows the door plate.

    Raises  NotAllowed, NotVisible, AddressEnded
    """
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        row.verified_at, row.verify_by = at, local_date(at + FRESH_FOR)
        row.save(update_fields=["verified_at", "verify_by"])
        shown = {"photo": photo} if photo else {}
        record("address.verify", topic="address.verified", subject=row, area=row.area_id, by=by, at=at, **shown)
    return row


def load_address(key: UUID, *, by: Actor, at: dt.datetime, verb: Verb = Verb.ADDRESS_KEEP) -> Address:
    """The address, its row locked, if `by` may keep it and it has not ended.

    Raises  AddressNotFound, NotAllowed, NotVisible, AddressEnded
    """
    rows = Address.objects.select_for_update(of=("self",)).select_related("area", "parent")
    row = rows.filter(pk=key).first()
    if row is None:
        raise AddressNotFound
    require(by, verb, row.area, at)
    if not row.is_open:
        raise AddressEnded(address=row.full_text)
    return row


def replant(address: Address) -> None:
    """Write path and texts of an address and of everything below it, after its name or its parent changed."""
    edge = [address]
    while edge:
        for one in edge:
            one.path = f"{one.parent.path if one.parent else '/'}{one.number}/"
            one.full_text = official_text(one.parent, one.name)
            one.searched = comparable(said(one))
        Address.objects.bulk_update(edge, ["parent", "name", "path", "full_text", "searched"], batch_size=500)
        for one in edge:
            index(one)
        parents = {one.pk: one for one in edge}
        edge = list(Address.objects.filter(parent__in=edge))
        for one in edge:
            one.parent = parents[one.parent_id] if one.parent_id else None


@on_cut
def lay_addresses(cut: UUID, at: dt.datetime, *, by: Actor) -> None:
    """Addresses follow a new cut of areas: each lies in the smallest area that holds its point then."""
    drawn = AreaVersion.objects.filter(cut=cut)
    boxes = [bounds_of(one.boundary) for one in drawn]
    if not boxes:
        return
    wests, souths, easts, norths = zip(*boxes, strict=True)
    inside = Address.objects.filter(lon__range=(min(wests), max(easts)), lat__range=(min(souths), max(norths)))
    near = list(inside.only("lon", "lat", "area"))
    changed = []
    for one, area in zip(near, areas_at([one.point for one in near], at), strict=True):
        if one.area_id != area:
            one.area_id = area
            changed.append(one)
    Address.objects.bulk_update(changed, ["area"], batch_size=1000)


def _area_at(point: tuple[float, float] | None, at: dt.datetime) -> Area:
    found = areas_at([point], at)[0]
    if found is None:
        raise OutsideTheTown(field="point")
    return Area.objects.get(pk=found)


def _check_name(name: str, limit: int = NAME) -> str:
    clean = clean_line(name, limit, field="name").replace(" ", "")
    if not clean:
        raise AddressNameMissing(field="name")
    return clean


def _refuse_twin(parent: Address | None, name: str) -> None:
    """Of one name there is one under a parent: 3栋 and 3幢 are one name."""
    open_ones = Address.objects.filter(parent=parent, status__in=[AddressStatus.PLANNED, AddressStatus.IN_USE])
    above = "" if parent is None or parent.element in ABOVE_STREETS else parent.searched
    if open_ones.filter(searched=comparable(above + name)).exists() or open_ones.filter(name=name).exists():
        raise AddressTaken(field="name", name=name, parent=parent.full_text if parent else "—")


def _keep(address: Address) -> None:
    """Of two colleagues who enter the same at once, one is told."""
    try:
        with transaction.atomic():
            address.save(force_insert=True)
    except IntegrityError as error:
        if "address_once" not in str(error):
            raise
        parent = address.parent.full_text if address.parent else "—"
        raise AddressTaken(field="name", name=address.name, parent=parent) from None
