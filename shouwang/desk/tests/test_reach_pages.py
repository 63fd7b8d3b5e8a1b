"""The pages about promised minutes: cover with one crew gone, what is promised, whether calls were in time."""

import pytest

from shouwang.core import clock
from shouwang.dispatch.models import RapidRule
from shouwang.dispatch.tests.ground import laid, place
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading


@pytest.fixture
def street(world, as_role):  # type: ignore[no-untyped-def]
    laid(as_role, clock.now())
    for unit, step in ((world.qx1, 6), (world.hb1, 10)):
        receive_from_crew(unit, Reading(*place(step), None), source="osmand", at=clock.now())


def test_the_page_says_how_many_homes_are_in_time_and_what_each_crew_would_leave(world, street, desk):
    page = desk("fang").get("/desk/reach/").content.decode()

    assert "时限内谁能到" in page
    assert "还没有设定到场时限" in page
    assert "如果桥西1组出警" in page
    assert page.count("<meter") == 24


def test_the_map_of_one_crew_gone_reaches_less(world, street, desk):
    def reach(query: str) -> float:
        import shapely
        from shapely.geometry import shape

        rings = desk("fang").get(f"/desk/reach/map.json{query}").json()["rings"]["features"]
        return float(
            shapely.union_all([shape(one["geometry"]) for one in rings if not one["properties"].get("hole")]).area
        )

    assert 0 < reach(f"?without={world.qx1.pk}") < reach("")
    assert reach("?without=nothing&hour=x") == reach("")
    assert reach("?hour=24") == 0


def test_without_roads_the_page_says_what_is_missing(world, desk):
    assert "还没有可以计算的" in desk("fang").get("/desk/reach/").content.decode()


def test_a_head_sets_what_is_promised_and_a_dispatcher_reads_it(world, desk):
    lines = {"basis": "place", "minutes-hub": "2", "minutes-busy": "４", "minutes-others": "8"}
    assert desk("lin").post("/desk/reach/promised/", lines | {"minutes-busy": "四"}).status_code == 422
    assert desk("lin").post("/desk/reach/promised/", lines).status_code == 302

    page = desk("fang").get("/desk/reach/promised/").content.decode()

    assert "minutes-hub" not in page  # nothing to fill in for who does not set it
    assert [row.minutes for row in RapidRule.objects.order_by("minutes")] == [2, 4, 8]
    assert "青石桥派出所的时限" in page
    assert desk("fang").post("/desk/reach/promised/", lines).status_code in (403, 404, 422)


def test_the_page_of_calls_says_when_there_is_nothing_to_count(world, desk):
    page = desk("lin").get("/desk/reach/kept/?days=7").content.decode()

    assert "没有可计入的警情" in page
    assert "近 7 天" in page
