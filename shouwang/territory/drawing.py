"""Drawing a cut: new borders for the children of one area or of several, as a draft that changes nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Status, Tier
from shouwang.territory.codes import in_order, new_codes
from shouwang.territory.cuts import ANSWERING, Cut, CutMovedOn, load_cut
from shouwang.territory.naming import NameTaken, check_name, grid_name, point_name
from shouwang.territory.tiling import readable

CHILD = {Tier.COMMUNITY: Tier.GRID, Tier.GRID: Tier.GRID_POINT}  # what is made new by a cut; the rest comes by sheet


class NothingDrawn(Problem):
    code, status = "territory.nothing_drawn", 422
    says = _("Nothing is drawn: give at least one boundary.")


class NotABoundary(Problem):
    code, status = "territory.not_a_boundary", 422
    says = _("Boundary {number} is no closed area. Draw it again without crossing its own line.")


class CannotMakeHere(Problem):
    code, status = "territory.cannot_make_here", 422
    says = _("New areas are drawn in a community or a grid, not in {area}.")


class PieceTwice(Problem):
    code, status = "territory.piece_twice", 422
    says = _("{area} is drawn twice.")


@dataclass(frozen=True)
class Piece:
    """One area to be: an existing one with its new border, or (`area` None) a new one. `name` "": as it is called."""

    boundary: dict[str, Any]
    area: Area | None = None
    households: int = 0
    name: str = ""


def draw_cut(
    pieces: Mapping[Area, Sequence[Piece]], *, instead_of: UUID | None = None, by: Actor, at: dt.datetime
) -> Cut:  # fmt: skip
    """A draft: under each parent exactly these pieces. A child that is not among them ends with it.

    New areas get the code that follows from the parent and a serial never used before, and where none is given the
    name. instead_of   an earlier draft, which this one supersedes
    Raises  NotAllowed, NotVisible, NothingDrawn, NotABoundary, PieceTwice, CannotMakeHere, CodesUsedUp, NameTaken,
            NameUnusable, NamedAfterPerson, CutNotFound, CutMovedOn
    """
    with acting(by):
        for parent in pieces:
            require(by, Verb.AREA_DRAW, parent, at)
        _check(pieces)
        if instead_of is not None:
            _put_aside(instead_of, by, at)
        key = new_id()
        rows: list[AreaVersion] = []
        for parent, drawn in pieces.items():
            areas = _areas(parent, drawn)
            for ordinal, number in enumerate(in_order([piece.boundary for piece in drawn]), start=1):
                rows += _versions(areas[number], parent, drawn[number], ordinal, key, at)
        kept = {row.area_id for row in rows}
        for parent in pieces:
            rows += _endings(parent, kept, key, at)
        AreaVersion.objects.bulk_create(rows)
        record("area.draw", topic="area.drawn", subject=("cut", key), area=next(iter(pieces)), by=by, at=at,
               parents=[parent.pk for parent in pieces], areas=len(kept))  # fmt: skip
    return Cut(key, tuple(rows))


def _check(pieces: Mapping[Area, Sequence[Piece]]) -> None:
    every = [piece for drawn in pieces.values() for piece in drawn]
    if not every:
        raise NothingDrawn
    known = [piece.area for piece in every if piece.area is not None]
    for area in known:
        if known.count(area) > 1:
            raise PieceTwice(area=area.name)
    for number, piece in enumerate(every, start=1):
        if readable(piece.boundary) is None:
            raise NotABoundary(number=number)
    names = [check_name(piece.name, but=piece.area) for piece in every if _is_new_name(piece)]
    for name in names:
        if names.count(name) > 1:
            raise NameTaken(field="name", name=name)


def _is_new_name(piece: Piece) -> bool:
    return bool(piece.name) and (piece.area is None or piece.area.name != piece.name)


def _put_aside(key: UUID, by: Actor, at: dt.datetime) -> None:
    """A draft that another one takes the place of: it stays to be read, and can go no further."""
    cut = load_cut(key, by=by, at=at, verb=Verb.AREA_DRAW)
    if cut.status not in (Status.DRAFT, Status.CHECKED):
        raise CutMovedOn(state=cut.status.label)
    rows = AreaVersion.objects.filter(pk__in=[one.pk for one in cut.versions])
    rows.update(status=Status.SUPERSEDED, during=TimestamptzRange(empty=True))


def _areas(parent: Area, drawn: Sequence[Piece]) -> list[Area]:
    """The area of each piece; new ones are made, in the order of their codes."""
    order = [i for i in in_order([piece.boundary for piece in drawn]) if drawn[i].area is None]
    made: dict[int, Area] = {}
    if order:
        tier = CHILD.get(Tier(parent.tier))
        if tier is None:
            raise CannotMakeHere(area=parent.name)
        for i, (scheme, code, serial) in zip(order, new_codes(parent, len(order)), strict=True):
            name = grid_name(parent, serial) if tier == Tier.GRID else point_name(parent, serial)
            made[i] = _new_area(parent, tier, scheme, code, check_name(drawn[i].name or name))
    return [piece.area or made[i] for i, piece in enumerate(drawn)]


def _new_area(parent: Area, tier: Tier, scheme: str, code: str, name: str) -> Area:
    """An identity without paths: nobody reaches it before it is in force."""
    number = (Area.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    layer = Layer.DUTY if parent.duty_path else Layer.GOVERNMENT
    return Area.objects.create(number=number, code=code, scheme=scheme, tier=tier, layer=layer, name=name)


def _versions(area: Area, parent: Area, piece: Piece, ordinal: int, key: UUID, at: dt.datetime) -> list[AreaVersion]:
    """One draft for each layer: under `parent` where that stands, under its parent of today in the others."""
    today = {one.layer: one for one in AreaVersion.objects.in_force_at(at).filter(area=area, layer__in=ANSWERING)}
    standing = set(_layers_of(parent, at))
    parents = {layer: one.parent for layer, one in today.items()}
    if parent.tier == Tier.COMMUNITY or not today:
        parents = dict.fromkeys(standing)
    households = piece.households or max((one.households for one in today.values()), default=0)
    return [
        AreaVersion(
            area=area, layer=layer, parent=parent if layer in standing else above, name=piece.name or area.name,
            ordinal=ordinal, boundary=dict(piece.boundary), households=households, status=Status.DRAFT, cut=key,
            during=TimestamptzRange(at, None),
        )
        for layer, above in parents.items()
    ]  # fmt: skip


def _layers_of(area: Area, at: dt.datetime) -> list[str]:
    found = AreaVersion.objects.in_force_at(at).filter(area=area, layer__in=ANSWERING)
    return list(found.values_list("layer", flat=True))


def _endings(parent: Area, kept: set[UUID], key: UUID, at: dt.datetime) -> list[AreaVersion]:
    """Children that the cut leaves out, and whatever stands under them, each with a version that lasts no time."""
    left = AreaVersion.objects.in_force_at(at).filter(parent=parent, layer__in=ANSWERING).exclude(area__in=kept)
    return [
        AreaVersion(
            area_id=one.area_id, layer=one.layer, parent_id=one.parent_id, name=one.name, ordinal=one.ordinal,
            boundary=one.boundary, households=one.households, status=Status.DRAFT, cut=key,
            during=TimestamptzRange(empty=True),
        )
        for one in left
    ]  # fmt: skip
