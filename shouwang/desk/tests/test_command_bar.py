"""The command bar through its address: each command, what it asks back, what it finds, how it goes on."""

import datetime as dt

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.clock import local_date
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Message
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session


def browser_of(who):
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(who.person, label="test", at=clock.now(), proven=True)[1]
    return browser


def call(world, at=None, **more):
    given = {
        "subkind": "order.fight", "gist": "两人打架", "place_text": "桥西路12号", "point": (111.427, 27.686),
    } | more  # fmt: skip
    return open_matter(kind="incident", by=world.fang, at=at or clock.now(), channel="phone", **given)


@pytest.fixture
def bar(world):
    """`bar("/派 1 桥西1组")`: the answer of the desk to that line."""
    browser = browser_of(world.fang)
    return lambda line: browser.post("/desk/command/", {"line": line}, headers={"HX-Request": "true"})


@pytest.fixture
def under(world):
    browser = browser_of(world.fang)
    return lambda line: browser.get("/desk/command/words/", {"line": line}).content.decode()


def test_send_note_close_and_say_do_what_the_line_says(world, bar):
    matter = call(world)

    assert bar(f"/派 {matter.number} 桥西1组").status_code == 200
    assert "救护车已到" in bar(f"/note {matter.number} 救护车已到").content.decode()
    assert "到了回个话" in bar("/say qx1 到了回个话").content.decode()
    alone = call(world)
    closed = bar(f"/结 {alone.number} 当场")

    assert closed.status_code == 200, closed.content.decode()
    matter = Matter.objects.get(pk=alone.pk)
    assert Assignment.objects.get().unit == world.qx1
    assert Message.objects.get().text == "到了回个话"
    assert (matter.phase, matter.outcome) == ("done", "settled")


@pytest.mark.parametrize("rest", ["派 {n} 桥西1组", "记 {n} 写在哪一件", "结 {n} 当场", "看 {n}"])
def test_a_number_that_two_nights_share_is_asked_about_and_nothing_is_done(world, bar, rest):
    earlier = call(world)
    newer = call(world)
    Matter.objects.filter(pk=earlier.pk).update(number=newer.number)

    shown = bar("/" + rest.format(n=newer.number)).content.decode()

    assert earlier.reference in shown
    assert newer.reference in shown
    assert not Assignment.objects.exists()
    assert not Matter.objects.filter(phase="done").exists()
    assert bar("/" + rest.format(n=newer.reference)).status_code == 200


def test_an_ended_call_of_the_last_hours_still_counts_as_meant(world, bar):
    ended, running = call(world), call(world)
    last_night = f"{local_date(clock.now() - dt.timedelta(days=1)):%y%m%d}{running.number:04d}"
    Matter.objects.filter(pk=ended.pk).update(reference=last_night, number=running.number, phase="done")

    assert last_night in bar(f"/看 {running.number}").content.decode()


@pytest.mark.item("S-CMD-005")
def test_what_is_no_command_is_looked_for_and_one_hit_opens(world, bar):
    call(world, gist="猫上树", place_text="河埠街3号")
    one = call(world)

    assert f'data-chosen="{one.pk}"' in bar("桥西路12号").content.decode()
    assert f'data-chosen="{one.pk}"' in bar(str(one.number)).content.decode()
    assert bar("桥西1组").content.decode().count("/desk/crews/") == 1
    assert "昨天" in bar("南门外无此路").content.decode()


def test_several_hits_are_a_list_with_a_key_each(world, bar):
    found = [call(world, gist=f"第{n}起") for n in range(2)]

    shown = bar("桥西路").content.decode()

    assert "Digit1" in shown
    assert "Digit2" in shown
    assert all(str(one.pk) in shown for one in found)


def test_nobody_finds_a_call_of_other_ground(world):
    call(world)

    assert "桥西路12号" not in browser_of(world.zhao).get("/desk/command/words/", {"line": "打架"}).content.decode()
    assert "桥西路12号" not in browser_of(world.zhao).get("/desk/matters/", {"q": "打架"}).content.decode()


def test_the_line_is_completed_with_numbers_crews_and_outcomes(world, bar, under):
    matter = call(world)

    assert f'data-fills="派 {matter.number} "' in under("派 ")
    assert f'data-fills="派 {matter.number} 桥西1组 "' in under(f"派 {matter.number} 桥")
    assert "桥西1组" in under("说 ")
    assert f'data-fills="结 {matter.number} ' in under(f"结 {matter.number} ")
    assert "桥西路12号" in under("桥西路12")
    assert "/desk/crews/" in under("桥西1")


def test_the_list_of_all_matters_has_an_address_with_words_kind_days_and_pages(world):
    now = clock.now()
    for n in range(22):
        call(world, gist=f"第{n}起", at=now - dt.timedelta(minutes=n))
    call(world, gist="旧事", at=now - dt.timedelta(days=3))
    browser = browser_of(world.fang)

    def page(**asked):
        return browser.get("/desk/matters/", asked).content.decode()

    assert page().count("/desk/matters/0") == 0
    first = page(q="桥西路", kind="incident")
    assert first.count("<tr><td>") == 20
    assert "q=%E6%A1%A5" in first
    assert page(q="桥西路", page="2").count("<tr><td>") == 3
    day = f"{now - dt.timedelta(days=2):%Y-%m-%d}"
    assert page(last=day).count("<tr><td>") == 1
    assert page(q="旧事", standing="ended").count("<tr><td>") == 0
    assert page(q="旧事", kind="nonsense", first="never").count("<tr><td>") == 1
