"""Hazards, dates and visits on the desk: noted in words, listed, checked, found again."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.kinds.hazard.models import SafetyItem
from shouwang.kinds.visit.models import Wish
from shouwang.matters.models import Matter

PLACE = "桥西路12号"


@pytest.fixture
def shen(world, desk_of) -> Client:
    return desk_of(world.shen)


@pytest.mark.item("S-VIS-010")
def test_a_hazard_is_noted_by_the_name_of_its_place(world, shen):
    answer = shen.post(
        reverse("desk:hazard"),
        {
            "subkind": "fire.exit_blocked",
            "place_text": PLACE,
            "urgency": "2",
            "gist": "楼道堆满杂物",
            "chosen": "0",
        },
    )
    row = Matter.objects.get(kind="hazard")
    assert (answer.status_code, row.gist, row.urgency) == (302, "楼道堆满杂物", 2)
    assert "楼道堆满杂物" in shen.get(reverse("desk:safety")).content.decode()


def test_an_unknown_place_is_told_at_its_field_and_nothing_is_lost(world, shen):
    given = {"subkind": "fire.exit_blocked", "place_text": "某某不存在", "urgency": "2", "gist": "楼道堆满杂物"}
    answer = shen.post(reverse("desk:hazard"), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "找不到这个地点" in page
    assert "楼道堆满杂物" in page


@pytest.mark.item("S-VIS-015")
def test_an_extinguisher_is_noted_comes_back_in_time_and_is_checked(world, shen):
    made_on = clock.now().date() - dt.timedelta(days=3652 - 20)
    given = {
        "sort": "extinguisher",
        "premises": "桥西超市",
        "place_text": PLACE,
        "made_on": str(made_on),
        "chosen": "0",
    }
    assert shen.post(reverse("desk:item"), given).status_code == 302
    item = SafetyItem.objects.get()

    page = shen.get(reverse("desk:safety"), {"days": "30"}).content.decode()
    assert "桥西超市" in page
    shen.post(reverse("desk:item_act", args=[item.pk, "check"]))
    shen.post(reverse("desk:item_act", args=[item.pk, "take-away"]))
    assert "桥西超市" not in shen.get(reverse("desk:safety")).content.decode()


@pytest.mark.item("S-VIS-008")
def test_a_wish_is_noted_with_its_code_listed_without_a_name_and_taken_back(world, shen):
    given = {
        "name": "陈奶奶", "number": "13800000000", "place_text": PLACE, "need": "alone", "every_days": "7",
        "ends_on": str(clock.now().date() + dt.timedelta(days=90)), "agreed": "on",
    }  # fmt: skip
    assert shen.post(reverse("desk:wish"), given | {"agreed": ""}).status_code == 422
    told = shen.post(reverse("desk:wish"), given).content.decode()
    assert "走访码" in told

    wish = Wish.objects.get()
    page = shen.get(reverse("desk:visits")).content.decode()
    assert PLACE in page
    assert "陈" not in page
    shen.post(reverse("desk:wish_end", args=[wish.pk]))
    wish.refresh_from_db()
    assert wish.revoked_at is not None
