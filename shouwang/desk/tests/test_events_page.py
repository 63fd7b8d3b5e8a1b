"""Events at the desk: planned with posts, approved above, run post by post, stood down, counted and looked back at."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.shifts import CrewMember, end_shift, leave_crew, start_shift
from shouwang.journal.models import Entry
from shouwang.journal.reactions import handlers_of, run_handler
from shouwang.kinds.event.amending import plan_of
from shouwang.kinds.event.models import EventCount, EventPost, EventTurn
from shouwang.matters.models import Matter, Party

HOUR = dt.timedelta(hours=1)


def local(moment: dt.datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def exam(**given: str) -> dict[str, str]:
    now = clock.now()
    usual = {
        "subkind": "order.exam", "gist": "高考安保", "place_text": "桥西路6号", "starts_at": local(now - HOUR),
        "ends_at": local(now + 9 * HOUR), "traffic": "桥西路禁鸣，送考车停河边", "contingency": "停电启用二号考场",
    }  # fmt: skip
    return usual | given


def festival(**given: str) -> dict[str, str]:
    more = {"subkind": "crowd.concert", "gist": "河畔音乐节", "organiser": "青石文旅公司", "contact": "齐经理",
            "contact_number": "13900001111", "capacity": "100", "lost_child": "南门服务台"}  # fmt: skip
    return exam(**more) | given


def post(**given: str) -> dict[str, str]:
    now = clock.now()
    hours = {"begins_at": local(now - HOUR), "ends_at": local(now + 8 * HOUR)}
    return {"label": "东门", "task": "核对准考证", "place_text": "桥西路6号", "unit": ""} | hours | given


def plan(browser: Client, given: dict[str, str], what: str = "order") -> Matter:
    answer = browser.post(reverse("desk:event_new", args=[what]), given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Matter.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def lay(browser: Client, row: Matter, **given: str) -> int:
    return browser.post(reverse("desk:event_post_new", args=[row.pk]), post(**given)).status_code


def take(browser: Client, row: Matter, name: str, **given: str) -> int:
    code = browser.post(reverse("desk:event_step", args=[row.pk, name]), given).status_code
    row.refresh_from_db()
    return code


def at_post(browser: Client, one: EventPost, name: str, **given: Any) -> int:
    return browser.post(reverse("desk:event_post_act", args=[one.matter_id, one.pk, name]), given).status_code


def shown(browser: Client, row: Matter) -> str:
    return browser.get(reverse("desk:event", args=[row.pk])).content.decode()


def listed(browser: Client, **query: str) -> str:
    return browser.get(reverse("desk:events"), query).content.decode()


@pytest.fixture
def second_crew(world) -> None:
    """桥西2组 is on duty too, with the community officer."""
    crew = [CrewMember(world.shen.person, recorder="5120499", lead=True)]
    start_shift(unit=world.qx2, crew=crew, by=world.zhou, at=clock.now() - HOUR)


@pytest.fixture
def running(world, desk_of) -> Matter:
    """An exam with two posts, begun."""
    zhou, cheng = desk_of(world.zhou), desk_of(world.cheng)
    row = plan(zhou, exam())
    for label in ("东门", "西门"):
        assert lay(zhou, row, label=label, unit=str(world.qx1.pk)) == 302
    assert take(cheng, row, "approve") == 302
    assert take(zhou, row, "start") == 302
    return row


@pytest.mark.item("S-CMD-026")
def test_a_plan_with_posts_is_approved_above_run_stood_down_and_reviewed(world, desk_of):
    zhou, lin, cheng = desk_of(world.zhou), desk_of(world.lin), desk_of(world.cheng)
    row = plan(zhou, exam())
    assert take(cheng, row, "approve") == 409  # no posts
    assert lay(zhou, row) == 302
    for wrong in ({"task": ""}, {"ends_at": local(clock.now() - 2 * HOUR)}, {"task": "盯住嫌疑人"}):
        assert lay(zhou, row, **wrong) == 422
    assert take(zhou, row, "approve") == 403
    assert take(lin, row, "approve") == 403  # of the same office
    assert take(cheng, row, "send_back", reason="加一名医护") == 302
    assert take(cheng, row, "approve") == 302
    assert lay(zhou, row) == 422  # approved: the plan is opened again first
    assert take(zhou, row, "reopen", reason="加西门") == 302
    assert lay(zhou, row, label="西门") == 302
    assert take(cheng, row, "approve") == 302
    assert "高考安保" in listed(zhou)
    assert take(zhou, row, "start") == 302
    assert "高考安保" in listed(zhou, show="running", sort="order")
    assert "高考安保" not in listed(zhou, show="running", sort="crowd")
    assert take(zhou, row, "stand_down") == 302
    assert take(zhou, row, "review") == 400
    assert take(zhou, row, "review", went="changed", change="西门提前半小时上岗") == 302

    page = shown(cheng, row)
    assert (row.phase, row.outcome) == ("done", "changed")
    assert all(words in page for words in ("退回了方案：加一名医护", "西门提前半小时上岗", "有所调整"))
    assert "高考安保" in listed(zhou, show="ended")
    assert "高考安保" not in listed(zhou)


@pytest.mark.item("S-CMD-026")
def test_the_board_says_who_took_up_each_post_who_was_relieved_and_what_is_vacant(world, desk_of, running, second_crew):
    ming = desk_of(world.ming)
    east, west = running.event_posts.order_by("number")
    assert shown(ming, running).count('data-status="vacant"') == 2
    assert at_post(ming, east, "take", unit=world.qx1.pk) == 302
    assert at_post(ming, east, "take", unit=world.qx1.pk) == 409
    assert at_post(ming, west, "take", unit=world.qx1.pk) == 409  # the same people
    assert at_post(ming, west, "take", unit=world.cycle.pk) == 400  # not on duty
    assert at_post(ming, east, "take", unit=world.qx2.pk) == 302

    page = shown(ming, running)
    assert all(words in page for words in ("沈知行", "换岗 1 次", "桥西2组 1 人接岗：1 东门"))
    assert page.count('data-status="vacant"') == 1
    features = ming.get(reverse("desk:event_map", args=[running.pk])).json()["matters"]["features"]
    assert [one["properties"]["status"] for one in features] == ["scene", "new"]
    assert at_post(ming, east, "leave") == 302
    assert at_post(ming, east, "leave") == 409
    assert shown(ming, running).count('data-status="vacant"') == 2


@pytest.mark.item("S-CMD-026")
def test_whoever_goes_off_duty_stands_on_no_post(world, desk_of, running, as_role):
    east = running.event_posts.order_by("number")[0]
    ming = desk_of(world.ming)
    assert at_post(ming, east, "take", unit=world.qx1.pk) == 302
    n = EventTurn.objects.filter(left_at__isnull=True).count()

    leave_crew(unit=world.qx1, person=world.li.person, by=world.zhou, at=clock.now())
    hear(as_role)
    assert EventTurn.objects.filter(left_at__isnull=True).count() == n - 1
    end_shift(unit=world.qx1, by=world.zhou, at=clock.now())
    hear(as_role)

    assert not EventTurn.objects.filter(left_at__isnull=True).exists()
    page = shown(desk_of(world.zhou), running)
    assert "桥西1组下勤，1 人离开岗位：1 东门" in page
    assert page.count('data-status="vacant"') == 2


def hear(as_role) -> None:
    """What the reaction to the newest entry of a shift does, with the rights of the jobs."""
    entry = Entry.objects.filter(verb__startswith="shift.").latest("at")
    with as_role("jobs"):
        for handler in handlers_of(entry.topic):
            if handler.endswith("leave_the_posts"):
                run_handler(handler, entry.id)


@pytest.mark.item("S-CMD-025")
def test_person_times_are_counted_from_who_stood_there_and_never_typed(world, desk_of, running, second_crew):
    zhou = desk_of(world.zhou)
    east, west = running.event_posts.order_by("number")
    assert "人次" not in shown(zhou, running)
    for one, unit in ((east, world.qx1), (east, world.qx2), (west, world.qx1)):
        assert at_post(zhou, one, "take", unit=unit.pk) == 302
    assert take(zhou, running, "stand_down") == 302

    page = shown(zhou, running)
    assert EventTurn.objects.filter(left_at__isnull=True).count() == 0
    assert EventTurn.objects.count() == 7
    assert '<b class="num">4</b> 人次' in page
    assert "据 4 人在 2 个岗位的 7 次在岗统计" in page
    assert "4 人次" in listed(zhou, show="stood_down")
    yesterday = clock.now() - dt.timedelta(days=1)
    turn = EventTurn.objects.filter(unit=world.qx2.pk).get()
    EventTurn.objects.create(post=east, person=world.shen.person, unit=turn.unit, unit_name="桥西2组", shift=turn.shift,
                             taken_at=yesterday, left_at=yesterday + HOUR)  # fmt: skip
    assert '<b class="num">5</b> 人次' in shown(zhou, running)  # the same person on another day


@pytest.mark.item("S-CMD-027")
def test_a_festival_has_an_organiser_a_capacity_counts_and_a_lost_child_point(world, desk_of):
    zhou, cheng, ming = desk_of(world.zhou), desk_of(world.cheng), desk_of(world.ming)
    for name in ("organiser", "contact_number", "capacity", "lost_child"):
        answer = zhou.post(reverse("desk:event_new", args=["crowd"]), festival(**{name: ""}))
        assert answer.status_code == 422
    row = plan(zhou, festival(), "crowd")
    assert lay(zhou, row) == 302
    assert count(zhou, row, "南门", 10) == 422  # not running
    assert take(cheng, row, "approve") == 302
    assert take(zhou, row, "start") == 302

    assert count(ming, row, "南门", 95) == 302
    assert "接近满员" in shown(ming, row)
    assert count(ming, row, "北门", 20, 5) == 302
    page = shown(ming, row)
    assert "110 / 100" in page
    assert "已超核准容量" in page
    assert count(ming, row, "北门", 0, 200) == 422
    assert count(ming, row, "13812345678", 1) == 422
    assert all(words in page for words in ("青石文旅公司", "南门服务台"))
    assert not any(words in page for words in ("13900001111", "齐经理"))  # only by a look that is on record
    assert Party.objects.get(matter=row).identity
    assert {one.name for one in EventCount._meta.get_fields()} == {
        "id", "matter", "gate", "came", "went", "counted_at", "counted_by",
    }  # fmt: skip


def count(browser: Client, row: Matter, gate: str, came: int, went: int = 0) -> int:
    given = {"gate": gate, "came": came, "went": went}
    return browser.post(reverse("desk:event_count", args=[row.pk]), given).status_code


@pytest.mark.item("S-CMD-026")
def test_the_plan_sheet_prints_with_every_post(world, desk_of, running):
    page = desk_of(world.ming).get(reverse("desk:event_sheet", args=[running.pk])).content.decode()
    assert "data-prints" in page
    assert all(words in page for words in ("东门", "西门", "桥西1组", "桥西路禁鸣", "停电启用二号", running.reference))


@pytest.mark.item("S-CMD-026")
def test_a_plan_is_of_a_place_and_never_of_somebody(world, desk_of):
    zhou = desk_of(world.zhou)
    for wrong in ({"gist": "防止上访人员聚集"}, {"contingency": "嫌疑人出现即控制"}, {"traffic": "联系13812345678"}):
        assert zhou.post(reverse("desk:event_new", args=["order"]), exam(**wrong)).status_code == 422
    assert not Matter.objects.filter(kind="event").exists()
    for wrong in ({"traffic": ""}, {"ends_at": local(clock.now() - 5 * HOUR)}, {"place_text": "没有这个地方吧"}):
        assert zhou.post(reverse("desk:event_new", args=["order"]), exam(**wrong)).status_code == 422


@pytest.mark.item("S-CMD-026")
def test_events_are_seen_only_on_ones_ground_and_planned_only_by_leads(world, desk_of):
    row = plan(desk_of(world.zhou), exam())
    zhao, shen = desk_of(world.zhao), desk_of(world.shen)
    assert "高考安保" in listed(shen)
    assert "高考安保" not in listed(zhao)
    for name in ("event", "event_sheet", "event_map"):
        assert zhao.get(reverse(f"desk:{name}", args=[row.pk])).status_code == 404
    assert shen.get(reverse("desk:event_new", args=["order"])).status_code == 403
    assert lay(shen, row) == 403
    assert take(shen, row, "call_off", reason="下雨") == 403
    assert take(desk_of(world.lin), row, "call_off", reason="下雨") == 302


def amended(browser: Client, row: Matter, version: int | None = None, **given: str) -> Any:
    """The plan as it stands, with some of it changed."""
    told = {name: local(value) if isinstance(value, dt.datetime) else value for name, value in plan_of(row).items()}
    told = {name: value for name, value in told.items() if value is not None}
    told["version"] = row.version if version is None else version
    return browser.post(reverse("desk:event_amend", args=[row.pk]), told | given)


@pytest.mark.item("S-CMD-026", "S-CMD-027")
def test_a_plan_is_changed_until_it_is_approved_and_what_it_said_stands_in_its_history(world, desk_of):
    zhou, cheng = desk_of(world.zhou), desk_of(world.cheng)
    row = plan(zhou, festival(), "crowd")
    lay(zhou, row)
    assert amended(zhou, row).status_code == 422  # nothing is different
    assert amended(zhou, row, traffic="").status_code == 422
    assert amended(zhou, row, ends_at=local(clock.now() - 9 * HOUR)).status_code == 422

    assert amended(zhou, row, traffic="河畔路全线封闭", capacity="80").status_code == 302
    row.refresh_from_db()
    assert (row.facts["traffic"], row.facts["capacity"]) == ("河畔路全线封闭", 80)
    page = shown(zhou, row)
    assert "周岚修改了方案：交通组织、核准容量" in page
    assert "修改前的交通组织：桥西路禁鸣，送考车停河边" in page
    assert "修改前的核准容量：100" in page

    assert take(cheng, row, "approve") == 302
    assert amended_is_refused(zhou, row)


def test_of_long_texts_nothing_is_lost(world, desk_of):
    zhou = desk_of(world.zhou)
    row = plan(zhou, exam(traffic="甲" * 1000, contingency="乙" * 1000))
    assert amended(zhou, row, traffic="短", contingency="短", gist="会考安保").status_code == 302
    page = shown(zhou, row)
    assert "甲" * 1000 in page
    assert "乙" * 1000 in page
    assert "修改前的名称：高考安保" in page


def amended_is_refused(browser: Client, row: Matter) -> bool:
    answer = browser.get(reverse("desk:event_amend", args=[row.pk]))
    return answer.status_code == 409 and "已批准的方案" in answer.content.decode()


def test_who_changed_a_plan_does_not_approve_it(world, desk_of):
    zhou, cheng = desk_of(world.zhou), desk_of(world.cheng)
    row = plan(zhou, exam())
    lay(zhou, row)
    assert amended(cheng, row, contingency="停电启用三号考场").status_code == 302
    assert take(cheng, row, "approve") == 409


def test_two_who_change_a_plan_at_once_lose_nothing(world, desk_of):
    zhou, lin = desk_of(world.zhou), desk_of(world.lin)
    row = plan(zhou, exam())
    seen = row.version
    assert amended(lin, row, traffic="学前街单行").status_code == 302
    row.refresh_from_db()

    late = amended(zhou, row, version=seen, traffic="学前街双行")
    said = late.content.decode()
    assert late.status_code == 422
    assert "学前街单行" in said
    assert "学前街双行" in said
    row.refresh_from_db()
    assert row.facts["traffic"] == "学前街单行"
    assert amended(zhou, row, traffic="学前街双行").status_code == 302
