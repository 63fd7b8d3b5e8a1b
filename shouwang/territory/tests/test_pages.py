"""A drawing goes through the pages: taken away, brought back, checked, approved by somebody else, in force."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.people import sessions
from shouwang.places.models import AreaVersion
from shouwang.territory.tests.test_tiling import box


@pytest.fixture
def page(world):
    """A function: the pages as somebody of the cast sees them."""

    def seen_by(who) -> Client:
        client = Client()
        client.cookies["sw_session"] = sessions.open_session(who.person, label="test", at=clock.now(), proven=True)[1]
        return client

    return seen_by


def file_of(drawing) -> SimpleUploadedFile:
    raw = drawing if isinstance(drawing, bytes) else json.dumps(drawing).encode()
    return SimpleUploadedFile("drawing.geojson", raw)


@pytest.fixture
def halved(world, page):
    """Today's borders of Qiaoxi as downloaded, its north-east split in two."""
    drawing = json.loads(page(world.shen).get(reverse("territory:today", args=[world.qiaoxi.code])).content)
    north_east = next(one for one in drawing["features"] if one["properties"]["code"] == world.qiaoxi_02.code)
    north_east["geometry"] = box(111.424, 27.690, 111.427, 27.698)
    new = {"parent": world.qiaoxi.code, "households": 200}
    drawing["features"].append(
        {"type": "Feature", "geometry": box(111.427, 27.690, 111.430, 27.698), "properties": new}
    )
    return drawing


@pytest.mark.item("S-GRD-001", "S-GRD-007", "S-GRD-008")
def test_a_drawing_is_brought_checked_approved_and_comes_into_force(world, page, halved):
    brought = page(world.shen).post(reverse("territory:cuts"), {"file": file_of(halved)})
    assert brought.status_code == 302
    shown = page(world.lin).get(brought.url)
    assert "桥西05网格" in shown.content.decode()
    acts = f"{brought.url}acts/"

    assert page(world.shen).post(acts, {"act": "check"}).status_code == 403
    for who, act in ((world.su, "check"), (world.lin, "approve"), (world.cheng, "force")):
        assert page(who).post(acts, {"act": act}).status_code == 302

    new = AreaVersion.objects.in_force_at(clock.now()).filter(area__code="431399001001005")
    assert {one.name for one in new} == {"桥西05网格"}
    shown = page(world.lin).get(brought.url).content.decode()
    assert "生效中" in shown
    assert "1.08" in shown  # the spread of households
    assert "生效中" in page(world.shen).get(reverse("territory:cuts")).content.decode()


def test_faults_are_shown_with_their_place_and_stop_the_draft(world, page, halved):
    halved["features"].pop()
    brought = page(world.shen).post(reverse("territory:cuts"), {"file": file_of(halved)})

    page(world.lin).post(f"{brought.url}acts/", {"act": "check"})
    shown = page(world.lin).get(brought.url).content.decode()

    assert "这块地没有人管" in shown
    assert "111.428" in shown
    assert page(world.lin).post(f"{brought.url}acts/", {"act": "approve"}).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        b"", b"no json", b"[]", b"{}", b'{"features": []}', b'{"features": [1]}', b'{"features": [{"geometry": {}}]}',
        b'{"features": [{"geometry": {}, "properties": {"parent": "nowhere"}}]}', b"\xff\xfe", b"[" * 100_000,
        b'{"features": [{"geometry": {}, "properties": {"parent": "431399001001", "households": -1}}]}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_drawing_is_refused_in_words(world, page, wrong):
    answer = page(world.shen).post(reverse("territory:cuts"), {"file": file_of(wrong)})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not AreaVersion.objects.exclude(cut=None).exists()


def test_the_neighbour_sees_neither_the_draft_nor_the_file(world, page, halved):
    brought = page(world.shen).post(reverse("territory:cuts"), {"file": file_of(halved)})

    assert page(world.zhao).get(brought.url).status_code == 404
    assert page(world.zhao).get(reverse("territory:today", args=[world.qiaoxi.code])).status_code == 404
    assert page(world.zhao).post(reverse("territory:cuts"), {"file": file_of(halved)}).status_code in (403, 404)
