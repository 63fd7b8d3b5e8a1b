"""Keeping somebody out of a matter, from its page: lists, search, watchers and the board skip him, and back again."""

import datetime as dt

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.matters.finding import find_matters
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.watching import watch, watchers_of
from shouwang.people.cookies import SESSION
from shouwang.people.giving import give_post
from shouwang.people.sessions import open_session


def browser_of(who):
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(who.person, label="test", at=clock.now(), proven=True)[1]
    return browser


@pytest.fixture
def call(world):
    return open_matter(kind="incident", by=world.fang, at=clock.now(), channel="phone", subkind="order.fight",
                       gist="民警家属被打", place_text="桥西路12号", point=(111.427, 27.686))  # fmt: skip


def step(who, call, name, **given):
    return browser_of(who).post(f"/desk/matters/{call.pk}/steps/{name}/", given, headers={"HX-Request": "true"})


def test_an_excluded_person_loses_lists_search_page_and_news_until_let_in_again(world, call):
    watch(call, by=world.shen.afresh(), at=clock.now())
    form = browser_of(world.zhou).get(f"/desk/matters/{call.pk}/steps/exclude/form/").content.decode()
    assert "沈知行" in form
    assert str(world.zhou.person_id) not in form

    shen = str(world.shen.person_id)
    assert (
        "要求有关人员、岗位或单位回避"
        in step(world.zhou, call, "exclude", persons=shen, reason="家属").content.decode()
    )

    row, now, person = Matter.objects.get(), clock.now(), world.shen.afresh()
    assert row.responsible.person_id != world.shen.person_id
    assert all(one.holder != world.shen.post.pk for one in row.clocks.running())
    assert browser_of(world.shen).get(f"/desk/matters/{call.pk}/").status_code == 404
    assert "民警家属被打" not in browser_of(world.shen).get("/desk/").content.decode()
    assert find_matters("桥西路12号", by=person, at=now) == []
    assert watchers_of(row, now) == []

    assert step(world.zhou, call, "include", persons=shen, reason="查明无关").status_code == 200
    assert find_matters("桥西路12号", by=world.shen.afresh(), at=now) == [row]


def test_an_excluded_post_takes_whoever_stands_in_for_it_along(world, call):
    now, shen = clock.now(), world.shen.post
    give_post(person=world.zhao.person, role=shen.role, area=shen.area, until=now + dt.timedelta(days=2),
              acting_for=shen, by=Actor.system(), at=now)  # fmt: skip
    assert browser_of(world.zhao).get(f"/desk/matters/{call.pk}/").status_code == 200
    assert (
        f"沈知行 · 社区民警 · {shen.area.name}"
        in browser_of(world.zhou).get(f"/desk/matters/{call.pk}/steps/exclude/form/").content.decode()
    )

    assert step(world.zhou, call, "exclude", posts=str(shen.pk), reason="当事人的亲属").status_code == 200

    row = Matter.objects.get()
    assert browser_of(world.zhao).get(f"/desk/matters/{call.pk}/").status_code == 404
    assert browser_of(world.shen).get(f"/desk/matters/{call.pk}/").status_code == 404
    assert row.responsible.person_id not in (world.shen.person_id, world.zhao.person_id)
    assert all(one.holder != shen.pk for one in row.clocks.running())

    assert step(world.zhou, call, "include", posts=str(shen.pk), reason="查明无关").status_code == 200
    assert browser_of(world.shen).get(f"/desk/matters/{call.pk}/").status_code == 200


def test_nobody_shuts_himself_out_and_an_empty_choice_does_nothing(world, call):
    assert step(world.zhou, call, "exclude", persons=str(world.zhou.person_id), reason="我").status_code == 409
    assert step(world.zhou, call, "exclude", offices=str(world.station.pk), reason="所").status_code == 409
    assert step(world.zhou, call, "exclude", reason="谁？").status_code == 400
    assert step(world.zhou, call, "include", persons=str(world.shen.person_id), reason="x").status_code == 409
    assert Matter.objects.get().excluded_persons == []


@pytest.mark.parametrize(("who", "status"), [("fang", 403), ("zhao", 404)])
def test_who_leads_nothing_here_excludes_nobody(world, call, who, status):
    assert step(world.cast[who], call, "exclude", persons=str(world.shen.person_id), reason="x").status_code == status
