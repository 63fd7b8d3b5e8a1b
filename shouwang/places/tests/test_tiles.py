"""The base map: tiles of our own ground, kept by version, and a style of the design's own colours."""

import math

import mapbox_vector_tile
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core.actor import Actor
from shouwang.places import tiles
from shouwang.places.loading import load_ground
from shouwang.places.style import style, tokens

HERE = (111.4285, 27.6895)


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "FILES", tmp_path)


def at(z, lon=HERE[0], lat=HERE[1]):
    n = 2**z
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return z, int((lon + 180) / 360 * n), int(row)


def told(z):
    return mapbox_vector_tile.decode(tiles.tile(*at(z)))


def test_the_closer_the_more_is_drawn(laid):
    assert set(told(10)) <= {"road", "water"}
    assert "building" not in told(14)
    assert {"road", "building", "number"} <= set(told(16))


def test_a_house_lies_in_its_tile_where_it_lies_on_the_ground(laid):
    z, x, y = at(16)
    house = next(one for one in told(16)["number"]["features"] if one["properties"]["name"] == "12")
    across, up = house["geometry"]["coordinates"]

    lon = (x + across / 4096) / 2**z * 360 - 180
    down = 1 - up / 4096
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + down) / 2**z))))
    assert (lon, lat) == pytest.approx(HERE, abs=3e-6)


def test_borders_between_grids_come_from_zoom_13_and_each_is_drawn_once(laid):
    kinds = [one["properties"]["kind"] for one in told(13)["border"]["features"]]

    assert sorted(kinds) == ["community", "grid"]
    assert [one["properties"]["kind"] for one in told(12)["border"]["features"]] == ["community"]


def test_names_of_communities_are_on_the_map_and_no_person_is(laid):
    words = {
        str(value)
        for z in range(8, 17)
        for layer in told(z).values()
        for one in layer["features"]
        for value in one["properties"].values()
    }

    assert {"桥西路", "12"} <= words
    assert words - {"桥西路", "青溪", "12", "桥西社区", "河埠社区"} <= {
        "main",
        "river",
        "house",
        "door",
        "community",
        "grid",
    }


@pytest.mark.parametrize("asked", [(3, 0, 0), (17, 1, 1), (12, -1, 5), (12, 99999, 5), (14, 1, 1)])
def test_a_tile_without_ground_is_empty_and_not_kept(laid, tmp_path, asked):
    assert tiles.tile(*asked) == b""
    assert not list(tmp_path.rglob("*.mvt"))


def test_a_tile_is_cut_once_and_thrown_away_when_the_ground_changes(laid, small_ground, as_role, noon, tmp_path):
    first = tiles.tile(*at(16))
    with CaptureQueriesContext(connection) as asked:
        assert tiles.tile(*at(16)) == first
    assert not any("places_mapfeature" in query["sql"] for query in asked.captured_queries)

    small_ground.source, small_ground.features = "drawn again", small_ground.features[:1]
    with as_role("jobs"):
        load_ground(small_ground, by=Actor.system(), at=noon)
    assert "building" not in told(16)
    assert len(list((tmp_path / "tiles").iterdir())) == 1


def test_a_full_disk_only_makes_the_map_slower(laid, tmp_path, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)

    assert tiles.tile(*at(16))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_asks_for_nothing_from_elsewhere_and_uses_only_the_tokens(theme):
    made = style(theme, "http://here/map/tiles/v/{z}/{x}/{y}.mvt", (111, 27, 112, 28))
    words = str(made)

    assert "glyphs" not in made
    assert "sprite" not in made
    assert words.count("http") == 1
    colours = {value for layer in made["layers"] for name, value in layer["paint"].items() if name.endswith("color")}
    assert colours <= set(tokens(theme).values())
    assert len({layer["id"] for layer in made["layers"]}) == len(made["layers"])


def test_without_ground_the_style_is_bare_land():
    assert [layer["id"] for layer in style("dark", "", None)["layers"]] == ["land"]
