"""The pages about promised minutes: cover with one crew gone, what is promised, whether calls were in time."""

import pytest

from shouwang.core import clock
from shouwang.dispatch.models import MoveUp, RapidRule
from shouwang.dispatch.tests.ground import laid, place
from shouwang.duty.models import Shift
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading


@pytest.fixture
def street(world, as_role):  # type: ignore[no-untyped-def]
    laid(as_role, clock.now())
    for unit, step in ((world.qx1, 6), (world.hb1, 10)):
        receive_from_crew(unit, Reading(*place(step), None), source="osmand", at=clock.now())


ITEM = pytest.mark.item("S-CMD-020")


@ITEM
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


@ITEM
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


def test_a_move_is_sent_from_the_desk_and_refused_with_a_reason(world, street, desk, as_role):
    shift = Shift.objects.get(unit=world.qx1)
    given = {"area": world.areas["station"], "duty_path": world.areas["station"].duty_path, "unit": world.qx1,
             "shift": shift, "lon": 111.42, "lat": 27.69, "place_text": "中街岗亭", "seconds": 200, "homes": 120,
             "before": 0.4, "after": 0.7, "proposed_at": clock.now()}  # fmt: skip
    with as_role("jobs"):
        first = MoveUp.objects.create(**given)
    assert "中街岗亭" in desk("fang").get("/desk/reach/moves/").content.decode()
    assert "40% → 70%" in desk("fang").get("/desk/reach/").content.decode()

    assert desk("ming").post(f"/desk/reach/moves/{first.pk}/sending/").status_code in (403, 404)
    told = desk("fang").post(f"/desk/reach/moves/{first.pk}/sending/", headers={"HX-Request": "true"})
    with as_role("jobs"):
        second = MoveUp.objects.create(**given)
    refused = desk("fang").post(f"/desk/reach/moves/{second.pk}/refusal/", {"reason": ""})

    assert (told.status_code, refused.status_code) == (200, 400)
    assert desk("fang").post(f"/desk/reach/moves/{second.pk}/refusal/", {"reason": "快回来了"}).status_code == 302
    assert set(MoveUp.objects.values_list("state", "reason")) == {("sent", ""), ("refused", "快回来了")}
