"""The register of booths, what its box reports, and a booth with a crew as a unit that can be sent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.models import Booth, Unit
from shouwang.duty.shifts import CrewMember, end_shift, on_shift, start_shift
from shouwang.duty.units import set_up_unit
from shouwang.tracking.tokens import give_token

LIST = reverse("desk:booths")
FACTS = {"place_kind": "square", "place_text": "东门广场北侧", "crew_size": "2", "opens": "07:00", "closes": "07:00",
         "cover_m": "600", "kit": "盾牌 2、急救箱 1", "act": "keep"}  # fmt: skip


@pytest.fixture
def booth(world) -> Unit:
    """东门岗亭, nobody there yet."""
    if on_shift([world.booth.pk], clock.now()):
        end_shift(unit=world.booth, by=world.zhou, at=clock.now())
    unit: Unit = world.booth
    return unit


def page_of(unit: Unit) -> str:
    return reverse("desk:booth", args=[unit.pk])


@pytest.mark.item("S-AST-009")
def test_a_booth_is_kept_in_the_register_and_its_box_says_that_power_and_line_are_up(world, desk, booth):
    zhou = desk("zhou")
    assert "还没有登记" in zhou.get(LIST).content.decode()
    assert zhou.post(page_of(booth), FACTS | {"cover_m": "9"}).status_code == 422
    assert desk("fang").post(page_of(booth), FACTS).status_code == 403

    assert zhou.post(page_of(booth), FACTS).status_code == 302

    page = zhou.get(page_of(booth)).content.decode()
    assert all(words in page for words in ("广场、步行街", "东门广场北侧", "盾牌 2", "07:00–07:00", "不明", "600 米"))
    token = give_token(unit=booth, by=world.zhou, at=clock.now())[1]
    assert beat("nonsense", "mains") == 403
    assert beat(token, "battery") == 204
    page = zhou.get(LIST).content.decode()
    assert "电池" in page
    assert "通" in page
    Booth.objects.update(heard_at=clock.now() - dt.timedelta(minutes=11))
    assert ">断<" in zhou.get(LIST).content.decode()
    assert zhou.post(page_of(booth), {"act": "state", "power": "mains", "line_up": "on"}).status_code == 302
    assert "市电" in zhou.get(page_of(booth)).content.decode()


def beat(token: str, power: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    answer = Client().post(
        "/connections/booths/heartbeat/", {"power": power}, content_type="application/json", headers=headers
    )
    return answer.status_code


@pytest.mark.item("S-CMD-021")
def test_a_booth_counts_as_a_unit_while_its_crew_is_signed_on(world, desk, booth):
    desk("zhou").post(page_of(booth), FACTS)
    fang = desk("fang")
    assert "无人上勤" in fang.get(LIST).content.decode()
    assert booth.name not in units_on_the_map(fang)

    start_shift(unit=booth, crew=[CrewMember(world.shen.person, recorder="7")], by=world.zhou, at=clock.now())

    assert "1 / 2 人" in fang.get(LIST).content.decode()
    assert booth.name in units_on_the_map(fang)


def units_on_the_map(browser: Client) -> str:
    return str(browser.get(reverse("desk:map")).json())


def test_the_register_costs_as_many_queries_for_twelve_booths_as_for_one(world, desk, booth):
    fang = desk("fang")
    fang.get(LIST)
    with CaptureQueriesContext(connection) as few:
        fang.get(LIST)
    for n in range(11):
        set_up_unit(home=world.station, name=f"岗亭{n}", form="booth", by=world.zhou, at=clock.now(),
                    point=(111.43, 27.69))  # fmt: skip

    with CaptureQueriesContext(connection) as many:
        assert fang.get(LIST).content.decode().count("岗亭") > 11
    assert len(many) == len(few)
