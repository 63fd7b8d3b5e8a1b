"""When a crew goes and leaves a hole: which others should stand elsewhere. Proposed by a job, decided by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import shapely
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import shape

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.dispatch.coverage import FreeCrew, Own, free_crews, own_ground
from shouwang.dispatch.models import MoveUp, MoveUpState
from shouwang.duty.messages import send_message
from shouwang.duty.shifts import on_shift
from shouwang.journal.record import record
from shouwang.people.access import Verb, reaches, require, spans
from shouwang.places.models import Area, AreaVersion, FoundPlace
from shouwang.places.models.area import Layer
from shouwang.solvers.covering import Point, Stand, covered_by_each
from shouwang.solvers.nearest import approach

HOLE_SHARE = 0.05  # of the homes of the ground: less is no hole
MOST_POINTS, LONGEST_DRIVE_S = 30, 900.0
LASTS = dt.timedelta(minutes=15)
STANDS = ("crossing", "booth", "police_station", "police", "police_room", "plaza", "station", "bus_station", "market")


class MoveSettled(Problem):
    code, status = "move_up.settled", 409
    says = gettext_lazy("This move was settled already.")


class MoveReasonMissing(Problem):
    code, status = "move_up.reason_missing", 400
    says = gettext_lazy("Write why the crew stays where it is.")


def propose_moves(area: Area, *, at: dt.datetime) -> list[MoveUp]:
    """Moves that bring homes of this ground back into time; what was proposed before and not settled passes."""
    by, own = Actor.system(), own_ground(area, at)
    crews = free_crews([area.duty_path], at)
    points = _points(area, at) if own is not None and crews else []
    found = _best(own, crews, points) if own is not None and points else []
    shifts = on_shift([crew.unit for crew, *_rest in found], at)
    rows = [
        MoveUp(area=area, duty_path=area.duty_path, unit_id=crew.unit, shift=shifts[crew.unit], lon=lon, lat=lat,
               place_text=name, seconds=round(seconds), homes=homes, before=before, after=after, proposed_at=at)
        for crew, (name, lon, lat), seconds, homes, before, after in found
        if crew.unit in shifts
    ]  # fmt: skip
    with acting(by):
        passed = (
            MoveUp.objects.select_for_update()
            .filter(area=area, state=MoveUpState.PROPOSED)
            .update(state=MoveUpState.PASSED, settled_at=at)
        )
        MoveUp.objects.bulk_create(rows)
        if passed and not rows:
            record("move_up.pass", topic="move_up.passed", subject=area, by=by, at=at, area=area, moves=passed)
        if rows:
            record("move_up.propose", topic="move_up.proposed", subject=area, by=by, at=at, area=area, moves=len(rows))
    return rows


def _best(
    own: Own, crews: Sequence[FreeCrew], points: Sequence[tuple[str, float, float]]
) -> list[tuple[FreeCrew, tuple[str, float, float], float, int, float, float]]:
    """(crew, point, seconds, homes gained by all of them, share before, share after); none where there is no hole."""
    from shouwang.solvers.moving import best_moves  # OR-Tools is large: only the process that solves loads it

    homes, total = own.demand.homes, float(own.demand.homes.sum())
    staying = covered_by_each(own.graph, own.demand, [one.stand(own.rapid) for one in crews])
    before = float(homes[staying.any(axis=0)].sum())
    if not total or total - before < HOLE_SHARE * total:
        return []
    there = covered_by_each(own.graph, own.demand, [Stand((lon, lat)) for _name, lon, lat in points])
    use = np.argsort(-(there @ homes), kind="stable")[:MOST_POINTS]
    where: list[Point] = [one.at for one in crews]
    ways = [approach(own.graph, (points[c][1], points[c][2]), LONGEST_DRIVE_S).seconds_from(where) for c in use]
    found = best_moves(staying, there[use], homes, np.array(ways).T, within_s=LONGEST_DRIVE_S)
    after = float(homes[found.after].sum())
    return [
        (crews[move.crew], points[int(use[move.point])], move.seconds, round(after - before), before / total,
         after / total)
        for move in found.moves
    ]  # fmt: skip


def _points(area: Area, at: dt.datetime) -> list[tuple[str, float, float]]:
    """Named places of the ground where a crew can stand and be found."""
    version = AreaVersion.objects.in_force_at(at).filter(area=area, layer=Layer.DUTY).first()
    if version is None or not version.boundary:
        return []
    border = shape(version.boundary)
    named = FoundPlace.objects.filter(kind__in=STANDS, is_address=False).order_by("name")
    return [one for one in named.values_list("name", "lon", "lat") if shapely.contains_xy(border, one[1], one[2])]


def open_moves(by: Actor, at: dt.datetime) -> QuerySet[MoveUp]:
    """Proposals of the last quarter of an hour that `by` may act on: later the crews stand elsewhere anyway."""
    rows = MoveUp.objects.filter(reaches(spans(by, Verb.UNIT_SEND, at), "area__"), state=MoveUpState.PROPOSED)
    return rows.filter(proposed_at__gt=at - LASTS).select_related("unit", "area").order_by("-homes", "seconds")


def send_move(move: MoveUp, *, by: Actor, at: dt.datetime) -> MoveUp:
    """The crew is told to stand there, by a message on its phone. Raises MoveSettled"""
    with acting(by):
        row = _settled(move, MoveUpState.SENT, "", by, at)
        record("move_up.send", topic="move_up.sent", subject=("unit", row.unit_id), by=by, at=at, area=row.area,
               unit=row.unit_id, place=row.place_text)  # fmt: skip
    words = _("Please stand at {place} from now on, until you hear from us.").format(place=row.place_text)
    send_message(text=words, unit=row.unit, by=by, at=at, key=new_id())
    return row


def refuse_move(move: MoveUp, reason: str, *, by: Actor, at: dt.datetime) -> MoveUp:
    """The crew stays; why is kept. Raises MoveSettled, MoveReasonMissing"""
    words = clean_line(reason, 120, field="reason")
    if not words:
        raise MoveReasonMissing(field="reason")
    with acting(by):
        row = _settled(move, MoveUpState.REFUSED, words, by, at)
        record("move_up.refuse", topic="move_up.refused", subject=("unit", row.unit_id), by=by, at=at, area=row.area,
               unit=row.unit_id, reason=words)  # fmt: skip
    return row


def _settled(move: MoveUp, state: str, reason: str, by: Actor, at: dt.datetime) -> MoveUp:
    row = MoveUp.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=move.pk)
    require(by, Verb.UNIT_SEND, row.area, at)
    if row.state != MoveUpState.PROPOSED:
        raise MoveSettled
    row.state, row.reason, row.settled_at, row.settled_by = state, reason, at, by.person_id
    row.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    return row
