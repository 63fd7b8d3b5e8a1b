"""Free layers through their pages: made, drawn, brought, named, retired; seen on the desk; no access by any of them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwang.core import clock
from shouwang.matters.ground import area_at
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from shouwang.places.models import Area, AreaVersion, FreeLayer
from shouwang.territory.overlays import areas_of
from shouwang.territory.tests.test_tiling import box

CORNERS = "111.424, 27.686\n111.428, 27.686\n111.428, 27.690\n111.424，27.690"


def browser_of(who):
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(who.person, label="test", at=clock.now(), proven=True)[1]
    return browser


@pytest.fixture
def head(world):
    return browser_of(world.lin)


@pytest.fixture
def layer(world, head):
    made = head.post("/desk/layers/", {"name": "车巡巡区", "ground": world.station.code, "tier": "sector"})
    assert made.status_code == 302
    return FreeLayer.objects.get()


def act(browser, layer, what, **given):
    return browser.post(f"/desk/layers/{layer.pk}/", {"act": what, **given})


def drawing(**named):
    features = [
        {"type": "Feature", "geometry": border, "properties": {"title": name}} for name, border in named.items()
    ]
    return SimpleUploadedFile("areas.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


def test_a_layer_is_drawn_shown_to_the_desk_named_and_retired(world, head, layer):
    assert act(head, layer, "draw", name="一巡区", corners=CORNERS).status_code == 302

    board = browser_of(world.fang).get("/desk/").content.decode()
    assert f"/desk/layers/{layer.pk}/areas.geojson" in board
    assert "车巡巡区" in board
    drawn = browser_of(world.fang).get(f"/desk/layers/{layer.pk}/areas.geojson").json()["features"]
    assert [one["properties"]["title"] for one in drawn] == ["一巡区"]
    assert len(drawn[0]["geometry"]["coordinates"][0]) == 5

    code = Area.objects.get(layer="free").code
    assert act(head, layer, "name", area=code, name="东巡区").status_code == 302
    assert act(head, layer, "rename", name="白班巡区").status_code == 302
    page = head.get(f"/desk/layers/{layer.pk}/").content.decode()
    assert "东巡区" in page
    assert "白班巡区" in page

    assert act(head, layer, "retire").status_code == 302
    assert "白班巡区" not in head.get("/desk/layers/").content.decode()
    assert "areas.geojson" not in browser_of(world.fang).get("/desk/").content.decode()
    assert head.get(f"/desk/layers/{layer.pk}/").status_code == 404
    assert AreaVersion.objects.filter(layer="free").count() == 2  # both names stay on record


def test_a_file_lays_all_areas_or_none_and_twice_the_same_once(head, layer):
    two = {"一巡区": box(111.424, 27.686, 111.426, 27.690), "二巡区": box(111.426, 27.686, 111.428, 27.690)}
    for _twice in range(2):
        assert act(head, layer, "bring", file=drawing(**two)).status_code == 302
    assert AreaVersion.objects.filter(layer="free").count() == 2

    wider = two | {"二巡区": box(111.426, 27.686, 111.430, 27.690)}
    assert act(head, layer, "bring", file=drawing(**wider)).status_code == 302
    now = {one.name: one.boundary for one in areas_of(layer, clock.now())}
    assert now["二巡区"] == wider["二巡区"]

    crossed = {"type": "Polygon", "coordinates": [[[111.4, 27.6], [111.5, 27.7], [111.5, 27.6], [111.4, 27.7],
                                                   [111.4, 27.6]]]}  # fmt: skip
    refused = act(head, layer, "bring", file=drawing(三巡区=box(111.4, 27.6, 111.41, 27.61), 四巡区=crossed))
    assert refused.status_code == 422
    assert "四巡区" in refused.content.decode()
    assert {one.name for one in areas_of(layer, clock.now())} == {"一巡区", "二巡区"}


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("draw", {"name": "一巡区", "corners": "111.4, 27.6"}),
        ("draw", {"name": "一巡区", "corners": "here"}),
        ("draw", {"name": "", "corners": CORNERS}),
        ("draw", {"name": "林正平巡区", "corners": CORNERS}),
        ("bring", {}),
        ("bring", {"file": SimpleUploadedFile("areas.geojson", b"PK\x03\x04")}),
        ("bring", {"file": drawing(一巡区={"type": "Polygon", "coordinates": [[["a", 1], [2], None]]})}),
        ("bring", {"file": drawing(一巡区={"type": "Point", "coordinates": [111.4, 27.6]})}),
        ("draw", {"name": "一巡区", "corners": "nan, nan\n111.4, 27.6\n111.5, 27.7"}),
        ("draw", {"name": "一\u202e巡区", "corners": CORNERS}),
        ("rename", {"name": " "}),
    ],
)
def test_what_cannot_be_drawn_is_said_and_changes_nothing(head, layer, what, given):
    answer = act(head, layer, what, **given)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Area.objects.filter(layer="free").exists()


def test_a_sector_gives_no_access_and_moves_no_call(world, head, layer):
    at, before = clock.now(), area_at(111.426, 27.688, clock.now())
    act(head, layer, "draw", name="一巡区", corners=CORNERS)

    sector = Area.objects.get(layer="free")
    assert sector.duty_path == sector.government_path == ""
    assert area_at(111.426, 27.688, at) == before
    assert browser_of(world.shen).get(f"/desk/layers/{layer.pk}/").status_code == 200
    assert act(browser_of(world.shen), layer, "draw", name="二巡区", corners=CORNERS).status_code == 404
    assert act(browser_of(world.fang), layer, "retire").status_code == 403


def test_nobody_makes_a_layer_on_ground_that_is_not_his_and_names_are_kept_apart(world, head, layer):
    told = {"name": "步巡巡段", "ground": world.station.code, "tier": "beat"}
    assert browser_of(world.fang).post("/desk/layers/", told).status_code == 404
    again = head.post("/desk/layers/", told | {"name": "车巡巡区"})
    assert again.status_code == 409
    assert "车巡巡区" in again.content.decode()
    assert browser_of(world.fang).get("/desk/layers/").status_code == 200
