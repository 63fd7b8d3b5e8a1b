"""Borders are drawn through the page: each act answers with the drawing, its faults and its worksheet; then a draft."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.places.models import Area, AreaVersion
from shouwang.planning.tests.conftest import ground  # noqa: F401
from shouwang.territory.drawing import Piece, draw_cut

MIDDLE = "111.4240000, 27.6900000"


@pytest.fixture
def drawn(world, ground, desk):  # noqa: F811
    """A function: an act of 沈知行 on the drawing as the page gave it last; the page that answers."""
    address = reverse("desk:borders", args=[world.qiaoxi.code])
    client = desk("shen")
    first = client.get(address)
    kept = {"page": first.content.decode()}

    def act(name, status=200, **given):
        told = {"drawing": drawing_in(kept["page"]), "cut": cut_in(kept["page"]), "act": name} | given
        answer = client.post(address, told)
        assert answer.status_code == status, answer.status_code
        if status == 302:
            return answer.url
        kept["page"] = answer.content.decode()
        return kept["page"]

    act.page = kept["page"]
    return act


def drawing_in(page):
    return html.unescape(re.search(r'<textarea name="drawing"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])


def cut_in(page):
    return re.search(r'name="cut" value="([^"]*)"', page)[1]


def features(page):
    return json.loads(drawing_in(page))["features"]


@pytest.mark.item("S-GRD-001", "S-GRD-007", "S-GRD-008")
def test_borders_are_moved_split_named_laid_down_approved_and_come_into_force(world, desk, drawn):
    for measure in ("户数", "出租", "场所", "一年警情", "最大与中位数之比"):
        assert measure in drawn.page

    page = drawn("move", corner=MIDDLE, to="111.4246, 27.6905")
    assert sum("[111.4246, 27.6905]" in json.dumps(one["geometry"]) for one in features(page)) == 4
    assert "没有空隙，没有重叠" in page

    page = drawn("split", chosen="0", line="111.4210, 27.6995\n111.4210, 27.6880")
    assert len(features(page)) == 5
    assert "没有空隙，没有重叠" in page
    assert "户要换网格" in page
    households = [one["properties"]["households"] for one in features(page)]
    assert sum(households) == 1560  # counted where people live, not shared out by area
    page = drawn("name", chosen="4", title="桥西桥头网格")

    draft = drawn("save", status=302)
    for who, act in (("su", "check"), ("lin", "approve"), ("cheng", "force")):
        assert desk(who).post(f"{draft}acts/", {"act": act}).status_code == 302
    new = AreaVersion.objects.in_force_at(clock.now()).get(name="桥西桥头网格", layer="duty")
    assert new.area.code == "431399001001005"
    assert Area.objects.get(pk=new.area_id).name == "桥西桥头网格"


def test_faults_are_shown_with_their_outline_and_the_draft_is_mended_on_the_page(world, desk, drawn):
    gap = json.loads(drawing_in(drawn.page))
    gap["features"].pop()
    page = drawn("bring", brought=json.dumps(gap))
    assert "这块地没有人管" in page
    outlines = json.loads(html.unescape(re.search(r'data-faults="([^"]*)"', page)[1]))["features"]
    assert outlines[0]["geometry"]["type"] == "Polygon"

    draft = drawn("save", status=302)
    desk("lin").post(f"{draft}acts/", {"act": "check"})
    shown = desk("shen").get(draft).content.decode()
    assert 'class="fault"' in shown
    key = draft.rstrip("/").rsplit("/", 1)[1]
    client, address = desk("shen"), reverse("desk:borders", args=[world.qiaoxi.code])
    page = client.get(address, {"cut": key}).content.decode()
    assert "正在改草案" in page
    ring = "111.4240, 27.6820\n111.4300, 27.6820\n111.4300, 27.6900\n111.4240, 27.6900"
    told = {"drawing": drawing_in(page), "cut": cut_in(page), "act": "draw", "line": ring}
    page = client.post(address, told).content.decode()
    assert "没有空隙，没有重叠" in page

    mended = client.post(address, {"drawing": drawing_in(page), "cut": cut_in(page), "act": "save"})

    assert mended.status_code == 302
    assert desk("lin").post(f"{mended.url}acts/", {"act": "check"}).status_code == 302
    assert AreaVersion.objects.filter(cut=key, status="superseded").exists()
    assert desk("lin").post(f"{draft}acts/", {"act": "check"}).status_code in (404, 409)


def test_everything_is_done_without_a_map_by_list_and_typed_places(drawn):
    page = drawn("add_typed", to="111.4240, 27.6940")
    assert json.dumps(features(page)[0]["geometry"]).count("27.694]") == 1
    page = drawn("nudge", nudge="east", corner="111.4240000, 27.6940000")
    assert "111.4240102" in drawing_in(page)
    page = drawn("remove", corner="111.4240102, 27.6940000")
    page = drawn("merge", chosen="0", other="1")
    assert len(features(page)) == 3
    assert 'class="picture"' in page


@pytest.mark.parametrize(
    ("act", "given", "said"),
    [
        ("move", {"corner": MIDDLE, "to": "somewhere"}, "不是一个位置"),
        ("move", {"corner": "111.4200000, 27.6950000", "to": MIDDLE}, "没有顶点"),
        ("split", {"line": "111.4200, 27.6950\n111.4201, 27.6951"}, "没有把桥西01网格分成两半"),
        ("merge", {"other": "3"}, "不相邻"),
        ("name", {"title": "x", "chosen": "99"}, ""),
        ("bring", {"brought": "{}"}, "不是"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_the_drawing_stays(drawn, act, given, said):
    before = drawing_in(drawn.page)

    page = drawn(act, status=422 if said else 200, **({"chosen": "0"} | given))

    assert said in page
    if said:
        assert drawing_in(page) == before


def test_a_name_of_a_person_or_of_another_grid_is_refused_when_it_is_laid_down(drawn):
    drawn("name", chosen="0", title="陆禾网格")
    assert "不能" in drawn("save", status=422) or "人名" in drawn("save", status=422)
    drawn("name", chosen="0", title="河埠01网格")
    drawn("save", status=422)


def test_next_door_and_crews_draw_nothing_here(world, desk, drawn):
    address = reverse("desk:borders", args=[world.qiaoxi.code])

    assert desk("zhao").get(address).status_code == 404
    assert desk("ming").get(address).status_code == 403
    assert desk("zhao").post(address, {"drawing": drawing_in(drawn.page), "act": "save"}).status_code == 404
    others = draw_cut(
        {world.hebu: [Piece(AreaVersion.objects.filter(area=world.hebu).first().boundary)]},
        by=world.zhao,
        at=clock.now(),
    )
    assert desk("shen").get(address, {"cut": str(others.key)}).status_code in (403, 404)
    assert desk("shen").get(address, {"cut": "x"}).status_code == 404
