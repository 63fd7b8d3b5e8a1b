"""What the pages of standard addresses show: the tree on one's ground, one address with its history, its acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.journal.timeline import Line, lines_for
from shouwang.matters.intake import Given
from shouwang.people.access import NotVisible, may, reaches, spans
from shouwang.people.verbs import Verb
from shouwang.places.elements import children_of
from shouwang.places.matching import AddressMatch, match_address
from shouwang.places.models import Address, AddressSuccession, Area
from shouwang.places.models.address import Element
from shouwang.territory import addresses, succession
from shouwang.territory.addresses import plan_address
from shouwang.territory.classes import community_of

PAGE = 200
TOPS = ("street", "estate", "compound", "natural_village")  # where browsing begins
PLATED = ("building", "entrance_unit")  # what has a door plate


@dataclass(frozen=True)
class Shown:
    """An address as its page shows it."""

    address: Address
    above: Sequence[Address]
    children: Sequence[Address]
    aliases: Sequence[Any]
    became: Sequence[AddressSuccession]
    came_from: Sequence[AddressSuccession]
    history: Sequence[Line]
    stale: bool
    kept_here: bool  # the reader may act on it
    elements: Sequence[tuple[str, Any]]  # what may stand below it
    community: Area | None  # the one it lies in
    beside: Sequence[Address]  # what it could be merged into


def mine(by: Actor, at: dt.datetime) -> QuerySet[Address]:
    """The addresses on the ground that `by` may see."""
    return Address.objects.filter(reaches(spans(by, Verb.AREA_READ, at), "area__"))


def tops(by: Actor, at: dt.datetime, kind: str = "") -> Sequence[Address]:
    """Streets, estates and villages that lie on one's ground or have a building there, with how many they have."""
    built = mine(by, at).filter(element="building").values("parent")
    reach = Q(pk__in=mine(by, at).values("pk")) | Q(pk__in=built)
    rows = Address.objects.filter(reach, element__in=[kind] if kind in TOPS else TOPS, status="in_use")
    counted = rows.annotate(n_buildings=Count("children", filter=Q(children__status="in_use")))
    return list(counted.select_related("area").order_by("element", "full_text")[:PAGE])


def found(words: str, by: Actor, at: dt.datetime) -> list[AddressMatch]:
    """What the words may mean on the ground that `by` may see."""
    matches = match_address(words, limit=8)
    seen = set(mine(by, at).filter(pk__in=[match.address.pk for match in matches]).values_list("pk", flat=True))
    return [match for match in matches if match.address.pk in seen]


def load(key: UUID, by: Actor, at: dt.datetime) -> Address:
    """One address of that ground. Raises NotVisible."""
    row = Address.objects.filter(pk=key).select_related("area", "parent").first()
    if row is None:
        raise NotVisible
    own = row.area is not None and may(by, Verb.AREA_READ, row.area, at)
    if not own and not mine(by, at).filter(path__startswith=row.path).exists():
        raise NotVisible
    return row


def show(row: Address, by: Actor, at: dt.datetime) -> Shown:
    below = mine(by, at).filter(parent=row).annotate(n_below=Count("children")).order_by("number")
    beside = Address.objects.filter(parent=row.parent_id, element=row.element, status="in_use").exclude(pk=row.pk)
    kept_here = row.area is not None and row.is_open and may(by, Verb.ADDRESS_KEEP, row.area, at)
    return Shown(
        address=row, above=list(Address.objects.above(row)), children=list(below[:PAGE]),
        aliases=list(row.aliases.order_by("-until", "name")),
        became=list(row.became.select_related("became")), came_from=list(row.came_from.select_related("was")),
        history=lines_for(row, get_language() or "zh-hans"), stale=row.is_stale(local_date(at)), kept_here=kept_here,
        community=community_of(row.area), elements=[(name, Element(name).label) for name in children_of(row.element)],
        beside=list(beside.order_by("number")[:PAGE]) if kept_here and row.parent_id else [],
    )  # fmt: skip


def plates(row: Address, by: Actor, at: dt.datetime) -> list[Address]:
    """What gets a door plate here: the address itself, or the buildings on a street or in an estate."""
    if row.element in PLATED:
        return [row]
    return list(mine(by, at).filter(parent=row, element="building", status="in_use").order_by("number")[:PAGE])


def place_to_check(said: str, by: Actor, at: dt.datetime) -> Given:
    """What opens a check of these words: at the nearest thing that fits, else on the ground of whoever asks."""
    near = next((match.address.point for match in found(said, by, at) if match.address.point), None)
    given: Given = {
        "place_text": said, "gist": said, "channel": "own_find", "subkind": "address_check.not_found",
        "facts": {"said": said},
    }  # fmt: skip
    if near is not None:
        return given | {"point": near}
    area = Area.objects.filter(reaches(spans(by, Verb.MATTER_OPEN, at))).order_by("duty_path").first()
    return given | {"area": area}


Act = Callable[[Address, dict[str, str], Actor, dt.datetime], Address]


def _enter(row: Address, told: dict[str, str], by: Actor, at: dt.datetime) -> Address:
    point = _point(told)
    return plan_address(
        parent=row, element=told.get("element", ""), name=told.get("name", ""), point=point, by=by, at=at,
        in_use=bool(told.get("in_use")),
    )  # fmt: skip


def _call(row: Address, told: dict[str, str], by: Actor, at: dt.datetime) -> Address:
    return addresses.call_otherwise(row, told.get("name", ""), by=by, at=at).address


def _move(row: Address, told: dict[str, str], by: Actor, at: dt.datetime) -> Address:
    lon, lat = told.get("lon", ""), told.get("lat", "")
    return addresses.move_point(row, lon, lat, by=by, at=at)  # type: ignore[arg-type]  # checked there


def _merge(row: Address, told: dict[str, str], by: Actor, at: dt.datetime) -> Address:
    try:
        into = UUID(told.get("into", ""))
    except ValueError:
        raise succession.NothingToMerge(field="into", parent=str(row.parent or "—")) from None
    return succession.merge(row, into, by=by, at=at)


def _split(row: Address, told: dict[str, str], by: Actor, at: dt.datetime) -> Address:
    return succession.split(row, told.get("names", "").splitlines(), by=by, at=at)[0]


ACTS: dict[str, Act] = {
    "enter": _enter,
    "use": lambda row, told, by, at: addresses.put_in_use(row, by=by, at=at),
    "rename": lambda row, told, by, at: addresses.rename_address(row, told.get("name", ""), by=by, at=at),
    "call": _call,
    "move": _move,
    "verify": lambda row, told, by, at: addresses.verify_address(row, by=by, at=at),
    "demolish": lambda row, told, by, at: succession.demolish(row, by=by, at=at),
    "merge": _merge,
    "split": _split,
}


def _point(told: dict[str, str]) -> Any:
    return (told["lon"], told["lat"]) if told.get("lon") and told.get("lat") else None
