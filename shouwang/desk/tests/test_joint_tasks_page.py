"""Joint tasks at the desk: offices called, joined, begun and ended; notes for members, and no word of a case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.journal.models import Particulars
from shouwang.kinds.joint_task.models import JointNote
from shouwang.matters.models import Matter

HOUR = dt.timedelta(hours=1)


def local(moment: dt.datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def task(world, **given) -> dict:
    """Led by 桥西, with 河埠."""
    usual = {
        "subkind": "together.search", "gist": "沿河找走失老人", "words": "桥西从上游，河埠从下游，18时会合",
        "place_text": "河埠广场", "lead": str(world.qiaoxi.pk), "members": [str(world.hebu.pk)],
        "starts_at": local(clock.now()), "ends_at": local(clock.now() + 6 * HOUR), "reference": "",
    }  # fmt: skip
    return usual | given


def refused(browser: Client, given: dict) -> str:
    answer = browser.post(reverse("desk:joint_new"), given)
    assert answer.status_code == 422
    assert not Matter.objects.filter(kind="joint_task").exists()
    return answer.content.decode()


def act(browser: Client, row: Matter, name: str, **given: str) -> int:
    code = browser.post(reverse("desk:joint_act", args=[row.pk, name]), given).status_code
    row.refresh_from_db()
    return code


def shown(browser: Client, row: Matter) -> str:
    return browser.get(reverse("desk:joint_task", args=[row.pk])).content.decode()


def listed(browser: Client, **query: str) -> str:
    return browser.get(reverse("desk:joint_tasks"), query).content.decode()


@pytest.fixture
def called(world, desk_of) -> Matter:
    answer = desk_of(world.zhou).post(reverse("desk:joint_new"), task(world))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Matter.objects.get(kind="joint_task")


@pytest.mark.item("S-CMD-011")
def test_offices_are_called_say_that_they_take_part_and_one_leads(world, desk_of, called):
    shen, zhao = desk_of(world.shen), desk_of(world.zhao)
    assert called.area == world.qiaoxi
    assert "沿河找走失老人" in listed(zhao)  # not on his ground: his office takes part
    assert act(shen, called, "start") == 409  # nobody said yes
    assert "尚未答复" in shown(zhao, called)
    assert act(zhao, called, "join") == 302
    assert act(zhao, called, "start") in (403, 404)  # the office that leads begins
    assert act(shen, called, "start") == 302
    assert act(shen, called, "end") == 400
    assert act(shen, called, "end", ended_as="reached") == 302

    page = shown(zhao, called)
    assert (called.phase, called.outcome) == ("done", "reached")
    assert all(words in page for words in ("河埠社区确认参加", "任务完成", "牵头"))
    assert "沿河找走失老人" in listed(zhao, show="ended")
    assert "沿河找走失老人" not in listed(zhao)
    assert act(zhao, called, "share", words="我们收队") == 409


@pytest.mark.item("S-CMD-011")
def test_notes_are_read_by_members_only(world, desk_of, called):
    shen, zhao = desk_of(world.shen), desk_of(world.zhao)
    assert act(zhao, called, "share", words="") == 400
    assert act(zhao, called, "share", words="两人17时到码头") == 302
    assert "两人17时到码头" in shown(shen, called)
    for above in (world.zhou, world.cheng, world.gu):  # they see that there is a task
        page = shown(desk_of(above), called)
        assert "两人17时到码头" not in page
        assert "您所在单位没有参加" in page
        assert act(desk_of(above), called, "share", words="听到") == 403
    assert "两人17时到码头" not in shen.get(reverse("desk:matter", args=[called.pk])).content.decode()
    assert not Particulars.objects.filter(text__contains="码头").exists()


@pytest.mark.item("S-CMD-011")
def test_whose_office_does_not_take_part_and_whose_ground_it_is_not_finds_nothing(world, desk_of):
    given = task(world, lead=str(world.hebu.pk), members=[str(world.station.pk)])
    assert desk_of(world.zhou).post(reverse("desk:joint_new"), given).status_code == 302
    row = Matter.objects.get(kind="joint_task")
    wang = desk_of(world.su)  # of the street's grids: reads no matters
    assert wang.get(reverse("desk:joint_task", args=[row.pk])).status_code in (403, 404)
    assert desk_of(world.ming).get(reverse("desk:joint_task", args=[row.pk])).status_code == 200
    assert desk_of(world.shen).get(reverse("desk:joint_new")).status_code == 403


@pytest.mark.item("S-CMD-011")
@pytest.mark.parametrize(
    "words", ["蹲守楼下等他出现", "已调取话单", "嫌疑人在三楼", "线人说晚上交货", "联系13812345678", "案情见附件"]
)
def test_what_belongs_to_an_investigation_is_refused_with_where_it_belongs(world, desk_of, called, words):
    zhao = desk_of(world.zhao)
    answer = zhao.post(reverse("desk:joint_act", args=[called.pk, "share"]), {"words": words})
    assert answer.status_code == 400
    assert not JointNote.objects.exists()
    Matter.objects.filter(pk=called.pk).update(kind="incident")  # only to count anew
    assert refused(desk_of(world.zhou), task(world, words=words))


@pytest.mark.item("S-CMD-011")
def test_of_a_case_only_its_reference_stands_there(world, desk_of):
    zhou = desk_of(world.zhou)
    assert "办案系统" in refused(zhou, task(world, gist="配合布控"))
    for wrong in ({"reference": "张某某盗窃案 见卷"}, {"members": []}, {"members": [str(world.qiaoxi.pk)]},
                  {"ends_at": local(clock.now() - HOUR)}, {"lead": "x"}):  # fmt: skip
        refused(zhou, task(world, **wrong))
    assert zhou.post(reverse("desk:joint_new"), task(world, reference="A4301052026110012")).status_code == 302
    assert "A4301052026110012" in shown(zhou, Matter.objects.get(kind="joint_task"))
