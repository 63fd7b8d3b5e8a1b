"""Visits by appointment at the desk: asked for, booked for two, the device out and back, done with a receipt."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.kinds.visit.models import Device, Outing
from shouwang.kinds.visit.wishes import open_due
from shouwang.matters.models import Matter

PLACE = "桥西路12号"


@pytest.fixture
def shen(world, desk_of) -> Client:
    return desk_of(world.shen)


@pytest.fixture
def visit(world, shen) -> Matter:
    given = {"name": "陈奶奶", "number": "13800000000", "place_text": PLACE, "chosen": "0",
             "subkind": "asked.certificate", "why_at_home": "moves_badly"}  # fmt: skip
    assert "走访码" in shen.post(reverse("desk:visit_new"), given).content.decode()
    return Matter.objects.get(kind="visit")


@pytest.fixture
def device(world, desk_of) -> Device:
    zhou = desk_of(world.zhou)
    assert zhou.post(reverse("desk:device_new"), {"name": "采集箱1号", "serial": "ZW-01"}).status_code == 302
    assert zhou.post(reverse("desk:device_new"), {"name": "采集箱2号", "serial": "ZW-01"}).status_code == 422
    return Device.objects.get()


def book(browser: Client, visit: Matter, *staff: object) -> int:
    on_at = (clock.now() + dt.timedelta(days=1)).astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT15:00")
    given = {"on_at": on_at, "staff": [str(one) for one in staff]}
    return browser.post(reverse("desk:step", args=[visit.pk, "appoint"]), given).status_code


@pytest.mark.item("S-VIS-001")
def test_two_go_with_a_device_and_only_the_receipt_of_the_certificate_system_is_kept(world, shen, visit, device):
    step = reverse("desk:step", args=[visit.pk, "meet"])
    assert book(shen, visit, world.shen.person_id) == 400
    assert shen.post(step, {"receipt": "ZZ-2026-0001"}).status_code == 409
    assert book(shen, visit, world.shen.person_id, world.he.person_id) == 302
    assert shen.post(step, {"receipt": "ZZ-2026-0001"}).status_code == 409

    shen.post(reverse("desk:device_act", args=[device.pk, "out"]), {"visit": str(visit.pk)})
    assert shen.post(step, {"why_no_code": "没有带手机"}).status_code == 400
    assert shen.post(step, {"receipt": "ZZ-2026-0001"}).status_code == 302

    visit.refresh_from_db()
    assert (visit.outcome, visit.facts["proof"], visit.facts["receipt"]) == ("met", "receipt", "ZZ-2026-0001")
    back = reverse("desk:device_act", args=[device.pk, "back"])
    assert shen.post(back).status_code == 400
    shen.post(back, {"emptied": "on"})
    assert Outing.objects.get().emptied
    assert "看过，已空" in shen.get(reverse("desk:devices")).content.decode()


@pytest.mark.item("S-VIS-001")
def test_nobody_home_is_booked_anew_and_a_refusal_ends_it(world, shen, visit):
    book(shen, visit, world.shen.person_id, world.he.person_id)
    shen.post(reverse("desk:step", args=[visit.pk, "nobody_home"]))
    visit.refresh_from_db()
    assert (visit.state, visit.facts.get("appointment")) == ("nobody_home", None)
    assert book(shen, visit, world.ming.person_id, world.he.person_id) == 302
    shen.post(reverse("desk:step", args=[visit.pk, "decline"]), {"reason": "自己去窗口办"})
    visit.refresh_from_db()
    assert visit.outcome == "declined"


@pytest.mark.item("S-VIS-003")
def test_what_was_done_is_counted_by_day_way_and_staff_without_a_number_to_reach(world, shen, desk_of):
    given = {"name": "陈奶奶", "number": "13800000000", "place_text": PLACE, "chosen": "0",
             "subkind": "asked.home_service", "why_at_home": "carer"}  # fmt: skip
    shen.post(reverse("desk:visit_new"), given)
    visit = Matter.objects.get(kind="visit")
    shen.post(reverse("desk:step", args=[visit.pk, "meet"]), {"why_no_code": "记不起来了"})

    page = shen.get(reverse("desk:visits")).content.decode()

    assert "沈知行 1" in page
    assert "不考核任何人" in page
    assert "不考核任何人" not in desk_of(world.ming).get(reverse("desk:visits")).content.decode()


def test_the_next_community_neither_sees_nor_takes_a_device(world, desk_of, device):
    zhao = desk_of(world.gu)
    assert "采集箱1号" in zhao.get(reverse("desk:devices")).content.decode()
    assert zhao.post(reverse("desk:device_act", args=[device.pk, "back"]), {"emptied": "on"}).status_code == 403


def test_hours_at_home_are_noted_once_and_proposed_for_every_round(world, shen, two_doors):
    given = {"name": "陈奶奶", "number": "13800000000", "place_text": PLACE, "chosen": "0", "need": "carer",
             "every_days": "1", "ends_on": str(clock.local_date(clock.now()) + dt.timedelta(days=30)), "agreed": "on",
             "home_from": "18:00", "home_until": "20:30"}  # fmt: skip
    wrong = shen.post(reverse("desk:wish"), given | {"home_until": "17:00"})
    assert (wrong.status_code, "晚于" in wrong.content.decode()) == (422, True)
    assert shen.post(reverse("desk:wish"), given).status_code == 200
    open_due(clock.now())

    visit = Matter.objects.get(kind="visit")

    assert "18:00–20:30" in shen.get(reverse("desk:visits")).content.decode()
    assert "18:00" in shen.get(reverse("desk:matter", args=[visit.pk])).content.decode()
    page = shen.get(reverse("desk:round_new")).content.decode()
    assert f'name="from_{visit.pk}" value="18:00"' in page
