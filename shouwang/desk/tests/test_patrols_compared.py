"""Patrols as ordered beside patrols as walked, and the ways from a matter to what looking back can keep of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core import clock
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.patrols.models import Leg, Mark, Order, Point, Slot

PAGE = "/desk/lookback/compared/"
MINUTE = dt.timedelta(minutes=1)


def patrol(world: Any, name: str = "桥头夜巡") -> Order:
    """Two ordered, one came, 25 minutes late; of two places one was seen and one left out."""
    began = clock.now() - 60 * MINUTE
    row = Order.objects.create(
        name=name, ground=world.qiaoxi, duty_path=world.qiaoxi.duty_path, on=clock.local_date(clock.now()),
        starts_at=began, ends_at=began + 50 * MINUTE, lead=world.shen.person, channel="350M",
        began_at=began + 25 * MINUTE,
    )  # fmt: skip
    leg = Leg.objects.create(order=row, place=1, starts_at=row.starts_at, ends_at=row.ends_at)
    came = Slot.objects.create(
        leg=leg, party="police", person=world.shen.person, until=row.ends_at, on_at=row.began_at, heads=True
    )
    Slot.objects.create(leg=leg, party="police", person=world.ming.person, until=row.ends_at)
    for place, (sort, reason) in enumerate((("seen", ""), ("skipped", "桥面封闭")), start=1):
        point = Point.objects.create(
            order=row, place=place, label=f"点{place}", place_text="桥头", lon=111.42, lat=27.69,
            code=f"{row.pk.hex[-7:]}{place}",
        )  # fmt: skip
        Mark.objects.create(slot=came, point=point, sort=sort, reason=reason, at=row.began_at + 5 * MINUTE)
    return row


def text_of(client: Any, world: Any) -> str:
    return str(client.get(PAGE, {"area": str(world.station.pk)}).content.decode())


def test_a_patrol_stands_beside_what_became_of_it(world, desk):
    patrol(world)

    text = text_of(desk("zhou"), world)

    assert "桥头夜巡" in text
    assert "晚开始" in text
    assert text.count("1 / 2") == 2  # people who came, places seen
    assert "点2: 桥面封闭" in text or "点2：桥面封闭" in text


def test_patrols_of_other_days_and_of_the_next_ground_are_not_in_it(world, desk):
    row = patrol(world)
    Order.objects.filter(pk=row.pk).update(on=row.on - dt.timedelta(days=1))
    assert "桥头夜巡" not in text_of(desk("zhou"), world)

    Order.objects.filter(pk=row.pk).update(on=row.on, duty_path=world.hebu.duty_path)
    answer = desk("zhou").get(PAGE, {"area": str(world.qiaoxi.pk)}).content.decode()
    assert "桥头夜巡" not in answer


def test_twenty_patrols_ask_no_more_than_two(world, desk):
    zhou = desk("zhou")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            text_of(zhou, world)
        return len(seen)

    for n in range(2):
        patrol(world, f"夜巡{n}")
    asked()
    few = asked()
    for n in range(18):
        patrol(world, f"晨巡{n}")

    assert asked() == few


@pytest.fixture
def matter(world: Any) -> Matter:
    return open_matter(
        kind="incident", by=world.fang, at=clock.now(), point=(111.42, 27.69), place_text="桥西路12号", gist="吵架",
        urgency=2,
    )  # fmt: skip


def test_a_matter_leads_to_its_tracks_and_its_signed_record_for_those_who_may(world, desk, matter):
    page = desk("zhou").get(f"/desk/matters/{matter.pk}/").content.decode()
    keep = f"/desk/lookback/tracks/new/?number={matter.reference}"

    assert keep in page
    assert f"/desk/lookback/exports/new/?number={matter.reference}" in page
    assert matter.reference in desk("zhou").get(keep).content.decode()
    assert "/desk/lookback/" not in desk("fang").get(f"/desk/matters/{matter.pk}/").content.decode()


def test_an_older_matter_is_named_by_its_reference(world, desk, matter):
    older = open_matter(
        kind="incident", by=world.fang, at=clock.now() - dt.timedelta(days=1), point=(111.42, 27.69),
        place_text="桥西路14号", gist="噪声", urgency=3,
    )  # fmt: skip
    given = {"number": older.reference, "term_days": 183, "reason": "行政复议待决"}

    assert desk("zhou").post("/desk/lookback/tracks/new/", given).status_code == 302
    assert "噪声" in desk("zhou").get("/desk/lookback/tracks/").content.decode()
