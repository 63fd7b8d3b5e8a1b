"""Who is known for the hours of a beat: lines of rosters by unit, ground or the name of a sector, and patrols."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.beats import keeping
from shouwang.beats.around import _walks
from shouwang.beats.models import Beat, Stretch, Surface
from shouwang.core import clock
from shouwang.desk.beats.walks import days_on
from shouwang.desk.tests.patrols import order, plan, put
from shouwang.places.models import Area
from shouwang.territory.overlays import draw_areas, make_layer, outline_of

HOUR = dt.timedelta(hours=1)


def square(lon: float, lat: float, side: float = 0.002) -> dict[str, object]:
    return outline_of([(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)])


@pytest.fixture
def beats(world):
    """`beats(2)`: that many more of them, in one sector."""
    at, station = clock.now(), Area.objects.get(name="青石桥派出所")
    sectors = make_layer(station, "片区", "sector", by=world.lin, at=at)
    sector = draw_areas(sectors, [("东南片", square(111.40, 27.60, 0.01))], by=world.lin, at=at)[0]
    layer = make_layer(station, "巡区", "beat", by=world.lin, at=at)

    def more(numbers: range) -> list[Beat]:
        drawn = [(f"{n}号巡区", square(111.40 + n / 400, 27.69)) for n in numbers]
        return [keeping.make_beat(area, by=world.zhou, at=at, sector=sector, team=world.qx1)
                for area in draw_areas(layer, drawn, by=world.lin, at=at)]  # fmt: skip

    return more


def line(**told: str) -> SimpleNamespace:
    return SimpleNamespace(**{"unit": "", "ground": "", "team": "", **told})


def test_a_line_of_a_roster_is_matched_by_its_ids_before_any_name(world, beats):
    beat = beats(range(1, 2))[0]

    assert _walks(line(unit=str(world.qx1.pk)), beat)
    assert not _walks(line(unit=str(world.qx2.pk), team="东南片"), beat)
    assert _walks(line(ground=str(beat.sector_id)), beat)
    assert _walks(line(ground=str(beat.area_id)), beat)
    assert not _walks(line(ground=str(world.hebu.pk), team="东南片"), beat)  # called alike, and elsewhere
    assert _walks(line(team="东南片"), beat)
    assert not _walks(line(team="东南"), beat)
    assert not _walks(line(), beat)


@pytest.mark.item("S-PAT-009")
def test_a_patrol_that_was_ordered_on_a_beat_covers_its_hours(world, beats, desk_of):
    beat, other = beats(range(1, 3))
    on = clock.local_date(clock.now()) + dt.timedelta(days=1)
    begins = dt.datetime.combine(on, dt.time(10), clock.SHANGHAI)
    said = {"starts_at": f"{on}T10:00", "ends_at": f"{on}T13:00", "beat": str(beat.area_id)}
    row = plan(desk_of(world.shen), order(world, **said))
    assert [one.hours_free for one in days_on([beat, other], on)] == [24, 24]  # nobody is on it yet

    assert put(desk_of(world.shen), row, world.shen) == 302

    first, second = days_on([beat, other], on)
    assert (first.hours_free, second.hours_free) == (21, 24)
    assert all(not (a < begins + HOUR < b) for a, b in first.free)
    assert "已下达的巡防任务" in desk_of(world.zhou).get(reverse("desk:beats_day")).content.decode()


@pytest.mark.item("S-PAT-010")
def test_stretches_and_surfaces_are_drawn_shown_on_the_map_and_ended(world, beats, desk_of):
    beat, zhou = beats(range(1, 2))[0], desk_of(world.zhou)
    drawing, page = (reverse(name, args=[beat.pk]) for name in ("desk:beat_drawing", "desk:beat"))
    street = "111.4026, 27.6905\n111.4040, 27.6905"
    place = "111.4030, 27.6908\n111.4035, 27.6908\n111.4035, 27.6912"

    assert zhou.post(drawing, {"name": "桥西路", "corners": "111.4026, 27.6905"}).status_code == 422
    assert zhou.post(drawing, {"name": "桥西路", "corners": "路口"}).status_code in (400, 422)
    assert zhou.post(drawing, {"name": "桥西路", "corners": street}).status_code == 302
    assert zhou.post(drawing, {"name": "桥西路", "corners": street}).status_code == 409
    assert zhou.post(f"{drawing}?as=surface", {"name": "广场", "corners": street}).status_code == 422
    assert zhou.post(f"{drawing}?as=surface", {"name": "广场", "corners": place}).status_code == 302
    assert desk_of(world.ming).get(drawing).status_code == 403
    assert Stretch.objects.get().metres == pytest.approx(138, abs=2)

    drawn = zhou.get(reverse("desk:beat_map", args=[beat.pk])).json()
    assert [len(drawn[name]["features"]) for name in ("grids", "route", "rings")] == [2, 1, 1]
    assert zhou.post(page, {"act": "end_stretch", "part": str(Stretch.objects.get().pk)}).status_code == 302
    assert zhou.post(page, {"act": "end_surface", "part": str(Surface.objects.get().pk)}).status_code == 302
    assert zhou.get(reverse("desk:beat_map", args=[beat.pk])).json()["route"]["features"] == []


def test_the_list_and_the_day_cost_as_many_queries_with_twenty_beats_as_with_two(world, beats, desk_of):
    zhou = desk_of(world.zhou)

    def asked_for(numbers: range) -> list[int]:
        for beat in beats(numbers):
            keeping.add_window(beat, dt.time(18), dt.time(22), 1, by=world.zhou, at=clock.now())
        found = []
        for name in ("desk:beats", "desk:beats_day"):
            zhou.get(reverse(name))
            with CaptureQueriesContext(connection) as asked:
                assert zhou.get(reverse(name)).status_code == 200
            found.append(len(asked))
        return found

    assert asked_for(range(1, 3)) == asked_for(range(3, 21))
