"""The work map and the board: who is responsible, scale and legend on paper, and never a resident."""

from __future__ import annotations

import subprocess

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from shouwang.core import clock
from shouwang.people import sessions
from shouwang.places.models import FoundPlace
from shouwang.territory.sheets import NoBorder, board, work_map


@pytest.fixture
def places(world, as_role):
    with as_role("jobs"):
        for n, (kind, name) in enumerate(
            (("police_room", "桥西警务室"), ("school", "青石一小"), ("booth", "桥头岗亭"))
        ):
            FoundPlace.objects.create(
                kind=kind, name=name, full_text=name, lon=111.426 + n / 1000, lat=27.686, searched=name, grams=[name]
            )


@pytest.fixture
def page(world):
    def seen_by(who) -> Client:
        client = Client()
        client.cookies["sw_session"] = sessions.open_session(who.person, label="test", at=clock.now(), proven=True)[1]
        return client

    return seen_by


def words_of(sheet: bytes, tmp_path) -> str:
    """What can be read on a PDF; the bytes alone where there is no reader on this machine."""
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheet)
    try:
        return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("There is no pdftotext here.")


@pytest.mark.item("S-GRD-002")
def test_the_work_map_is_on_the_screen_with_layers_by_role_and_on_paper(world, places, page, tmp_path):
    address = reverse("desk:grid", args=[world.qiaoxi_04.code])
    officer, worker = (page(who).get(address).content.decode() for who in (world.shen, world.lu))
    assert all(name in officer for name in ("桥西警务室", "青石一小", "桥头岗亭", "沈知行"))
    assert "彭大姐" in officer  # contact points are for those who may read who holds a post
    assert "彭大姐" not in worker

    answer = page(world.shen).get(f"{address}map.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = words_of(answer.content, tmp_path)
    for wanted in (
        "桥西04网格实战图",
        "图例",
        "警务室",
        "桥西警务室",
        "沈知行",
        "1 :",
        "制图日期",
        world.qiaoxi_04.code,
    ):
        assert wanted in text, wanted
    assert "王女士" not in text
    assert page(world.zhao).get(address).status_code == 404


def test_the_board_says_who_is_responsible_and_how_to_reach_them(world, places, as_role, tmp_path):
    with as_role("portal"):
        shown = Client().get(f"/where/{world.qiaoxi_04.code}/").content.decode()
        sheet = Client().get(f"/where/{world.qiaoxi_04.code}/board.pdf").content
        assert Client().get("/where/nowhere/").status_code == 404

    assert "陆禾" in shown or "沈知行" in shown
    assert "桥西警务室" in shown
    assert "青石一小" not in shown.split("可以去的地方")[1]
    text = words_of(sheet, tmp_path)
    assert "110" in text
    assert f"where/{world.qiaoxi_04.code}/" in text


def test_a_sheet_is_a3_and_an_area_without_border_has_none(world, places):
    with translation.override("en"):
        sheet = work_map(world.qiaoxi_04, clock.now())
    assert sheet.startswith(b"%PDF")
    world.qiaoxi_04.versions.update(boundary={"type": "MultiPolygon", "coordinates": []})
    with pytest.raises(NoBorder):
        board(world.qiaoxi_04, clock.now(), address="x", code="<svg/>")
