"""The base map is open to everybody, through the portal's own rights."""

import pytest
from django.conf import settings
from django.test import Client

from shouwang.core.actor import Actor
from shouwang.demo.world import SINCE
from shouwang.places.ground import Ground, GroundFeature
from shouwang.places.loading import load_ground


@pytest.fixture
def laid(world, as_role, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "FILES", tmp_path)
    street = {"type": "LineString", "coordinates": [[111.425, 27.690], [111.430, 27.690]]}
    ground = Ground("by hand", [GroundFeature("road", "primary", street, "桥西路")])
    with as_role("jobs"):
        load_ground(ground, by=Actor.system(), at=SINCE)


def test_a_visitor_gets_style_and_tiles_with_the_rights_of_the_portal(laid, as_role):
    with as_role("portal"):
        style = Client().get("/map/style-light.json")
        version = style.json()["sources"]["ground"]["tiles"][0].split("/")[-4]
        tile = Client().get(f"/map/tiles/{version}/14/13263/6879.mvt")

    assert style.status_code == tile.status_code == 200
    assert tile["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "immutable" in tile["Cache-Control"]
    assert "桥西路".encode() in tile.content


def test_a_tile_of_an_older_version_is_answered_and_not_kept(laid):
    tile = Client().get("/map/tiles/old/14/13263/6879.mvt")

    assert tile.content
    assert tile["Cache-Control"] == "no-store"


def test_a_theme_that_is_not_there_is_not_found(world):
    assert Client().get("/map/style-pink.json").status_code == 404
