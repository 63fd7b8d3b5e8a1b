"""One thing of each kind that lies on a piece of ground: what its addresses take, and what their forms need."""

from __future__ import annotations

import datetime as dt
import io
import wave

from psycopg.types.range import TimestamptzRange

from shouwang.beats.announcing import add_recording
from shouwang.beats.models import Beat, Message
from shouwang.command.models import Camera, LinkageRequest, LinkageRule
from shouwang.connections.sheets.models import Batch
from shouwang.core.ids import new_id
from shouwang.demo.world_ground import QIAOXI, boundary
from shouwang.dispatch.models import Assignment, Card, MoveUp
from shouwang.duty import models as duty
from shouwang.evidence.models import Evidence
from shouwang.kinds.event.models import EventPost
from shouwang.kinds.hazard.models import Premises, SafetyItem, Sweep
from shouwang.kinds.joint_task.models import JointMember
from shouwang.kinds.visit.models import Device as VisitDevice
from shouwang.kinds.visit.models import Wish
from shouwang.matters.models import Opening, SentStep, Sheet
from shouwang.patrols import models as patrols
from shouwang.people import models as people
from shouwang.places import models as places
from shouwang.planning.models import Plan
from shouwang.registry.linkage.models import Pair
from shouwang.rounds.models import Round, Stop
from shouwang.territory.models import PlatePhoto, PoliceRoom
from tests.journeys.planting import Ground, Planted, keys, kind, plainly

plainly("wish", Wish)
plainly("safety item", SafetyItem)
plainly("visit device", VisitDevice)
plainly("item", duty.Item)
plainly("duty model", duty.DutyModel, slots=[])
plainly("roster", duty.Roster, slots=[], conflict=[])
plainly("stock count", duty.StockCount)
plainly("mobilisation", duty.Mobilisation)
plainly("move", MoveUp)
plainly("announcement", Message)
plainly("beat", Beat)
plainly("room", PoliceRoom)
plainly("layer", places.FreeLayer)
plainly("plan", Plan, alternatives=[])
plainly("patrol series", patrols.Series)
plainly("partner", patrols.Partner)
plainly("camera", Camera)
plainly("linkage rule", LinkageRule)
plainly("posting", people.Posting)
plainly("workstation", people.Workstation)


@kind("closed road")
def closed_road(ground: Ground) -> Planted:
    return keys(ground.plant(places.RoadClosure, points=[[111.4292, 27.6831]], during=ground.hours(1)))


@kind("matter")
def matter(ground: Ground) -> Planted:
    return keys(ground.call(), other=ground.call(), unit=ground.plant(duty.Unit))


@kind("opening")
def opening(ground: Ground) -> Planted:
    return keys(ground.plant(Opening, matter=ground.call(), visibility="office"))


@kind("evidence")
def evidence(ground: Ground) -> Planted:
    return keys(ground.plant(Evidence, matter=ground.call().pk))


@kind("assignment")
def assignment(ground: Ground) -> Planted:
    return keys(ground.plant(Assignment, matter=ground.call()))


@kind("linkage")
def linkage(ground: Ground) -> Planted:
    answering = [ground.world.zhou.post.pk]
    return keys(ground.plant(LinkageRequest, matter=ground.call(), posts=answering))


@kind("sent step")
def sent_step(ground: Ground) -> Planted:
    return keys(
        ground.plant(
            SentStep, id=new_id(), outcome="quarantined", act="matter.step", body="{}", person=ground.person.pk
        )
    )


@kind("sheet")
def sheet(ground: Ground) -> Planted:
    return keys(ground.plant(Sheet, giver=ground.person.pk))


@kind("directive")
def directive(ground: Ground) -> Planted:
    return keys(ground.matter("directive", "issued"))


@kind("joint task")
def joint_task(ground: Ground) -> Planted:
    row = ground.matter("joint_task", "called")
    ground.plant(JointMember, matter=row)
    return keys(row)


@kind("event")
def event(ground: Ground) -> Planted:
    row = ground.matter("event", "planned")
    return keys(row, post=ground.plant(EventPost, matter=row))


@kind("hazard")
def hazard(ground: Ground) -> Planted:
    return keys(ground.matter("hazard", "notified", "active", facts={"to_do": "mend"}, due_at=ground.at))


@kind("advice")
def advice(ground: Ground) -> Planted:
    return keys(ground.matter("advice", "given", subkind="slip.camera"))


@kind("sweep")
def sweep(ground: Ground) -> Planted:
    row = ground.plant(Sweep)
    return keys(row, place=ground.plant(Premises, sweep=row))


@kind("round")
def round_of_stops(ground: Ground) -> Planted:
    row = ground.plant(Round, walker=ground.world.shen.person)
    return keys(row, stop=ground.plant(Stop, round=row, kind="incident", matter=ground.call().pk))


@kind("unit")
def unit(ground: Ground) -> Planted:
    row = ground.plant(duty.Unit)
    return keys(row, shift=ground.plant(duty.Shift, unit=row))


@kind("booth")
def booth(ground: Ground) -> Planted:
    return keys(ground.plant(duty.Unit, form="booth"))


@kind("recording")
def recording(ground: Ground) -> Planted:
    return keys(ground.plant(duty.Crew, recorder="5120471", during=ground.hours(1)))


@kind("turn")
def turn(ground: Ground) -> Planted:
    roster = ground.plant(duty.Roster, state="in_force", slots=[])
    return keys(ground.plant(duty.Turn, roster=roster, on=dt.date(2020, 1, 1)))


@kind("absence")
def absence(ground: Ground) -> Planted:
    return keys(ground.plant(duty.Absence, person=ground.world.ming.person))


@kind("swap")
def swap(ground: Ground) -> Planted:
    row = ground.plant(duty.Roster, state="in_force", slots=[])
    given = ground.plant(duty.Turn, roster=row, person=ground.world.ming.person)
    people_of = {"giver": ground.world.ming.person, "taker": ground.world.li.person}
    return keys(ground.plant(duty.Swap, given=given, **people_of))


@kind("mobilisation call")
def mobilisation_call(ground: Ground) -> Planted:
    return keys(ground.plant(duty.MobilisationCall))


@kind("batch")
def batch(ground: Ground) -> Planted:
    return keys(ground.plant(Batch, asked_by=ground.world.shen.person_id))


@kind("pair")
def pair(ground: Ground) -> Planted:
    row = ground.plant(Pair)
    return keys(row, keep=row.left)


@kind("card")
def card(ground: Ground) -> Planted:
    content = {"place": "", "words": "吵架", "kind": "打架", "urgency": 3, "number": "", "unit": ""}
    return keys(ground.plant(Card, id=new_id(), content=content))


@kind("address")
def address(ground: Ground) -> Planted:
    row = ground.plant(places.Address, element="building", status="in_use", path="/77/")
    ground.plant(PlatePhoto, address=row)
    return keys(row)


@kind("area")
def area(ground: Ground) -> Planted:
    return {"code": ground.area.code}


@kind("recorded announcement")
def recorded_announcement(ground: Ground) -> Planted:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\0\1" * 800)
    row = ground.plant(Message)
    return keys(add_recording(row, "zh-hans", file.getvalue(), by=ground.world.zhou, at=ground.at))


@kind("cut")
def cut(ground: Ground) -> Planted:
    key, during = new_id(), TimestamptzRange(ground.at + dt.timedelta(days=9), None)
    ground.plant(
        places.AreaVersion, cut=key, layer="government", boundary=boundary(QIAOXI), status="draft",
        parent=ground.area, area=ground.world.qiaoxi_04, during=during,
    )  # fmt: skip
    return keys(key)
