"""Beats of the demo with what is walked on them, a night-economy zone with its plan, and the loudspeaker library."""

from __future__ import annotations

import datetime as dt
import io
import math
import struct
import wave
from itertools import pairwise
from typing import Any

from shouwang.beats import announcing, keeping, targeting, zoning
from shouwang.beats.around import note_change
from shouwang.beats.models import Message, TaskState
from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.geo import bounds_of
from shouwang.demo.world import World
from shouwang.duty.models import Crew, Unit
from shouwang.places.models import AreaVersion
from shouwang.territory.overlays import draw_areas, make_layer, outline_of
from shouwang.tracking.models import Fix

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
STREETS = ("书院街南口", "桥西路菜场", "河埠路上客点", "东门广场")
HALVES = ("北", "南")
Box = tuple[float, float, float, float]
MESSAGES = (
    ("电动自行车入棚", "请把电动自行车停进车棚，不要在楼道和门厅充电。", True),
    ("散场慢行", "散场时请走人行道，打车请到上客点排队。", True),
    ("防溺水", "河边水深，请照看好孩子，不要下河游泳。", False),
)


def play(world: World, at: dt.datetime) -> None:
    """All at the time of each act; nobody in it is real."""
    version = AreaVersion.objects.in_force_at(at).get(area=world.qiaoxi, layer="duty")
    box = bounds_of(version.boundary)
    _beats(world, box, at)
    _zone(world, box, at)
    _messages(world, at)
    _played(at)


def _beats(world: World, box: Box, at: dt.datetime) -> None:
    since = at - 20 * DAY
    sectors = make_layer(world.station, "巡区片", "sector", by=world.lin, at=since)
    sector = draw_areas(sectors, [("桥西片", _ring(_part(box, 0.06, 0.06, 0.94, 0.94)))], by=world.lin, at=since)[0]
    layer = make_layer(world.station, "步巡巡区", "beat", by=world.lin, at=since)
    parts = {half: _part(box, 0.08, 0.52 - n * 0.44, 0.92, 0.92 - n * 0.44) for n, half in enumerate(HALVES)}
    drawn = [(f"桥西{half}巡区", _ring(part)) for half, part in parts.items()]
    for area, part, unit in zip(
        draw_areas(layer, drawn, by=world.lin, at=since), parts.values(), ("qx1", "qx2"), strict=True
    ):
        beat = keeping.make_beat(area, by=world.zhou, at=since, sector=sector, team=world.units[unit])
        for begins, ends, least in ((18, 22, 2), (22, 2, 1)):
            keeping.add_window(beat, dt.time(begins), dt.time(ends), least, by=world.zhou, at=since)
        kinds = (("社区广场", "square", 0.3, 0.42), ("小学门口", "school", 0.5, 0.45), ("公交站", "hub", 0.88, 0.62))
        points = [keeping.NewPoint(name, kind, *_place(part, x, y)) for name, kind, x, y in kinds]
        keeping.add_points(beat, points, by=world.zhou, at=since)
        line = [_place(part, 0.15, 0.4), _place(part, 0.5, 0.45), _place(part, 0.85, 0.4)]
        targeting.add_stretch(beat, "沿街步行段", line, by=world.zhou, at=since)
        _walked(world.units[unit], line, at)
        ground = _ring(_part(part, 0.25, 0.36, 0.36, 0.5))["coordinates"][0][:-1]
        targeting.add_surface(beat, "社区广场场地", ground, by=world.zhou, at=since)
    morning = dt.datetime.combine(local_date(at) + DAY, dt.time(8), SHANGHAI)
    note_change(beat, (morning, morning + DAY / 3), "一组参加考试安保，白天由骑巡走", by=world.zhou, at=at - DAY / 8,
                team=world.units["cycle"])  # fmt: skip


def _walked(unit: Unit, line: list[tuple[float, float]], at: dt.datetime) -> None:
    """Three evenings along the street and back: the track of a crew, as its device would have sent it."""
    steps = [(a, b, n / 16) for a, b in pairwise([*line, *line[-2::-1]]) for n in range(16)]
    rows = []
    for days in (1, 2, 3):
        begins = dt.datetime.combine(local_date(at) - days * DAY, dt.time(19, 30), SHANGHAI)
        for n, (a, b, share) in enumerate(steps[: len(steps) - 12 * days]):
            lon, lat = (round(x + (y - x) * share, 6) for x, y in zip(a, b, strict=True))
            seen = begins + n * MINUTE / 2
            rows.append(Fix(unit=unit.pk, shift=unit.pk, at=seen, received_at=seen, lon=lon, lat=lat, source="demo"))
    Fix.objects.bulk_create(rows)


