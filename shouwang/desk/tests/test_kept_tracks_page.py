"""Keeping the tracks of a matter at the desk: asked, decided by another, opened for a reason, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from shouwang.core import clock
from shouwang.dispatch.dispatching import send_unit
from shouwang.duty.shifts import on_shift
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.tracking.models import Fix, TrackArchive, TrackKeeping
from shouwang.tracking.purging import purge_fixes

PAGE = "/desk/lookback/tracks/"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES=tmp_path):
        yield


def call_with_a_crew(world: Any) -> Matter:
    at = clock.now() - dt.timedelta(minutes=50)
    return open_matter(
        kind="incident", by=world.fang, at=at, point=(111.42, 27.69), place_text="桥西路12号", gist="吵架", urgency=2
    )


@pytest.fixture
def call(world: Any) -> Matter:
    """Qiaoxi 1 is on it for three quarters of an hour and reports."""
    matter, now = call_with_a_crew(world), clock.now()
    send_unit(matter=matter, unit=world.qx1, by=world.fang, at=now - dt.timedelta(minutes=45))
    shift = on_shift([world.qx1.pk], now)[world.qx1.pk]
    for minutes in range(1, 40):
        at = now - dt.timedelta(minutes=minutes)
        Fix.objects.create(
            unit=world.qx1.pk, shift=shift.pk, at=at, received_at=at, lon=111.42 + minutes / 9000, lat=27.69,
            source="osmand",
        )  # fmt: skip
    return matter


def asked(call: Matter, **given: Any) -> dict[str, Any]:
    return {"number": call.number, "term_days": 183, "reason": "行政复议待决"} | given


def test_one_asks_another_agrees_and_what_was_archived_opens_for_a_reason(world, desk, call, as_role):
    zhou, lin = desk("zhou"), desk("lin")
    assert zhou.post(f"{PAGE}new/", asked(call)).status_code == 302
    key = TrackKeeping.objects.get().pk
    assert "同意留存" not in zhou.get(PAGE).content.decode()  # nor may a duty lead decide
    assert zhou.post(f"{PAGE}{key}/decision/", {"decision": "keep"}).status_code == 403
    assert "同意留存" in lin.get(PAGE).content.decode()
    assert lin.post(f"{PAGE}{key}/decision/", {"decision": "keep"}).status_code == 302
    with as_role("jobs"):
        purge_fixes(clock.now() + dt.timedelta(days=31))
    archive = TrackArchive.objects.get()
    page = lin.get(PAGE).content.decode()
    assert archive.fingerprint in page
    assert "39 个" in page

    assert lin.post(f"{PAGE}archives/{archive.pk}/", {"reason": "看"}).status_code == 400
    assert not Entry.objects.filter(verb="track_archive.open").exists()
    opened = lin.post(f"{PAGE}archives/{archive.pk}/", {"reason": "复议机关来函"})

    assert opened.headers["Cache-Control"] == "no-store"
    assert "39 个" in opened.content.decode()
    assert Entry.objects.filter(verb="track_archive.open").count() == 1
    assert lin.post(f"{PAGE}{key}/decision/", {"decision": "end"}).status_code == 302
    assert "今夜销毁" in lin.get(PAGE).content.decode()


def test_who_asked_does_not_decide_himself(world, desk, call):
    lin = desk("lin")
    lin.post(f"{PAGE}new/", asked(call))

    answer = lin.post(f"{PAGE}{TrackKeeping.objects.get().pk}/decision/", {"decision": "keep"})

    assert answer.status_code == 403
    assert "要由别人决定" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [({"number": "99999"}, "没有找到这个编号的事项"), ({"reason": "看"}, "至少"), ({"term_days": "3650"}, "3650"),
     ({"number": "x"}, "整数")],
)  # fmt: skip
def test_what_cannot_be_asked_is_answered_in_words(world, desk, call, given, words):
    answer = desk("zhou").post(f"{PAGE}new/", asked(call, **given))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TrackKeeping.objects.exists()


def test_the_list_asks_no_more_for_twenty_than_for_two(world, desk):
    lin = desk("lin")

    def more(n: int) -> None:
        for _n in range(n):
            row = TrackKeeping.objects.create(
                matter=call_with_a_crew(world).pk, reason="行政复议待决", term_days=183, asked_by=world.zhou.person_id,
                asked_at=clock.now(),
            )  # fmt: skip
            assert row.pk

    more(2)
    lin.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        lin.get(PAGE)
    more(18)
    with CaptureQueriesContext(connection) as many:
        lin.get(PAGE)

    assert len(many) == len(few)
