"""The pages of roads: one is closed, stands on every map and is opened again; the head of the bureau sets the hours."""

import datetime as dt

import pytest

from shouwang.core import clock
from shouwang.core.clock import SHANGHAI
from shouwang.dispatch.tests.ground import laid, place
from shouwang.places.models import DrivingHours, RoadClosure

ROADS, HOURS = "/desk/roads/", "/desk/roads/hours/"


@pytest.fixture
def told(world, as_role):  # type: ignore[no-untyped-def]
    laid(as_role, clock.now())
    now = clock.now().astimezone(SHANGHAI)
    return {
        "name": "长街东段", "reason": "自来水抢修", "begins_at": f"{now:%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + dt.timedelta(hours=5):%Y-%m-%dT%H:%M}",
        "corners": "\n".join("{:.6f}, {:.6f}".format(*place(one)) for one in (6.2, 6.8)),
    }  # fmt: skip


def test_a_dispatcher_closes_a_road_every_map_shows_it_and_it_is_opened_again(world, told, desk):
    fang = desk("fang")
    assert "没有封闭的道路" in fang.get(ROADS).content.decode()
    assert fang.post(ROADS, told).status_code == 302

    page, row = fang.get(ROADS).content.decode(), RoadClosure.objects.get()
    assert "长街东段" in page
    assert "双向" in page
    ground = fang.get("/desk/ground.json").json()
    assert [one["properties"]["name"] for one in ground["closed"]["features"]] == ["长街东段"]
    assert fang.post(f"{ROADS}{row.pk}/opening/").status_code == 302
    assert "没有封闭的道路" in fang.get(ROADS).content.decode()
    assert fang.get("/desk/ground.json").json()["closed"]["features"] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "这里还没有填"), ({"corners": "somewhere"}, "不是一个位置"),
        ({"corners": "111.46, 27.75"}, "那里没有道路"),
        ({"ends_at": "2020-01-01T08:00"}, "尚未到来"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_stays_in_the_form_beside_what_is_wrong(world, told, desk, change, words):
    refused = desk("fang").post(ROADS, told | change)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert "长街东段" in refused.content.decode()
    assert not RoadClosure.objects.exists()


def test_the_head_of_the_bureau_sets_the_hours_and_a_dispatcher_reads_them(world, told, desk):
    percent = {f"{name}-{hour}": "100" for name in ("main", "street", "lane") for hour in range(24)} | {"main-8": "55"}
    assert desk("cheng").post(HOURS, percent | {"main-8": "5"}).status_code == 422
    assert desk("cheng").post(HOURS, percent).status_code == 302
    assert desk("fang").post(HOURS, percent).status_code in (403, 404)

    assert DrivingHours.objects.get().percent["main"][8] == 55
    page = desk("fang").get(HOURS).content.decode()
    assert "<td>55</td>" in page
    assert "<input" not in page.partition("<table")[2].partition("</table>")[0]
