"""Directives at the desk: issued, signed, started, fed back, verified and closed through the pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.journal.models import Entry
from shouwang.journal.reactions import entry_view
from shouwang.matters.deadlines import tick
from shouwang.matters.models import Matter

TASK = {"subkind": "task.check", "urgency": "2", "gist": "检查充电棚灭火器", "words": "逐个看", "place_text": "桥西路"}


def warning(**given: str) -> dict[str, str]:
    last = clock.local_date(clock.now()) + dt.timedelta(days=7)
    usual = {
        "subkind": "warning.method", "urgency": "3", "gist": "冒充快递员敲门", "place_text": "桥西路沿线",
        "when": "14时至16时", "basis": "近两周三起", "advice": "楼栋门口提示", "expires_on": last.isoformat(),
    }  # fmt: skip
    return usual | given


def issue(browser: Client, to: str, given: dict[str, str], what: str = "task") -> Matter:
    answer = browser.post(reverse("desk:directive_new", args=[what]), {"to": to} | given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Matter.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def take(browser: Client, row: Matter, name: str, **given: str) -> int:
    code = browser.post(reverse("desk:directive_step", args=[row.pk, name]), given).status_code
    row.refresh_from_db()
    return code


def listed(browser: Client, **query: str) -> str:
    return browser.get(reverse("desk:directives"), query).content.decode()


@pytest.mark.item("S-CMD-007")
def test_a_directive_goes_round_and_every_stage_stands_with_its_clock(world, desk_of):
    zhou, shen, gu = desk_of(world.zhou), desk_of(world.shen), desk_of(world.gu)
    row = issue(zhou, f"area:{world.qiaoxi.pk}", TASK)
    assert "有 1 条指令待您签收" in listed(shen)
    assert "检查充电棚灭火器" in listed(shen, show="sign")
    assert "检查充电棚灭火器" not in listed(desk_of(world.zhao))

    assert take(zhou, row, "sign") == 409
    for name in ("sign", "start"):
        assert take(shen, row, name) == 302
    assert take(shen, row, "feed_back", effect="partly") == 400
    assert take(shen, row, "feed_back", effect="partly", feedback="还差三处") == 302
    assert take(zhou, row, "send_back", reason="三处补齐") == 302
    assert take(shen, row, "feed_back", effect="done", feedback="全部看过") == 302
    assert take(shen, row, "verify") == 403
    for name in ("verify", "close"):
        assert take(zhou, row, name) == 302

    page = gu.get(reverse("desk:directive", args=[row.pk])).content.decode()
    assert (row.phase, row.outcome) == ("done", "done")
    assert page.count("✓") == 5
    assert all(words in page for words in ("退回：三处补齐", "全部看过", "按要求完成"))
    assert "检查充电棚灭火器" in listed(zhou, show="ended", sort="task")
    assert "检查充电棚灭火器" not in listed(zhou, show="ended", sort="warning")


@pytest.mark.item("S-CMD-016")
def test_the_station_room_hears_it_at_once_and_after_sixty_seconds_it_climbs(world, desk_of):
    fang, cheng = desk_of(world.fang), desk_of(world.cheng)
    row = issue(cheng, f"area:{world.station.pk}", TASK)
    alerts = fang.get(reverse("desk:alerts")).content.decode()
    assert "指令待签收" in alerts
    assert 'data-open="unsigned"' in alerts
    assert "指令待签收" not in desk_of(world.shen).get(reverse("desk:alerts")).content.decode()

    tick(clock.now() + dt.timedelta(seconds=61))

    assert "已上报 1 次" in fang.get(reverse("desk:directive", args=[row.pk])).content.decode()
    assert take(fang, row, "sign") == 302
    assert "指令待签收" not in fang.get(reverse("desk:alerts")).content.decode()


@pytest.mark.item("S-CMD-016")
def test_the_issuing_room_chases_and_whoever_it_stands_with_is_told(world, desk_of):
    zhou, shen = desk_of(world.zhou), desk_of(world.shen)
    row = issue(zhou, f"area:{world.qiaoxi.pk}", TASK)
    assert take(shen, row, "sign") == 302
    assert take(shen, row, "chase") == 403

    assert take(zhou, row, "chase") == 302

    assert row.state == "signed"
    assert "周岚催办了指令" in shen.get(reverse("desk:directive", args=[row.pk])).content.decode()
    entry = entry_view(Entry.objects.select_related("particulars").get(subject=row.pk, verb="directive.chase"))
    assert (entry.particulars or {})["tells"] == ["responsible"]


@pytest.mark.item("S-CMD-014")
def test_a_warning_that_names_somebody_is_refused_with_what_to_write_instead(world, desk_of):
    zhou, to = desk_of(world.zhou), f"area:{world.qiaoxi.pk}"
    named, called = {"gist": "王某某常在此出现"}, {"advice": "打 13812345678 联系"}
    for wrong in (named, called, {"basis": ""}, {"expires_on": "2099-01-01"}):
        answer = zhou.post(reverse("desk:directive_new", args=["warning"]), {"to": to} | warning(**wrong))
        assert answer.status_code == 422
        assert Matter.objects.filter(kind="directive").count() == 0
    answer = zhou.post(reverse("desk:directive_new", args=["warning"]), {"to": to} | warning(gist="王某某常在此出现"))
    assert "请改写在哪里、什么时候、用什么手法" in answer.content.decode()

    empty = zhou.get(reverse("desk:directive_new", args=["warning"])).content.decode()
    half = clock.local_date(clock.now()) + dt.timedelta(days=7)
    assert f'name="expires_on" value="{half.isoformat()}"' in empty

    row = issue(zhou, to, warning(), "warning")
    shen = desk_of(world.shen)
    fed_back = {"effect": "nothing", "feedback": "两周内没有再发"}
    for name, given in (("sign", {}), ("start", {}), ("feed_back", fed_back)):
        assert take(shen, row, name, **given) == 302
    assert "看过，不需处置" in zhou.get(reverse("desk:directive", args=[row.pk])).content.decode()


def test_who_may_not_issue_is_not_shown_how_and_nonsense_is_no_page(world, desk_of):
    shen, zhou = desk_of(world.shen), desk_of(world.zhou)
    assert shen.get(reverse("desk:directive_new", args=["task"])).status_code == 403
    assert "下达指令</a>" not in listed(shen)
    assert zhou.get(reverse("desk:directive_new", args=["nonsense"])).status_code == 404
    assert zhou.post(reverse("desk:directive_new", args=["task"]), {"to": "area:x"} | TASK).status_code == 422
    assert zhou.get(reverse("desk:directives"), {"show": "x", "sort": "y"}).status_code == 200


def test_all_that_are_ticked_are_chased_at_once_and_what_cannot_be_is_said(world, desk_of):
    zhou, shen = desk_of(world.zhou), desk_of(world.shen)
    rows = [issue(zhou, f"area:{world.qiaoxi.pk}", TASK | {"gist": f"第{n}件"}) for n in range(3)]
    for name in ("sign", "start"):
        take(shen, rows[0], name)
    take(shen, rows[0], "feed_back", effect="done", feedback="看过")
    page = listed(zhou, tick="all")
    assert page.count(" checked") == 2

    told = zhou.post(reverse("desk:directives_chase"), {"directive": [str(one.pk) for one in rows]}).content.decode()

    assert "已催办 2 条指令" in told
    assert f"{rows[0].number} 第0件：" in told or f"{rows[0].number} 第0件:" in told
    assert Entry.objects.filter(verb="directive.chase").count() == 2
    assert zhou.post(reverse("desk:directives_chase"), {"directive": "none"}).status_code in (400, 422)
    assert shen.post(reverse("desk:directives_chase"), {"directive": str(rows[1].pk)}).status_code == 403
