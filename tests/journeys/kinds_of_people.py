"""The same of what people keep, did or are asked: patrols, looks into the past, posts and sessions, residents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shouwang.beats.models import NightZone
from shouwang.command.models import ClipRequest, VideoRound
from shouwang.core import clock
from shouwang.demo.world_ground import QIAOXI, boundary
from shouwang.dispatch.models import Drill
from shouwang.duty import models as duty
from shouwang.journal.models import Entry
from shouwang.matters.models import Draft
from shouwang.oversight import models as oversight
from shouwang.patrols import models as patrols
from shouwang.people import models as people
from shouwang.places import models as places
from shouwang.planning.models import RoutePlan
from shouwang.registry.models import Declaration, Emergency, OddLook, Request, Sitting, Vehicle, VehicleAsk
from shouwang.tracking.models import KeptStretch, TrackArchive, TrackKeeping
from tests.journeys.planting import Ground, Planted, keys, kind


@kind("patrol order")
def patrol_order(ground: Ground) -> Planted:
    row = ground.plant(patrols.Order)
    leg = ground.plant(patrols.Leg, order=row)
    slot = ground.plant(patrols.Slot, leg=leg, person=ground.person)
    point = ground.plant(patrols.Point, order=row)
    left_out = ground.plant(patrols.Point, order=row, place=2)
    another = ground.plant(patrols.Slot, leg=leg, person=ground.world.ming.person)
    mark = ground.plant(patrols.Mark, slot=another, sort="skipped", point=left_out, reason="rain")
    return keys(row, slot=slot, point=point, mark=mark)


@kind("patrol slot")
def patrol_slot(ground: Ground) -> Planted:
    planted = patrol_order(ground)
    return planted | {"key": planted["slot"]}


@kind("patrol link")
def patrol_link(ground: Ground) -> Planted:
    row = ground.plant(patrols.Link)
    return keys(row, commander=ground.world.lin.person)


@kind("clip")
def clip(ground: Ground) -> Planted:
    return keys(ground.plant(ClipRequest, matter=ground.call(), asked_by=ground.world.ming.person_id))


@kind("video look")
def video_look(ground: Ground) -> Planted:
    return keys(ground.plant(VideoRound, person=ground.person.pk))


@kind("replay")
def replay(ground: Ground) -> Planted:
    row = ground.plant(oversight.Replay, opened_by=ground.person.pk, area=ground.world.station)
    return keys(row) | {"from": row.starts_at.isoformat()}


@kind("presence")
def presence(ground: Ground) -> Planted:
    return keys(ground.plant(oversight.Presence, matter=ground.call(), asked_by=ground.person.pk))


@kind("presence answered")
def presence_answered(ground: Ground) -> Planted:
    asked: Planted = {"asked_by": ground.person.pk, "decided_by": ground.world.lin.person_id, "state": "approved"}
    return keys(ground.plant(oversight.Presence, matter=ground.call(), **asked))


@kind("told")
def told(ground: Ground) -> Planted:
    return keys(ground.plant(oversight.Told, person=ground.person.pk))


@kind("finding")
def finding(ground: Ground) -> Planted:
    return keys(ground.plant(oversight.Finding, person=ground.world.ming.person_id, passed_at=ground.at))


@kind("finding heard")
def finding_heard(ground: Ground) -> Planted:
    return keys(ground.plant(oversight.Finding, person=ground.person.pk))


def _keeping(ground: Ground, state: str) -> TrackKeeping:
    decided: Planted = {}
    if state == "kept":
        until = clock.local_date(ground.at)  # over today: its file is not opened, and this is said to who may know
        decided = {"decided_by": ground.world.lin.person_id, "decided_at": ground.at, "retain_until": until}
    row = ground.plant(TrackKeeping, matter=ground.call().pk, state=state, term_days=30, **decided)
    ground.plant(KeptStretch, keeping=row, unit=ground.world.qx1.pk)
    return row


@kind("kept track")
def kept_track(ground: Ground) -> Planted:
    return keys(_keeping(ground, "asked"))


@kind("kept archive")
def kept_archive(ground: Ground) -> Planted:
    return keys(ground.plant(TrackArchive, keeping=_keeping(ground, "kept"), unit=ground.world.qx1.pk))


def _review(ground: Ground) -> Any:
    call = ground.call()
    return ground.plant(oversight.Review, matter=call, matters=[call.pk])


@kind("review")
def review(ground: Ground) -> Planted:
    return keys(_review(ground))


@kind("review heard")
def review_heard(ground: Ground) -> Planted:
    row = _review(ground)
    ground.plant(oversight.Heard, review=row, person=ground.person.pk)
    return keys(row)


@kind("odd look")
def odd_look(ground: Ground) -> Planted:
    return keys(ground.plant(OddLook, person=ground.person.pk, area=ground.area, passed_at=ground.at))


@kind("emergency")
def emergency(ground: Ground) -> Planted:
    sitting = ground.plant(Sitting, person=ground.person.pk, purpose="emergency", basis="emergency")
    building = ground.plant(places.Address, element="building", status="in_use", area=ground.world.qiaoxi_04)
    return keys(ground.plant(
        Emergency, sitting=sitting, person=ground.person.pk, matter=ground.call().pk, building=building,
    ))  # fmt: skip


@kind("draft")
def draft(ground: Ground) -> Planted:
    return keys(ground.plant(Draft, person=ground.person.pk, kind="incident"))


@kind("phone")
def phone(ground: Ground) -> Planted:
    return keys(ground.plant(people.Device, state="waiting"))


@kind("post")
def post(ground: Ground) -> Planted:
    return keys(people.Post.objects.get(person=ground.person))


@kind("person")
def person(ground: Ground) -> Planted:
    return keys(ground.person)


@kind("screen")
def screen(ground: Ground) -> Planted:
    return keys(ground.plant(people.Grant, kind="screen", subject=ground.area.pk))


@kind("session")
def session(ground: Ground) -> Planted:
    return keys(ground.plant(people.Session))


@kind("drill")
def drill(ground: Ground) -> Planted:
    return keys(ground.plant(Drill, area=ground.world.station))


@kind("level order")
def level_order(ground: Ground) -> Planted:
    return keys(ground.plant(duty.LevelOrder, level=duty.DutyLevel.objects.first(), during=ground.hours(1)))


@kind("watch")
def watch(ground: Ground) -> Planted:
    return keys(ground.plant(duty.Watch, during=ground.hours(8)))


@kind("night zone")
def night_zone(ground: Ground) -> Planted:
    return keys(ground.plant(NightZone, boundary=boundary(QIAOXI), ends=dt.time(23)))


@kind("patrol route")
def patrol_route(ground: Ground) -> Planted:
    seen = {"kind": "shortest", "foreseen": 0.5}
    way = {"visits": [[0, 0, 0, 60]], "line": [[111.42, 27.68], [111.43, 27.69]], "seconds": 600, "metres": 900, **seen}
    places_of = [{"label": "桥头", "weight": 1, "lon": 111.42, "lat": 27.68}]
    return keys(ground.plant(RoutePlan, places=places_of, start=places_of[0], goal=places_of[0], alternatives=[way]))


@kind("passkey")
def passkey(ground: Ground) -> Planted:
    return keys(ground.plant(people.Passkey))


@kind("resident's session")
def resident_session(ground: Ground) -> Planted:
    return session(ground)


@kind("resident's passkey")
def resident_passkey(ground: Ground) -> Planted:
    return passkey(ground)


@kind("resident's vehicle")
def vehicle(ground: Ground) -> Planted:
    return keys(ground.plant(Vehicle, person=ground.person.pk))


@kind("vehicle call")
def vehicle_call(ground: Ground) -> Planted:
    own = ground.plant(Vehicle, person=ground.person.pk)
    return keys(ground.plant(VehicleAsk, vehicle=own.pk, matter=ground.call().pk, person=ground.world.fang.person_id))


@kind("resident's declaration")
def declaration(ground: Ground) -> Planted:
    return keys(ground.plant(Declaration, filed_by=ground.person.pk))


@kind("resident's deletion")
def deletion(ground: Ground) -> Planted:
    call = ground.call()
    proof = Entry.objects.filter(subject=call.pk).latest("at")
    return keys(ground.plant(Request, account=ground.person.pk, kind="erase", state="done", proof=proof.pk))
