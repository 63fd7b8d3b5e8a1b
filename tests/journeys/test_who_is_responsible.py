"""Who is responsible where, read and changed on pages: tiers, rosters, covers, hand-over, and the day that is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.models import Post

Desk = Callable[[str], Client]
DAY = dt.timedelta(days=1)
QIAOXI = (111.421, 27.690)


def roster(client: Client, area: Any, on: dt.date | None = None) -> str:
    page = client.get("/desk/ground/", {"area": str(area.pk)} | ({"on": on.isoformat()} if on else {}))
    assert page.status_code == 200
    return page.content.decode()


def between(page: str, start: str, end: str) -> str:
    """The part of a page from one heading to another."""
    return page[page.index(start) : page.index(end, page.index(start) + 1)]


@pytest.mark.item("S-GRD-005")
def test_one_page_shows_three_tiers_and_after_the_station_head_changes_them_five(world: Any, desk: Desk) -> None:
    client = desk("lin")
    before = roster(client, world.qiaoxi)
    assert [before.index(f"<h3>{name}") for name in ("社区", "网格", "网格点")] == sorted(
        before.index(f"<h3>{name}") for name in ("社区", "网格", "网格点")
    )
    assert "<h3>网格长" not in before

    client.post(reverse("people:tiers_adopt"), {"area": world.qiaoxi.pk, "preset": "T5"})

    after = roster(client, world.qiaoxi)
    for name in ("网格长", "副网格长", "网格管理员", "网格员", "信息员"):
        assert f"<h3>{name}" in after
    assert "<h3>网格点" in roster(client, world.hebu)  # next door keeps its three


@pytest.mark.item("S-GRD-009")
def test_the_roster_names_the_contact_of_a_grid_point_its_dates_and_how_the_post_was_passed_on(
    world: Any, desk: Desk
) -> None:
    lin = desk("lin")
    point = between(roster(lin, world.qiaoxi), "<h3>网格点", "<h2>")
    assert "彭大姐" in point
    assert clock.local_date(world.peng.post.during.lower).isoformat() in point

    desk("shen").post(reverse("people:post_pass_on", args=[world.shen.post.pk]), {"note": "桥西里3幢有独居老人"})
    lin.post(reverse("people:post_end", args=[world.shen.post.pk]))
    given = {"person": world.ming.person_id, "role": "community_officer", "area": world.qiaoxi.pk, "responsible": "on"}
    assert lin.post(reverse("people:post_give"), given).status_code == 302
    new = Post.objects.get(person=world.ming.person_id, role="community_officer", area=world.qiaoxi)
    passing = world.shen.post.passed_on
    desk("ming").post(reverse("people:post_accept", args=[new.pk]), {"passing": str(passing.pk)})

    community = between(roster(lin, world.qiaoxi), "<h3>社区", "<h3>网格")
    assert "周明远" in community
    assert "交自沈知行" in community


@pytest.mark.item("S-GRD-010")
def test_five_tiers_each_say_their_duties_their_line_and_who_stands_on_them(world: Any, desk: Desk) -> None:
    lin = desk("lin")
    lin.post(reverse("people:tiers_adopt"), {"area": world.qiaoxi.pk, "preset": "T5"})

    page = roster(lin, world.qiaoxi)

    lines = {
        "网格长": ("苏梅", ""), "副网格长": ("唐棣", "网格长"), "网格管理员": ("于蓝", "副网格长"),
        "网格员": ("陆禾", "网格管理员"), "信息员": ("彭大姐", "网格员"),
    }  # fmt: skip
    for tier, (who, above) in lines.items():
        part = page[page.index(f"<h3>{tier}") :].split("<h3>")[1].split("<h2>")[0]
        assert who in part, tier
        assert "职责" in part
        assert (f"上报给：{above}" in part) if above else ("上报给" not in part)
    contact = desk("peng")  # the lowest tier reads nothing of others
    assert contact.get("/desk/ground/").status_code == 403
    assert contact.get("/desk/").status_code == 403
    assert desk("lu").get("/desk/").status_code == 403
    assert desk("lu").get("/desk/ground/").status_code == 200


@pytest.mark.item("S-ORG-001")
def test_one_officer_is_responsible_at_any_moment_and_a_matter_keeps_that_of_its_date(world: Any, desk: Desk) -> None:
    lin, now = desk("lin"), clock.now()
    call = open_matter(kind="incident", by=world.fang, at=now, point=QIAOXI, subkind="order.fight")
    assert Matter.objects.get(pk=call.pk).responsible == world.shen.post

    until = (clock.local_date(now) + 10 * DAY).isoformat()
    lin.post(reverse("people:post_cover", args=[world.shen.post.pk]), {"person": world.zhao.person_id, "until": until})
    chain = between(roster(lin, world.qiaoxi), "责任链", "<h3>")
    assert "赵启明" in chain
    assert "代沈知行" in chain

    second = {"person": world.ming.person_id, "role": "community_officer", "area": world.qiaoxi.pk, "responsible": "on"}
    assert lin.post(reverse("people:post_give"), second).status_code == 422  # never two at once
    long_ago = clock.local_date(now) - 3 * DAY
    then = between(roster(lin, world.qiaoxi, long_ago), "责任链", "<h3>")
    assert "沈知行" in then
    assert "赵启明" not in then
    assert "沈知行" in desk("fang").get(f"/desk/matters/{call.pk}/").content.decode()
