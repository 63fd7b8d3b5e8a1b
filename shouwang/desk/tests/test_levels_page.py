"""Duty levels at the desk: proposed, approved by whom the level names, shown on the board, read by rosters, ended."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.levels.ordering import note_ended
from shouwang.duty.models import Absence, DutyLevel, DutyModel, LevelOrder, Roster, RosterState, Turn
from shouwang.duty.rosters.presets import PRESETS
from shouwang.journal.models import Entry


def local(at: dt.datetime) -> str:
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def zhou(world, desk_of) -> Client:
    return desk_of(world.zhou)


def propose(browser: Client, world, level: int = 3, hours: float = 24, **more: str) -> LevelOrder | None:
    at = clock.now()
    told = {"level": str(level), "area": world.station.code, "begins_at": local(at), "reason": "音乐节",
            "ends_at": local(at + dt.timedelta(hours=hours))} | more  # fmt: skip
    answer = browser.post(reverse("desk:levels"), told)
    return LevelOrder.objects.order_by("-number").first() if answer.status_code == 302 else None


def act(browser: Client, row: LevelOrder, word: str, why: str = "") -> int:
    return browser.post(reverse("desk:level_act", args=[row.pk]), {"act": word, "why": why}).status_code


@pytest.mark.item("S-CMD-023")
def test_a_level_is_proposed_approved_and_stands_on_the_board_until_it_ends_by_itself(
    world, zhou, desk_of, owner_sql, as_role
):
    row = propose(zhou, world)
    board = reverse("desk:standing")
    assert "三级勤务" not in zhou.get(board).content.decode()
    assert act(zhou, row, "approve") == 403
    assert act(desk_of(world.lin), row, "approve") == 302
    assert "三级勤务" in zhou.get(board).content.decode()
    assert "三级勤务" in desk_of(world.shen).get(board).content.decode()

    sheet = zhou.get(reverse("desk:level", args=[row.pk])).content.decode()
    assert all(words in sheet for words in ("勤务命令第 1 号", "音乐节", "周岚", "林正平", "不少于 50%", "11 小时"))
    past = clock.now() - dt.timedelta(hours=1)
    owner_sql("UPDATE duty_levelorder SET during = tstzrange(%s, %s)", [past - dt.timedelta(days=1), past])
    assert "三级勤务" not in zhou.get(board).content.decode()
    with as_role("jobs"):
        assert note_ended(clock.now()) == 1
        assert note_ended(clock.now()) == 0
    assert Entry.objects.filter(verb="level.end", subject=row.pk).count() == 1
    assert "已结束" in zhou.get(reverse("desk:levels")).content.decode()


@pytest.mark.item("S-CMD-023")
def test_the_highest_levels_need_the_bureau_head_a_rest_plan_and_an_end_in_time(world, zhou, desk_of):
    assert propose(zhou, world, level=1, hours=72) is None  # no rest plan
    assert propose(zhou, world, level=1, hours=73, rest_plan="轮流在值班室睡6小时") is None
    assert propose(zhou, world, level=4) is None
    assert propose(zhou, world, reason=" ") is None
    assert propose(desk_of(world.fang), world) is None
    row = propose(zhou, world, level=1, hours=72, rest_plan="轮流在值班室睡6小时")

    assert act(desk_of(world.lin), row, "approve") == 403
    assert act(desk_of(world.cheng), row, "refuse") == 422
    assert act(desk_of(world.cheng), row, "approve") == 302
    assert act(desk_of(world.cheng), row, "approve") == 409
    assert act(desk_of(world.lin), row, "lift", "结束了") == 403
    assert act(desk_of(world.cheng), row, "lift", "活动取消") == 302
    assert "一级勤务" not in zhou.get(reverse("desk:standing")).content.decode()
    assert "活动取消" in zhou.get(reverse("desk:level", args=[row.pk])).content.decode()


@pytest.mark.item("S-CMD-023")
def test_a_renewal_is_an_order_of_its_own_and_a_station_is_under_what_its_bureau_ordered(world, zhou, desk_of):
    cheng = desk_of(world.cheng)
    row = propose(cheng, world, area=world.bureau.code, level=2)
    act(cheng, row, "approve")
    assert "二级勤务" in zhou.get(reverse("desk:standing")).content.decode()

    page = cheng.get(reverse("desk:levels") + f"?renews={row.pk}").content.decode()
    assert "延长第 1 号命令" in page
    end = row.during.upper
    told = {"level": "2", "area": world.bureau.code, "begins_at": local(end), "reason": "延长",
            "ends_at": local(end + dt.timedelta(hours=5))}  # fmt: skip
    assert cheng.post(reverse("desk:levels") + f"?renews={row.pk}", told).status_code == 302
    assert LevelOrder.objects.get(number=2).renews_id == row.pk
    assert desk_of(world.peng).get(reverse("desk:level", args=[row.pk])).status_code in (403, 404)


@pytest.mark.item("S-CMD-023")
def test_rosters_take_the_rest_rules_of_the_level_and_say_which_days_are_below_its_share(world, zhou, desk_of):
    DutyLevel.objects.filter(number=3).update(rest_h=12, nights=2)
    row = propose(zhou, world, hours=72)
    act(desk_of(world.lin), row, "approve")
    model = DutyModel.objects.create(
        area=world.station, preset="2+1", name="值班室", slots=[one.as_json() for one in PRESETS["2+1"].slots]
    )  # fmt: skip
    first = clock.local_date(clock.now()) + dt.timedelta(days=1)
    asked = {"model": str(model.pk), "first_on": str(first), "days": "3", "rest_h": "11", "nights": "3", "running": "6",
             "week_h": "48"}  # fmt: skip
    assert zhou.post(reverse("desk:duty_rosters"), asked).status_code == 302
    roster = Roster.objects.get()
    assert (roster.limits["rest_h"], roster.limits["nights"]) == (12, 2)

    Roster.objects.update(state=RosterState.PROPOSED)
    page = zhou.get(reverse("desk:duty_roster", args=[roster.pk])).content.decode()
    assert "勤务等级要求更多人在岗" in page
    assert "已排 0 人" in page
    for hour in (0, 12):
        at = dt.datetime.combine(first, dt.time(hour), clock.SHANGHAI)
        Turn.objects.create(roster=roster, person=world.ming.person, on=first + dt.timedelta(days=hour // 12),
                            slot="s1", during=(at, at + dt.timedelta(hours=6)))  # fmt: skip
    Roster.objects.update(state=RosterState.IN_FORCE)
    assert "休息少于命令要求" in zhou.get(reverse("desk:level", args=[row.pk])).content.decode()
    assert not Absence.objects.exists()


@pytest.mark.item("S-CMD-023")
def test_what_a_level_asks_is_set_by_the_bureau_head_alone(world, zhou, desk_of):
    given = {"says": "节日加强", "longest_h": "100", "percent": "45", "rest_h": "10", "nights": "2"}
    address = reverse("desk:level_set", args=[3])

    assert zhou.post(address, given).status_code == 403
    assert desk_of(world.cheng).post(address, given | {"percent": "400"}).status_code == 422
    assert desk_of(world.cheng).post(address, given).status_code == 302
    row = DutyLevel.objects.get(number=3)
    assert (row.share, row.longest_h, row.rest_h, row.nights) == (0.45, 100, 10, 2)
