"""A track as a file at the desk: what became of it stands on the page; wrong files are answered in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core import clock
from shouwang.duty import shifts
from shouwang.duty.models import Unit
from shouwang.tracking import bringing
from shouwang.tracking.models import Fix
from shouwang.tracking.tests.tracks_as_files import gpx
from shouwang.tracking.town import forget_town

PAGE = "/desk/crews/files/"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_town()
    bringing.FILES.clear()


def brings(client, unit, data: bytes, name: str = "夜巡.gpx"):  # type: ignore[no-untyped-def]
    return client.post(PAGE, {"unit": str(unit.pk), "file": SimpleUploadedFile(name, data)})


def test_after_a_shift_without_network_the_officer_brings_its_track(world, desk):
    now = clock.now()
    shifts.end_shift(unit=world.qx1, by=world.ming, at=now - dt.timedelta(minutes=10))
    ming = desk("ming")
    assert "桥西 1" in ming.get(PAGE).content.decode().replace("桥西1", "桥西 1")

    told = brings(ming, world.qx1, gpx(*(now - dt.timedelta(minutes=n) for n in (30, 20, 5)))).content.decode()

    assert "已保存 2 个定位点" in told
    assert "不在当班时间内" in told
    assert "27.69" not in told  # no place stands on the page
    assert Fix.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04", "这不是 GPX 也不是 NMEA 文件"),
        (b"<!DOCTYPE a><gpx/>", "文档类型声明"),
        (b"<kml/>", "kml"),
        (b"", "空"),
        (bytes(16_000_001), "文件大于 16 MB"),
    ],
    ids=["zip", "bomb", "kml", "empty", "large"],
)
def test_a_wrong_file_is_answered_in_words(world, desk, data, words):
    answer = brings(desk("ming"), world.qx1, data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Fix.objects.exists()


def test_a_unit_that_is_not_ones_own_cannot_be_chosen(world, desk):
    assert brings(desk("ming"), world.hb1, gpx(clock.now())).status_code == 422
    assert desk("fang").get(PAGE).status_code == 403
    assert PAGE not in desk("fang").get("/desk/crews/").content.decode()
    assert PAGE in desk("ming").get("/desk/crews/").content.decode()
    assert "近 30 天你没有编入警组" in desk("shen").get(PAGE).content.decode()


def test_the_page_asks_no_more_for_twenty_units_than_for_two(world, desk):
    zhou = desk("zhou")
    zhou.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        zhou.get(PAGE)
    home = world.qx1.home
    Unit.objects.bulk_create([
        Unit(name=f"增援 {n}", form="car", home=home, duty_path=home.duty_path, government_path=home.government_path)
        for n in range(20)
    ])  # fmt: skip

    with CaptureQueriesContext(connection) as many:
        zhou.get(PAGE)

    assert len(many) == len(few)
