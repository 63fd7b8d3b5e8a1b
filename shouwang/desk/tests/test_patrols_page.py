"""Patrol orders at the desk: planned, briefed, begun, closed, reviewed; who leads, which parties, which places."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.core import clock
from shouwang.desk.tests.patrols import (
    HOUR,
    local,
    mine,
    order,
    partner,
    place,
    plan,
    put,
    shown,
    slot_act,
    slot_of,
    take,
)
from shouwang.patrols.models import Mark, Order, Point, Slot


@pytest.mark.item("S-PAT-001")
def test_an_order_goes_from_planned_to_reviewed_and_each_step_can_be_taken_back(world, desk_of):
    shen, lin = desk_of(world.shen), desk_of(world.lin)
    row = plan(shen, order(world))
    assert take(shen, row, "brief") == 409  # nobody goes yet
    for who in (world.shen, world.ming):
        assert put(shen, row, who) == 302
    assert place(shen, row, "车棚") == 302
    assert take(shen, row, "brief") == 302
    assert take(shen, row, "take_back", reason="换一处") == 302
    assert row.state == "planned"
    assert take(shen, row, "brief") == 302
    assert take(shen, row, "start") == 302
    slots = [slot_of(row, name) for name in ("沈知行", "周明远")]
    for slot in slots:
        assert slot_act(shen, row, slot, "begin") == 302
    assert take(shen, row, "close") == 409  # somebody is still out
    for slot in slots:
        assert slot_act(shen, row, slot, "end") == 302
    assert take(shen, row, "close") == 302
    assert take(shen, row, "review", learnt="灯坏了") == 403
    assert take(lin, row, "review", learnt="") == 400
    assert take(lin, row, "review", learnt="车棚灯要修") == 302

    page = shown(lin, "patrol", row.pk)
    assert all(words in page for words in ("退回上一步：换一处", "车棚灯要修", "350M 桥西组", "宣布开始"))
    assert row.name in shown(lin, "patrols", show="reviewed")
    assert row.name not in shown(lin, "patrols")
    assert "没有符合条件的巡防" in shown(lin, "patrols", show="planned", kind="hub")


@pytest.mark.item("S-PAT-001")
def test_only_a_sworn_officer_leads_and_nobody_goes_alone(world, desk_of):
    shen = desk_of(world.shen)
    for wrong in ({"lead": world.he.person.pk}, {"name": "盯住嫌疑人"}, {"ends_at": local(clock.now() - 2 * HOUR)}):
        assert shen.post(reverse("desk:patrol_new"), order(world, **wrong)).status_code in (400, 422)
    row = plan(shen, order(world))
    assert put(shen, row, world.shen) == 302
    assert take(shen, row, "brief") == 409
    assert (
        "至少两人"
        in shen.post(reverse("desk:patrol_step", args=[row.pk, "brief"]), {"version": row.version}).content.decode()
    )


def test_who_was_put_on_is_taken_off_and_a_place_that_was_set_is_dropped(world, desk_of):
    shen = desk_of(world.shen)
    row = plan(shen, order(world))
    assert put(shen, row, world.he) == 302
    point = Point.objects.create(order=row, place=1, label="桥头", place_text="桥头", lon=111.42, lat=27.69, code="x")

    assert slot_act(shen, row, slot_of(row, "何川"), "off") == 302
    assert shen.post(reverse("desk:patrol_point_drop", args=[row.pk, point.pk])).status_code == 302
    assert not Slot.objects.filter(leg__order=row).exists()
    assert not row.points.exists()


@pytest.mark.item("S-ORG-012", "S-ORG-040")
def test_an_auxiliary_is_never_the_sole_actor_and_powers_stand_on_the_sheet(world, desk_of):
    shen = desk_of(world.shen)
    row = plan(shen, order(world))
    assert put(shen, row, world.he) == 302
    assert put(shen, row, world.lu, heads="on") == 302
    assert take(shen, row, "brief") == 409
    assert slot_of(row, "何川").auxiliary
    assert put(shen, row, world.shen) == 302
    guard = partner(shen, world, "保安甲", "guards", employer="安邦物业")
    member = partner(shen, world, "党员乙", "party", employer="桥西社区党委")
    helper = partner(shen, world, "志愿者丙")
    for one in (guard, member, helper):
        assert put(shen, row, one, reach="对讲机3") == 302
    assert take(shen, row, "brief") == 409  # the volunteer walks with nobody
    assert slot_act(shen, row, slot_of(row, "志愿者丙"), "pair", buddy=slot_of(row, "陆禾").pk) == 302
    assert take(shen, row, "brief") == 302

    page = shown(shen, "patrol_sheet", row.pk)
    assert all(
        words in page for words in ("带班民警", "沈知行", "（带队）", "安邦物业", "对讲机3", "只有民警才能查验身份")
    )
    assert {slot.party for slot in Slot.objects.filter(leg__order=row)} == {
        "police",
        "government",
        "guards",
        "party",
        "people",
    }


@pytest.mark.item("S-PAT-002")
def test_a_guard_goes_along_with_company_and_radio_and_never_looks_anybody_up(world, desk_of):
    shen = desk_of(world.shen)
    guard = partner(shen, world, "保安甲", "guards", employer="安邦物业", person=str(world.gao.person.pk))
    row = plan(shen, order(world))
    assert put(shen, row, world.shen) == 302
    assert put(shen, row, guard, reach="对讲机5", branch="other") == 302
    page = shown(shen, "patrol", row.pk)
    assert all(words in page for words in ("安邦物业", "对讲机5", "不查询任何人"))
    his = desk_of(world.gao)
    for address in ("/desk/find/", "/desk/", "/desk/patrols/", f"/desk/patrols/{row.pk}/"):
        assert his.get(address).status_code == 403
    nameless = {"name": "保安乙", "party": "guards", "employer": "", "ground": world.qiaoxi.pk}
    assert shen.post(reverse("desk:patrol_partner_new"), nameless).status_code == 400


@pytest.mark.item("S-PAT-005")
def test_a_station_square_needs_the_railway_side_a_fixed_place_and_a_loop(world, desk_of):
    shen = desk_of(world.shen)
    assert "17:30" in shown(shen, "patrol_new", place="hub")
    row = plan(shen, order(world, kind="hub", name="高铁站广场"))
    rail = partner(shen, world, "铁路值班员", "government", employer="青石高铁站")
    assert put(shen, row, world.shen) == 302
    assert put(shen, row, rail, branch="railway") == 302
    assert take(shen, row, "brief") == 409
    assert place(shen, row, "进站口", stay_minutes="30") == 302
    assert place(shen, row, "出租车道") == 302
    assert take(shen, row, "brief") == 409
    assert place(shen, row, "公交站台") == 302
    assert take(shen, row, "brief") == 302
    assert "固定 30 分钟" in shown(shen, "patrol", row.pk)


@pytest.mark.item("S-PAT-001")
def test_whoever_acts_on_an_older_version_is_told_who_changed_it(world, desk_of):
    shen, lin = desk_of(world.shen), desk_of(world.lin)
    row = plan(shen, order(world))
    old = row.version
    assert (
        lin.post(reverse("desk:patrol_edit", args=[row.pk]), order(world, version=old, name="桥头夜巡二")).status_code
        == 302
    )
    answer = shen.post(reverse("desk:patrol_edit", args=[row.pk]), order(world, version=old, name="桥头夜巡三"))

    assert answer.status_code == 409
    assert "林正平" in answer.content.decode()
    row.refresh_from_db()
    assert (row.name, row.cover) == ("桥头夜巡二", "base")


@pytest.mark.item("S-PAT-019")
def test_an_overlay_never_becomes_base(world, desk_of):
    shen = desk_of(world.shen)
    row = plan(shen, order(world, cover="overlay"))
    shen.post(reverse("desk:patrol_edit", args=[row.pk]), order(world, cover="base", version=row.version))
    row.refresh_from_db()

    assert row.cover == "overlay"
    assert row.name in shown(shen, "patrols", cover="overlay")
    assert row.name not in shown(shen, "patrols", cover="base")


@pytest.mark.item("S-PAT-001")
def test_orders_are_seen_and_made_on_ones_ground_only(world, desk_of):
    row = plan(desk_of(world.shen), order(world))
    zhao, fang = desk_of(world.zhao), desk_of(world.fang)

    assert row.name not in shown(zhao, "patrols")
    for name in ("patrol", "patrol_sheet"):
        assert zhao.get(reverse(f"desk:{name}", args=[row.pk])).status_code == 404
    assert zhao.post(reverse("desk:patrol_new"), order(world)).status_code == 422  # not his ground
    assert row.name in shown(fang, "patrols")
    assert fang.get(reverse("desk:patrol_new")).status_code == 403
    assert take(fang, row, "brief") == 403


@pytest.mark.item("S-PAT-001")
def test_a_place_is_seen_by_button_or_sign_or_left_out_with_a_reason(world, desk_of):
    shen, ming = desk_of(world.shen), desk_of(world.ming)
    row = plan(shen, order(world))
    for who in (world.shen, world.ming):
        assert put(shen, row, who) == 302
    for label in ("车棚", "桥头", "码头"):
        assert place(shen, row, label) == 302
    assert take(shen, row, "brief") == 302
    slot = slot_of(row, "周明远")
    assert mine(ming, slot, "begin") == 409  # the lead has not let it begin
    assert take(shen, row, "start") == 302
    assert mine(ming, slot, "begin") == 302
    shed, bridge, quay = row.points.order_by("place")
    assert mine(ming, slot, "mark", point=shed.pk) == 302
    assert ming.post(reverse("desk:patrol_sign"), {"code": bridge.code.lower()}).status_code == 302
    assert ming.post(reverse("desk:patrol_sign"), {"code": "XXXXXXXX"}).status_code == 404
    assert mine(ming, slot, "skip", point=quay.pk, reason="") == 400
    assert mine(ming, slot, "skip", point=quay.pk, reason="码头封路") == 302
    assert mine(ming, slot, "end") == 302
    assert mine(ming, slot, "mark", point=shed.pk) == 409

    page = shown(shen, "patrol", row.pk)
    assert all(words in page for words in ("码头封路", "扫牌", "周明远"))
    fields = {one.name for one in Mark._meta.get_fields()}
    assert fields == {"id", "slot", "point", "sort", "by_sign", "reason", "at", "known_at", "known_by"}


@pytest.mark.item("S-PAT-001")
def test_pages_ask_as_much_of_twenty_as_of_two(world, desk_of):
    shen = desk_of(world.shen)
    row = plan(shen, order(world, name="第0次"))
    put(shen, row, world.shen)
    put(shen, row, world.ming)
    place(shen, row, "车棚")

    def asked(name: str, *args: object) -> int:
        shown(shen, name, *args)
        with CaptureQueriesContext(
            connection,
        ) as found:
            shown(shen, name, *args)
        return len(found)

    few = asked("patrols"), asked("patrol", row.pk)
    for n in range(18):
        later = clock.now() + dt.timedelta(days=n + 1)
        plan(shen, order(world, name=f"第{n + 1}次", starts_at=local(later), ends_at=local(later + HOUR)))
        place(shen, row, f"第{n}处")
    for who in (world.li, world.he, world.guan):
        put(shen, row, who)
    assert (asked("patrols"), asked("patrol", row.pk)) == few
    assert Order.objects.count() == 19
