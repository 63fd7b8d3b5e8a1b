"""Night-economy zones at the desk: hours over midnight, venues and ranks on the map, a plan by post and day, an end."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.beats import zoning
from shouwang.beats.models import NightZone, Spot, ZoneTask
from shouwang.core import clock

CORNERS = "111.4240, 27.6860\n111.4280, 27.6860\n111.4280, 27.6890\n111.4240, 27.6890"
RING = [(111.424, 27.686), (111.428, 27.686), (111.428, 27.689), (111.424, 27.689)]


def set_up(browser: Client, world, **given: object) -> int:
    asked = {
        "name": "书院街夜市",
        "ground": str(world.qiaoxi.pk),
        "begins": "18:00",
        "ends": "02:00",
        "corners": CORNERS,
    }
    return browser.post(reverse("desk:night_zone_new"), {**asked, **given}).status_code


def act(browser: Client, row: NightZone, what: str, **given: object) -> int:
    return browser.post(reverse("desk:night_zone", args=[row.pk]), {"act": what, **given}).status_code


def in_days(n: int) -> str:
    return str(clock.local_date(clock.now()) + dt.timedelta(days=n))


@pytest.fixture
def zone(world) -> NightZone:
    hours = dt.time(18), dt.time(2)
    return zoning.make_zone(world.qiaoxi, "书院街夜市", RING, hours, by=world.shen, at=clock.now())


@pytest.mark.parametrize(
    ("begins", "ends", "moment", "busy"),
    [(18, 2, 18, True), (18, 2, 1, True), (18, 2, 2, False), (18, 2, 12, False), (9, 17, 12, True), (9, 17, 17, False)],
)
def test_hours_may_pass_midnight(begins, ends, moment, busy):
    zone = NightZone(begins=dt.time(begins), ends=dt.time(ends))

    assert zone.open_at(dt.time(moment)) is busy


@pytest.mark.item("S-PAT-025")
def test_a_zone_has_hours_over_midnight_venues_and_taxi_ranks_on_the_map(world, desk_of):
    shen = desk_of(world.shen)
    for wrong in ({"ends": "18:00"}, {"corners": "111.4, 27.6\n111.5, 27.6"}, {"corners": "桥头"}, {"name": ""},
                  {"corners": "111.0, 27.0\n112.0, 27.0\n112.0, 28.0"}):  # fmt: skip
        assert set_up(shen, world, **wrong) == 422 or set_up(shen, world, **wrong) == 400, wrong
    assert set_up(shen, world) == 302
    assert set_up(shen, world) == 409  # the same name once more
    row = NightZone.objects.get()
    assert act(shen, row, "spot", kind="venue", name="河畔餐吧", lon="111.4260", lat="27.6870", closes="01:30") == 302
    assert act(shen, row, "spot", kind="rank", name="书院街口上客点", lon="111.4270", lat="27.6880", closes="") == 302
    assert act(shen, row, "spot", kind="rank", name="书院街口上客点", lon="27.6880", lat="111.4270") == 422

    page = shen.get(reverse("desk:night_zone", args=[row.pk])).content.decode()
    assert all(words in page for words in ("18:00–02:00", "次日", "河畔餐吧", "01:30", "出租车上客点"))
    drawn = shen.get(reverse("desk:night_zone_map", args=[row.pk])).json()
    assert [one["properties"]["kind"] for one in drawn["matters"]["features"]] == ["书院街口上客点", "河畔餐吧"]
    assert drawn["grids"]["features"][0]["geometry"]["type"] == "Polygon"
    assert "书院街夜市" in desk_of(world.ming).get(reverse("desk:night_zones")).content.decode()
    assert act(desk_of(world.ming), row, "end_spot", part=str(Spot.objects.first().pk)) == 403
    assert desk_of(world.zhao).get(reverse("desk:night_zone", args=[row.pk])).status_code == 404  # next door


@pytest.mark.item("S-PAT-025")
def test_its_plan_says_who_by_when_and_it_closes_with_an_outcome_once_all_is_over(world, desk_of, zone):
    shen, lu = desk_of(world.shen), desk_of(world.lu)
    told = {
        "kind": "lighting",
        "text": "南口两盏路灯不亮，报修并回看",
        "post": str(world.lu.post.pk),
        "body": "路灯管理所",
    }
    assert act(shen, zone, "task", **told, due_on=in_days(-1)) == 422
    assert act(shen, zone, "task", **{**told, "text": "嫌疑人出没"}, due_on=in_days(2)) >= 400
    assert act(shen, zone, "task", **told, due_on=in_days(2)) == 302
    for kind, text in (
        ("patrol", "徒步两趟"),
        ("noise", "22:00 后测两次"),
        ("transport", "散场加派车"),
    ):
        given = {"kind": kind, "text": text, "post": str(world.shen.post.pk), "body": "", "due_on": in_days(5)}
        assert act(shen, zone, "task", **given) == 302
    lights = ZoneTask.objects.get(kind="lighting")

    assert act(lu, zone, "move", part=str(lights.pk), state="done", said="") == 422
    assert act(lu, zone, "move", part=str(lights.pk), state="done", said="两盏均已修好") == 302
    patrol = ZoneTask.objects.get(kind="patrol")
    assert act(lu, zone, "move", part=str(patrol.pk), state="done", said="不是他的") == 403
    assert act(shen, zone, "close", outcome="秩序良好") == 409  # three are not over
    for one in ZoneTask.objects.exclude(pk=lights.pk):
        assert act(shen, zone, "move", part=str(one.pk), state="dropped", said="街区提前收市") == 302
    assert act(shen, zone, "close", outcome="") == 422
    assert act(shen, zone, "close", outcome="投诉由每周九件降到两件") == 302

    page = shen.get(reverse("desk:night_zone", args=[zone.pk])).content.decode()
    assert all(words in page for words in ("路灯管理所", "陆禾", "两盏均已修好", "投诉由每周九件降到两件"))
    assert act(shen, zone, "spot", kind="venue", name="新店", lon="111.4260", lat="27.6870") == 409
    assert "已结束" in shen.get(reverse("desk:night_zones")).content.decode()


def test_the_list_and_a_zone_cost_as_many_queries_with_twenty_rows_as_with_two(world, desk_of, zone):
    shen, at = desk_of(world.shen), clock.now()
    addresses = (reverse("desk:night_zones"), reverse("desk:night_zone", args=[zone.pk]))

    def fill(numbers: range) -> list[int]:
        for n in numbers:
            more = zoning.make_zone(world.qiaoxi, f"街区{n}", RING, (dt.time(18), dt.time(1)), by=world.shen, at=at)
            for row in (zone, more):
                zoning.add_spot(row, "venue", f"店{n}", (111.425, 27.687), by=world.shen, at=at)
                zoning.add_task(
                    row, "patrol", f"巡{n}", world.lu.post, clock.local_date(at), by=world.shen, at=at
                )  # fmt: skip
        found = []
        for address in addresses:
            shen.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert shen.get(address).status_code == 200
            found.append(len(asked))
        return found

    assert fill(range(2)) == fill(range(2, 20))