def _zone(world: World, box: Box, at: dt.datetime) -> None:
    since, today = at - 6 * DAY, local_date(at)
    street = _part(box, 0.35, 0.35, 0.7, 0.6)
    corners = _ring(street)["coordinates"][0][:-1]
    hours = dt.time(18), dt.time(2)
    zone = zoning.make_zone(world.qiaoxi, "书院街夜市", corners, hours, by=world.shen, at=since)
    spots = (
        ("venue", "河畔餐吧", 0.2, 0.3, dt.time(1, 30)), ("venue", "书院影院", 0.6, 0.7, dt.time(0, 20)),
        ("stalls", "小吃摊区", 0.45, 0.4, dt.time(0)), ("rank", "书院街口上客点", 0.9, 0.5, None),
    )  # fmt: skip
    for kind, name, x, y, closes in spots:
        zoning.add_spot(zone, kind, name, _place(street, x, y), by=world.shen, at=since, closes=closes)
    tasks = (
        ("patrol", "周五周六 20:00 至次日 01:00 徒步两趟", world.shen, "", 4, ""),
        ("lighting", "南口两盏路灯不亮，报修并回看", world.lu, "路灯管理所", -1, ""),
        ("noise", "22:00 后在最近居民楼测两次", world.su, "生态环境分局", 3, TaskState.DOING),
        ("transport", "散场时上客点加派车辆", world.shen, "交通运输局", -2, TaskState.DONE),
    )
    for kind, text, who, body, days, state in tasks:
        task = zoning.add_task(
            zone, kind, text, who.post, max(today + days * DAY, local_date(since)), by=world.shen, at=since, body=body
        )
        if state:
            said = "周五起每晚 23:30 加派 6 辆" if state == TaskState.DONE else ""
            zoning.move_task(task, state, said, by=world.shen, at=at - 2 * DAY)
    over = zoning.make_zone(world.qiaoxi, "中秋灯会", corners, hours, by=world.shen, at=at - 60 * DAY)
    zoning.close_zone(over, "三晚无挤踏，噪声投诉两件，均当晚办结", by=world.shen, at=at - 55 * DAY)


def _messages(world: World, at: dt.datetime) -> None:
    since, sound = at - 9 * DAY, _tone()
    for topic, text, approved in MESSAGES:
        told = announcing.NewMessage(topic, text, dt.time(8), dt.time(21), 60)
        row = announcing.write_message(world.station, told, by=world.zhou, at=since)
        announcing.add_recording(row, "普通话", sound, by=world.zhou, at=since)
        if approved:
            announcing.approve(row, by=world.lin, at=since + DAY / 4)


def _played(at: dt.datetime) -> None:
    """By crews that were on shift of late, in the middle of it, where the hour allows."""
    messages, played = list(Message.objects.filter(state="approved")), 0
    for crew in Crew.objects.filter(during__startswith__lt=at, sworn=True).order_by("-during")[:120]:
        begins, ends = crew.during.lower, min(crew.during.upper or at, at)
        share = 0.2 + 0.2 * played
        when = max(begins, ends - 3 * HOUR) + min(ends - begins, HOUR) * share
        message = messages[played % 2]
        if played == len(STREETS):
            break
        if ends - begins > HOUR / 6 and announcing.may_sound(message, when) and when < at:
            by = Actor(person_id=crew.person_id)
            announcing.play(message, STREETS[played], by=by, at=when, language="普通话", level_db=54 + played)
            played += 1


def _tone() -> bytes:
    """A chime of half a second instead of somebody's voice."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"".join(struct.pack("<h", round(9000 * math.sin(n / 3))) for n in range(4000)))
    return file.getvalue()


def _part(box: Box, west: float, south: float, east: float, north: float) -> Box:
    return (*_place(box, west, south), *_place(box, east, north))


def _place(box: Box, x: float, y: float) -> tuple[float, float]:
    """A place within, by shares of its width and height."""
    return round(box[0] + (box[2] - box[0]) * x, 6), round(box[1] + (box[3] - box[1]) * y, 6)


def _ring(box: Box) -> dict[str, Any]:
    return outline_of([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
