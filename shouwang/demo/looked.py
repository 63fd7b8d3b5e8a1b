"""Cameras of the demo, a video round that ended, one that runs, a clip that waits, and a late call that is not counted.

Done by the functions that pages call. Nobody in it is real.
"""

from __future__ import annotations

import datetime as dt

from shouwang.command.clips import ask_clip
from shouwang.command.models import CameraOwner, RoundPurpose
from shouwang.command.video_rounds import Registered, begin_round, end_round, register_camera
from shouwang.demo.whereabouts import Whereabouts
from shouwang.demo.world import World
from shouwang.dispatch.compliance import compliance
from shouwang.dispatch.excusing import excuse
from shouwang.dispatch.models import ExcuseCause
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import OPEN_PHASES

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
CAMERAS = (  # name, where, who runs it, what it is there for
    ("桥头枪机", "书院街21号", CameraOwner.GOVERNMENT, "看桥面和两侧人行道"),
    ("桥西里广场", "桥西里12幢", CameraOwner.OPERATOR, "看广场人流"),
    ("河边水尺", "桥西路12号", CameraOwner.DUTY_BODY, "看水位和下河的人"),
)


def play(world: World, at: dt.datetime) -> None:
    """What was looked at until `at`; after the calls, since a clip and an excuse are of them."""
    find = Whereabouts(world)
    cameras = []
    for n, (name, where, owner, purpose) in enumerate(CAMERAS, start=1):
        point, text, _address = find(where)
        told = Registered(name, text, *point, owner, purpose, f"QS-V-{n:04d}")
        cameras.append(register_camera(told, by=world.zhou, at=at - 30 * DAY))
    past = begin_round(cameras[2], RoundPurpose.WEATHER, by=world.fang, at=at - 90 * MINUTE)
    end_round(past, "水位平稳，没有人下河", by=world.fang, at=at - 84 * MINUTE)
    begin_round(cameras[0], RoundPurpose.TRAFFIC, by=world.fang, at=at - 3 * MINUTE)
    call = Matter.objects.filter(kind="incident", phase__in=OPEN_PHASES).order_by("opened_at").first()
    if call is not None:
        began = call.opened_at - 5 * MINUTE
        ask_clip(cameras[0], call, began, call.opened_at, "看当事人离开的方向", by=world.fang, at=at - 2 * MINUTE)
    late = compliance(world.station.duty_path, since=at - DAY, by=world.zhou, at=at).missed
    if late:
        matter = Matter.objects.get(pk=late[0].matter)
        excuse(matter, ExcuseCause.BLOCKED, "桥面施工，绕行两公里", by=world.zhou, at=at - MINUTE)
