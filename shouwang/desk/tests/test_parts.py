"""The parts of the screen in one answer, and that nothing kept for one reader reaches another."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.desk import drawing
from shouwang.desk.board import Filters, rows_for
from shouwang.dispatch.dispatching import send_unit
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter

PARTS = "/desk/parts/?of=queue,units,map,alerts"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    drawing._row.cache_clear()
    drawing._crew.cache_clear()


def call(world: Any, place: str, **more: Any) -> Matter:
    given = {"subkind": "order.fight", "point": (111.427, 27.686), "place_text": place, "at": clock.now()} | more
    return open_matter(kind="incident", by=world.fang, channel="phone", **given)


def test_all_that_news_concern_comes_in_one_answer(world: Any, desk: Any) -> None:
    call(world, "桥西路12号")

    parts = desk("fang").get(PARTS).json()

    assert list(parts) == ["alerts", "queue", "units", "map"]
    assert "桥西路12号" in parts["queue"]
    assert "桥西1组" in parts["units"]
    assert [one["properties"]["place"] for one in parts["map"]["matters"]["features"]] == ["桥西路12号"]
    assert list(desk("fang").get("/desk/parts/?of=queue").json()) == ["queue"]


def test_what_is_kept_for_one_desk_reaches_nobody_who_may_not_see_it(world: Any, desk: Any) -> None:
    """The same rows are drawn for Fang first, so that they are kept when the others ask."""
    call(world, "桥西路12号")
    hidden = call(world, "桥西路14号")
    sealed = call(world, "桥西路16号")
    with acting(Actor.system()):
        Matter.objects.filter(pk=hidden.pk).update(excluded_persons=[world.zhou.person_id])
        Matter.objects.filter(pk=sealed.pk).update(visibility="sealed", named=[world.fang.post.pk])

    seen = {who: desk(who).get(PARTS).content.decode("unicode-escape") for who in ("fang", "zhou", "zhao", "fang")}

    assert [house in seen["fang"] for house in ("12号", "14号", "16号")] == [True, True, True]
    assert [house in seen["zhou"] for house in ("12号", "14号", "16号")] == [True, False, False]
    assert [house in seen["zhao"] for house in ("12号", "14号", "16号")] == [False, False, False]
    assert desk("xi").get(PARTS).status_code == 403


def test_a_matter_that_is_sealed_now_is_gone_from_the_next_answer(world: Any, desk: Any) -> None:
    matter = call(world, "桥西路12号")
    zhou = desk("zhou")
    before = zhou.get("/desk/parts/?of=queue").json()["queue"]
    with acting(Actor.system()):
        Matter.objects.filter(pk=matter.pk).update(visibility="sealed", named=[world.fang.post.pk])

    after = zhou.get("/desk/parts/?of=queue").json()["queue"]

    assert "桥西路12号" in before
    assert "桥西路12号" not in after


def test_a_row_is_drawn_once_for_what_it_shows_and_anew_when_that_changes(world: Any) -> None:
    at = clock.now()
    matter = call(world, "桥西路12号")
    (row,) = rows_for(world.fang, at, Filters())
    first = drawing.row(row)

    (same,) = rows_for(world.zhou, at + dt.timedelta(seconds=5), Filters())
    send_unit(matter=matter, unit=world.qx1, by=world.fang, at=at)
    (sent,) = rows_for(world.fang, at, Filters())
    with translation.override("en"):
        (english,) = rows_for(world.fang, at, Filters())
        in_english = drawing.row(english)

    assert drawing.row(same) is first
    assert "桥西1组" in drawing.row(sent)
    assert "桥西1组" not in first
    assert "打架" in first
    assert "打架" not in in_english


def test_twenty_calls_cost_the_parts_no_more_questions_than_two(world: Any, desk: Any) -> None:
    fang = desk("fang")
    for n in range(2):
        call(world, f"桥西路{n}号")
    fang.get(PARTS)
    with CaptureQueriesContext(connection) as few:
        fang.get(PARTS)
    for n in range(2, 20):
        call(world, f"桥西路{n}号")

    with CaptureQueriesContext(connection) as many:
        fang.get(PARTS)

    assert len(many) <= len(few)
