"""Police rooms are opened, changed, moved and closed on their page; it counts them by station and by month."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.territory.models import PoliceRoom
from shouwang.territory.rooms import counts

DOOR = {"name": "桥西警务室", "hours": "周一至周五 8:30–17:30", "staff": "3", "equipment": "自助机、急救箱"}
PLACE = {"lon": "111.4255", "lat": "27.6865"}


@pytest.fixture
def room(world, desk):
    answer = desk("lin").post("/desk/rooms/", DOOR | PLACE | {"community": world.qiaoxi.code})
    assert answer.status_code == 302, answer.content.decode()
    return PoliceRoom.objects.get()


@pytest.mark.item("S-GRD-012")
def test_a_room_is_opened_changed_and_moved_and_the_page_counts_by_station_and_month(world, desk, room):
    page = desk("shen").get("/desk/rooms/").content.decode()
    for told in (room.code, "桥西社区", "青石桥派出所", "周一至周五 8:30–17:30", "自助机、急救箱", "开放"):
        assert told in page
    assert "设立警务室" not in page  # an officer reads the register; the station head keeps it
    assert room.code == f"{world.qiaoxi.code}-J01"

    lin, address = desk("lin"), f"/desk/rooms/{room.pk}/"
    lin.post(address, DOOR | {"staff": "5", "act": "change"})
    lin.post(address, {"lon": "111.4270", "lat": "27.6900", "act": "move"})
    page = lin.get("/desk/rooms/").content.decode()
    assert "已搬迁" in page
    new = PoliceRoom.objects.get(closed_on=None)
    assert (new.code, new.staff, new.moved_from.get()) == (f"{world.qiaoxi.code}-J02", 5, room)
    assert lin.post(address, {"act": "close"}).status_code == 409
    assert lin.post(f"/desk/rooms/{new.pk}/", {"act": "close"}).status_code == 302

    PoliceRoom.objects.filter(pk=room.pk).update(opened_on=dt.date(2026, 1, 20), closed_on=dt.date(2026, 4, 2))
    PoliceRoom.objects.filter(pk=new.pk).update(opened_on=dt.date(2026, 4, 2), closed_on=dt.date(2026, 6, 1))
    months, by_station = counts(PoliceRoom.objects.select_related("station").all(), dt.date(2026, 7, 15))
    assert [month.month for month in months] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert [(one.station.name, one.by_month) for one in by_station] == [
        ("青石桥派出所", [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0])
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lon": "111.4500"}, "不在桥西社区"), ({"staff": "0"}, "要有名称"), ({"name": " "}, "要有名称"),
        ({"lon": "27.6865", "lat": "111.4255"}, "经度"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, desk, wrong, said):
    answer = desk("lin").post("/desk/rooms/", DOOR | PLACE | {"community": world.qiaoxi.code} | wrong)

    assert 400 <= answer.status_code < 500
    page = answer.content.decode()
    assert said in page
    assert "自助机、急救箱" in page
    assert not PoliceRoom.objects.exists()


def test_only_who_leads_the_station_keeps_its_rooms(world, desk, room):
    assert desk("shen").post(f"/desk/rooms/{room.pk}/", {"act": "close"}).status_code == 403
    assert desk("zhao").get("/desk/rooms/").content.decode().count(room.code) == 0
    assert desk("peng").get("/desk/rooms/").status_code == 403
    assert desk("lin").post(f"/desk/rooms/{room.pk}/", {"act": "paint"}).status_code == 404


def test_the_work_map_shows_the_rooms_on_file(world, desk, room):
    assert room.name in desk("shen").get(f"/desk/grids/{world.qiaoxi_04.code}/").content.decode()
