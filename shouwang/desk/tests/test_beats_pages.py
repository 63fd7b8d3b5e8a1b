"""Beats at the desk: 4 sectors and 16 beats, what is to be walked on them, and who is known for every hour."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.beats.counting import count_days
from shouwang.beats.models import Beat, Change, Covered, Point, Stretch, Surface
from shouwang.core import clock
from shouwang.duty.models import Unit
from shouwang.places.models import Area
from shouwang.territory.overlays import draw_areas, make_layer
from shouwang.tracking.models import Fix


def square(lon: float, lat: float, side: float = 0.002) -> dict[str, object]:
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def lead(world, desk_of) -> Client:
    return desk_of(world.zhou)


@pytest.fixture
def drawn(world) -> None:
    """Four sectors and sixteen beats in two free layers of the station."""
    at, station = clock.now(), Area.objects.get(name="青石桥派出所")
    sectors = make_layer(station, "片区", "sector", by=world.lin, at=at)
    draw_areas(sectors, [(f"第{n}片", square(111.4 + n / 100, 27.6, 0.008)) for n in "1234" for n in [int(n)]],
               by=world.lin, at=at)  # fmt: skip
    beats = make_layer(station, "巡区", "beat", by=world.lin, at=at)
    draw_areas(beats, [(f"{n}号巡区", square(111.4 + n / 400, 27.69)) for n in range(1, 17)], by=world.lin, at=at)


def set_up(lead: Client, numbers: range = range(1, 17)) -> None:
    for n in numbers:
        area, sector = Area.objects.get(name=f"{n}号巡区"), Area.objects.get(name=f"第{(n - 1) // 4 + 1}片")
        asked = {"area": str(area.pk), "sector": str(sector.pk), "cap_times": "2.5", "team": ""}
        assert lead.post(reverse("desk:beat_new"), asked).status_code == 302


def acts(lead: Client, beat: Beat, act: str, **given: object) -> int:
    return lead.post(reverse("desk:beat", args=[beat.pk]), {"act": act, **given}).status_code


@pytest.mark.item("S-PAT-008")
def test_four_sectors_and_sixteen_beats_each_with_points_windows_and_a_team(world, lead, drawn, desk_of):
    set_up(lead)
    beat, team = Beat.objects.get(area__name="1号巡区"), Unit.objects.get(name="桥西1组")
    assert acts(lead, beat, "team", team=str(team.pk), cap_times="3") == 302
    assert acts(lead, beat, "window", begins="20:00", ends="02:00", min_passes="2", team="") == 302
    assert acts(lead, beat, "window", begins="03:00", ends="04:00", min_passes="0", team="") == 422  # PAT-06
    assert acts(lead, beat, "point", name="南门广场", kind="square", lon="111.4030", lat="27.6910") == 302
    sheet = SimpleUploadedFile("points.csv", "名称,种类,经度,纬度\n车站,hub,111.4035,27.6915\n".encode())
    assert acts(lead, beat, "sheet", file=sheet) == 302
    wrong = SimpleUploadedFile("points.csv", "车站二,hub,东,北\n,,,\n甲,hub,x,y\n".encode())
    assert acts(lead, beat, "sheet", file=wrong) == 422

    with CaptureQueriesContext(connection) as asked:
        page = lead.get(reverse("desk:beats")).content.decode()
    assert len(asked) <= 25
    assert page.count("号巡区") == 16
    assert lead.get(reverse("desk:beats"), {"sector": str(beat.sector_id)}).content.decode().count("号巡区") == 4
    one = lead.get(reverse("desk:beat", args=[beat.pk])).content.decode()
    assert all(words in one for words in ("南门广场", "18:00–22:00", "20:00–02:00", "17:00–00:00", "3.0", "桥西1组"))
    plates = lead.get(reverse("desk:beat_plates", args=[beat.pk])).content.decode()
    assert plates.count("<svg") >= 2
    assert Point.objects.get(name="车站").spoken_code in plates
    assert desk_of(world.stranger).get(reverse("desk:beats")).status_code in (302, 403)
    assert acts(lead, beat, "end_window", part=str(beat.windows.first().pk)) == 302
    n_standing = beat.windows.filter(ended_at=None).count()  # what has ended is not counted
    assert f"{n_standing} 个时段" in lead.get(reverse("desk:beats")).content.decode()
    for reader in (world.fang, world.shen):  # may not at all; sees it from a community below
        assert desk_of(reader).post(reverse("desk:beat", args=[beat.pk]), {"act": "end"}).status_code == 403
    assert acts(lead, beat, "end") == 302
    assert lead.get(reverse("desk:beat", args=[beat.pk])).status_code == 404


@pytest.mark.item("S-PAT-009")
def test_uncovered_hours_of_tomorrow_are_listed_and_a_skip_says_why(lead, drawn):
    set_up(lead, range(1, 3))
    first = Beat.objects.get(area__name="1号巡区")
    day = clock.local_date(clock.now()) + dt.timedelta(days=1)
    page = lead.get(reverse("desk:beats_day")).content.decode()
    assert "2 个巡区没有全天覆盖" in page
    whole = {"begins_at": f"{day}T00:00", "ends_at": f"{day + dt.timedelta(days=1)}T00:00"}
    team = Unit.objects.get(name="桥西2组")

    assert acts(lead, first, "change", **whole, team=str(team.pk), reason="") == 422
    assert acts(lead, first, "change", **whole, team=str(team.pk), reason="一组参加考试安保") == 302
    with CaptureQueriesContext(connection) as asked:
        page = lead.get(reverse("desk:beats_day")).content.decode()
    assert len(asked) <= 25
    assert "1 个巡区没有全天覆盖" in page
    assert "24 小时有人" in page

    second = Beat.objects.get(area__name="2号巡区")
    assert acts(lead, second, "change", **whole, team="", reason="街道封闭施工") == 302
    assert "街道封闭施工" in lead.get(reverse("desk:beats_day")).content.decode()
    assert Change.objects.filter(what="skipped").count() == 1


@pytest.mark.item("S-PAT-010")
def test_points_streets_and_squares_are_covered_from_the_ways_walked_and_only_the_beat_stays(lead, drawn, as_role):
    set_up(lead, range(1, 2))
    beat, team = Beat.objects.get(), Unit.objects.get(name="桥西1组")
    acts(lead, beat, "window", begins="20:00", ends="22:00", min_passes="1", team="")
    for name, lon in (("东口", "111.4027"), ("西口", "111.4043")):
        acts(lead, beat, "point", name=name, kind="crowd", lon=lon, lat="27.6910")
    line = {"type": "LineString", "coordinates": [[111.4025, 27.691], [111.4045, 27.691]]}
    Stretch.objects.create(beat=beat, name="桥西路", line=line, metres=197)
    Surface.objects.create(beat=beat, name="南门广场", boundary=square(111.4025, 27.6905, 0.001))
    at = clock.now()
    night = dt.datetime.combine(clock.local_date(at) - dt.timedelta(days=1), dt.time(20, 30), clock.SHANGHAI)
    for n in range(6):
        seen = night + dt.timedelta(minutes=n)
        Fix.objects.create(
            unit=team.pk, shift=team.pk, at=seen, received_at=seen, lon=111.4025 + n * 0.0002, lat=27.691, source="test"
        )

    with as_role("jobs"):
        count_days(at, back=1)
        Fix.objects.all().delete()

    row = Covered.objects.get()
    assert (row.passes, row.points_seen, row.points) == (1, 1, 2)
    assert 0.4 < row.metres_walked / row.metres < 0.75
    assert 0.5 < row.square_m_seen / row.square_m <= 1
    page = lead.get(reverse("desk:beat", args=[beat.pk])).content.decode()
    assert "1/1" in page
    assert "1/2" in page
    assert not {"unit", "person", "shift"} & {field.name for field in Covered._meta.fields}
