"""The ground of a new town comes by a sheet: all of it or nothing, and twice is once."""

import pytest

from shouwang.core.clock import now
from shouwang.journal.models import Entry
from shouwang.matters.ground import area_at
from shouwang.people.access import NotAllowed
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Scheme, Tier
from shouwang.territory.divisions import fits, parent_code
from shouwang.territory.laying import SheetFaulty, lay_by_sheet, look_over
from shouwang.territory.plots import Line, read_border

EAST = "POLYGON((111.442 27.682,111.448 27.682,111.448 27.698,111.442 27.698,111.442 27.682))"
WEST = "POLYGON((111.412 27.682,111.418 27.682,111.418 27.698,111.412 27.698,111.412 27.682))"


def sheet(*rows):
    return [Line(number, *row) for number, row in enumerate(rows, start=2)]


NEW = sheet(
    ("QS-DM", "东门派出所", "派出所", "", "公安"),
    ("431399001003", "东门社区", "社区", "QS-DM", "公安", "", "900", EAST),
    ("431399001003", "东门社区", "社区", "431399001000", "政府"),
    ("431399001003001", "东门01网格", "网格", "431399001003", "两层", "", "900", EAST),
)


def faults(*rows):
    return {(one.number, one.column) for one in look_over(sheet(*rows), at=now()).faults}


def test_a_new_station_is_laid_with_all_that_lies_in_it(world):
    at = now()

    laying = lay_by_sheet(NEW, by=world.xi.administering(), at=at)

    community = Area.objects.get(code="431399001003")
    station = Area.objects.get(code="QS-DM")
    assert len(laying.new) == 3
    assert community.duty_path == f"{station.duty_path}{community.number}/"
    assert community.government_path.startswith(world.street.government_path)
    assert area_at(111.445, 27.69, at).code == "431399001003001"


def test_what_has_no_border_gets_that_of_what_lies_in_it(world):
    at = now()

    lay_by_sheet(NEW, by=world.xi.administering(), at=at)

    drawn = AreaVersion.objects.in_force_at(at).get(area__code="QS-DM").boundary
    grown = AreaVersion.objects.in_force_at(at).get(area=world.bureau).boundary
    assert read_border(EAST)["coordinates"][0][0] in drawn["coordinates"][0]
    assert max(lon for lon, _lat in grown["coordinates"][0]) == pytest.approx(111.448)


def test_the_same_sheet_twice_changes_nothing(world):
    by = world.xi.administering()
    lay_by_sheet(NEW, by=by, at=now())
    before = (Area.objects.count(), AreaVersion.objects.count(), Entry.objects.count())

    again = lay_by_sheet(NEW, by=by, at=now())

    assert (again.new, again.changed, again.faults) == ([], [], [])
    assert (Area.objects.count(), AreaVersion.objects.count(), Entry.objects.count()) == before


def test_looking_a_sheet_over_changes_nothing(world):
    before = (Area.objects.count(), AreaVersion.objects.count(), Entry.objects.count())

    laying = look_over(NEW, at=now())

    assert len(laying.new) == 3
    assert (Area.objects.count(), AreaVersion.objects.count(), Entry.objects.count()) == before


def test_one_wrong_line_and_nothing_is_laid(world):
    wrong = [*NEW, Line(9, "431399001004", "南门社区", "社区", "QS-NOBODY", "公安")]

    with pytest.raises(SheetFaulty):
        lay_by_sheet(wrong, by=world.xi.administering(), at=now())

    assert not Area.objects.filter(code="QS-DM").exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("43139900100", "南门社区", "社区", "431399001000", "政府"), "code"),
        (("431399001600", "南门社区", "社区", "431399001000", "政府"), "code"),
        (("431399002001", "南门社区", "社区", "431399001000", "政府"), "code"),
        (("QS-1", "南门社区", "小区", "QS", "公安"), "tier"),
        (("QS-1", "南门派出所", "派出所", "", "政府"), "layer"),
        (("431399001004", "桥西社区", "社区", "QS-QSQ", "公安"), "name"),
        (("431399001004", "周明远社区", "社区", "QS-QSQ", "公安"), "name"),
        (("431399001004", "南门社区", "社区", "QS-QSQ", "公安", "", "many"), "households"),
        (("431399001004", "南门社区", "社区", "QS-QSQ", "公安", "", "", "POINT(111 27)"), "border"),
        (("431399001004", "南门社区", "社区", "QS-QSQ", "公安", "XYZ"), "scheme"),
        (("QS2", "另一个局", "公安局", "", "公安"), "code"),
        (("431399001004", "南门社区", "社区", "QS-QSQ", "公安", "", "", EAST.replace("111.442", "111.440")), "border"),
    ],
)
def test_a_fault_names_its_line_and_its_column(world, row, column):
    assert (2, column) in faults(row)


def test_what_is_in_use_keeps_its_border(world):
    assert (2, "code") in faults(("431399001001", "桥西社区", "社区", "QS-QSQ", "公安", "", "", WEST))


def test_what_nobody_holds_yet_can_be_corrected(world):
    by = world.xi.administering()
    lay_by_sheet(NEW, by=by, at=now())

    laying = lay_by_sheet(sheet(("QS-DM", "东门口派出所", "派出所", "", "公安")), by=by, at=now())

    assert [one.name for one in laying.changed] == ["东门口派出所"]
    assert Area.objects.get(code="QS-DM").name == "东门口派出所"


def test_who_does_not_change_settings_lays_nothing(world):
    for by in (world.bao.administering(), world.shenji.administering(), world.lin, world.xi):
        with pytest.raises(NotAllowed):
            lay_by_sheet(NEW, by=by, at=now())


@pytest.mark.parametrize(
    ("code", "scheme", "tier", "right"),
    [
        ("431399000000", Scheme.NBS12, Tier.COUNTY, True),
        ("431399001000", Scheme.NBS12, Tier.COUNTY, False),
        ("431399600000", Scheme.NBS12, Tier.TOWNSHIP, False),
        ("431399100000", Scheme.NBS12, Tier.TOWNSHIP, True),
        ("431399001498", Scheme.NBS12, Tier.COMMUNITY, True),
        ("431399001001000", Scheme.GRID15, Tier.GRID, False),
        ("431399001001999", Scheme.GRID15, Tier.GRID, True),
        ("431399001001999", Scheme.NBS12, Tier.GRID, False),
        ("431399001001999", Scheme.GA15, Tier.COMMUNITY, True),
        ("QS 1", Scheme.OWN, Tier.STATION, False),
    ],
)
def test_a_code_says_what_its_scheme_allows(code, scheme, tier, right):
    assert fits(code, scheme, tier) is right


def test_a_code_tells_its_parent_where_the_scheme_does():
    assert parent_code("431399001001007", Scheme.GRID15, Tier.GRID) == "431399001001"
    assert parent_code("431399001001", Scheme.NBS12, Tier.COMMUNITY) == "431399001000"
    assert parent_code("QS-QSQ", Scheme.OWN, Tier.STATION) is None
