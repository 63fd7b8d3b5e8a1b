"""Routes are proposed for a patrol, compared, put in order by hand, accepted, taken along; and go on after a call."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.patrols.models import Cover, Kind, Mode
from shouwang.patrols.ordering import Plan, plan_order, set_point
from shouwang.planning.models import RoutePlan
from shouwang.planning.routes.proposing import propose
from shouwang.planning.routes.working_out import work_out_route
from shouwang.planning.tests.conftest import ground  # noqa: F401 (a fixture)

SPOTS = {"老车站": (111.4195, 27.6835), "小学后门": (111.4285, 27.6840), "市场": (111.4200, 27.6960)}


@pytest.fixture
def asked(world, ground, desk, as_role):  # noqa: F811
    """The address of a route that 周岚 asked for at the desk, worked out."""
    at = clock.now()
    begins = at + dt.timedelta(hours=1)
    plan = Plan("桥西夜巡", world.qiaoxi, Kind.ORDINARY, Mode.FOOT, Cover.BASE, begins, begins + dt.timedelta(hours=3),
                world.ming.person, "350兆 3组")  # fmt: skip
    order = plan_order(plan, by=world.zhou, at=at)
    for label, point in SPOTS.items():
        set_point(order, label, label, point, stay_minutes=5, by=world.zhou, at=at)
    assert "桥西夜巡" in page(desk, reverse("desk:patrol_routes"))
    answer = desk("zhou").post(reverse("desk:patrol_routes"), {"order": str(order.pk)})
    assert answer.status_code == 302
    worked_out(as_role)
    return answer.url


def worked_out(as_role):
    with as_role("jobs"):
        work_out_route(RoutePlan.objects.get(state="waiting").pk, at=clock.now(), proposing=propose)


def page(desk, address):
    answer = desk("zhou").get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.item("S-PAT-014")
def test_a_route_is_compared_put_in_order_accepted_and_taken_along(desk, asked):
    text = page(desk, asked)
    assert text.count("随机抽取") >= 3
    assert "可被猜中" in text
    assert all(label in text for label in SPOTS)

    order = re.search(r'name="order" value="([0-9,]+)"', text)[1]
    moved = desk("zhou").post(f"{asked}order/", {"way": 0, "order": order})
    assert moved.status_code == 302
    assert "手工排序" in page(desk, moved.url)
    assert desk("zhou").post(f"{asked}order/", {"way": 0, "order": "0,0,1"}).status_code == 422

    assert desk("zhou").post(f"{asked}accept/", {"way": 4}).status_code == 302
    assert "已采用" in page(desk, asked)
    file = desk("zhou").get(f"{asked}route.gpx")
    assert file["Content-Type"] == "application/gpx+xml"
    assert file.content.decode().count("<wpt") == 3


@pytest.mark.item("S-PAT-014")
def test_after_a_call_the_rest_is_proposed_from_where_the_crew_is(desk, asked, as_role):
    desk("zhou").post(f"{asked}accept/", {"way": 0})

    answer = desk("zhou").post(f"{asked}rest/", {"here": 1, "seen": ["0", "1"]})
    worked_out(as_role)

    text = page(desk, answer.url)
    assert "接着先前的路线" in text
    assert "市场" in text
    assert "老车站" not in text


def test_who_plans_no_patrols_there_asks_for_none(desk, asked):
    assert desk("ming").post(f"{asked}accept/", {"way": 0}).status_code == 403
    assert desk("zhao").get(asked).status_code in (403, 404)
    assert desk("zhou").get(f"{asked}route.gpx?way=99").status_code == 404
    assert desk("zhou").post(reverse("desk:patrol_routes"), {"order": "nothing"}).status_code == 404
