"""Grids are proposed, compared, changed by hand and drawn, through the pages of the desk."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.places.models import AreaVersion
from shouwang.planning.models import Plan
from shouwang.planning.proposing import propose
from shouwang.planning.tests.conftest import ground  # noqa: F401 (a fixture)
from shouwang.planning.working_out import work_out

ASKED = {"lower": 300, "upper": 500, "fewest": 4, "most": 5}


@pytest.fixture
def asked(world, ground, desk, as_role):  # noqa: F811
    """The address of a plan of 桥西 that 沈知行 asked for at the desk, worked out."""
    answer = desk("shen").post(reverse("desk:plans"), ASKED | {"area": world.qiaoxi.code})
    plan = Plan.objects.get()
    assert answer.url == reverse("desk:plan", args=[plan.pk])
    with as_role("jobs"):
        work_out(plan.pk, at=clock.now(), proposing=lambda task, limits: propose(task, limits, seconds=1))
    return answer.url


def page(desk, who, address):
    answer = desk(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.item("S-GRD-001", "S-GRD-007", "S-GRD-008")
def test_grids_are_proposed_compared_drawn_checked_and_approved(world, desk, asked):
    text = page(desk, "shen", asked)
    plan = Plan.objects.get()
    assert text.count("plan-figures") == len(plan.alternatives) >= 2
    for measure in ("户数", "一年警情", "场所", "最大户数与中位数之比", "要换网格的户数"):
        assert measure in text

    drawn = desk("shen").post(f"{asked}drafts/", {"alternative": 0})
    assert drawn.status_code == 302
    for who, act in (("su", "check"), ("lin", "approve"), ("cheng", "force")):
        assert desk(who).post(f"{drawn.url}acts/", {"act": act}).status_code == 302

    grids = AreaVersion.objects.in_force_at(clock.now()).filter(parent=world.qiaoxi, layer="duty", area__tier="grid")
    assert sum(one.households for one in grids) == 1560
    assert all(300 <= one.households <= 500 for one in grids)
    assert all(re.fullmatch(r"桥西\d\d网格", one.name) for one in grids)
    assert all(one.area.code.startswith(world.qiaoxi.code) and len(one.area.code) == 15 for one in grids)


@pytest.mark.item("S-GRD-006")
def test_fewer_grids_than_asked_for_need_a_written_reason(world, ground, desk, as_role):  # noqa: F811
    form = page(desk, "shen", reverse("desk:plans"))
    assert 'value="5"' in form
    assert 'value="8"' in form
    asked = desk("shen").post(reverse("desk:plans"), ASKED | {"fewest": 6, "most": 8, "area": world.qiaoxi.code}).url
    with as_role("jobs"):
        work_out(Plan.objects.get().pk, at=clock.now(), proposing=lambda task, limits: propose(task, limits, seconds=1))

    text = page(desk, "shen", asked)
    assert "最少网格数由 6 个降为 5 个" in text
    assert desk("shen").post(f"{asked}drafts/", {"alternative": 0}).status_code == 422
    assert desk("shen").post(f"{asked}drafts/", {"alternative": 0, "reason": "户数只够五个网格"}).status_code == 302
    assert "户数只够五个网格" in page(desk, "shen", asked)


def test_ground_moved_by_hand_is_checked_again_at_once(desk, asked):
    where = Plan.objects.get().alternatives[0]["assignment"]
    other = next(grid for grid in range(max(where) + 1) if grid != where[0])

    moved = desk("shen").post(
        f"{asked}moves/", {"alternative": 0, "atom": 0, "grid": other + 1}, headers={"HX-Request": "true"}
    )

    assert moved.status_code == 200
    assert "手动调整" in moved.content.decode()
    assert Plan.objects.get().alternatives[-1]["assignment"][0] == other


def test_next_door_sees_no_plan_and_a_crew_asks_for_none(world, desk, asked):
    assert desk("zhao").get(asked).status_code == 404
    assert desk("ming").post(reverse("desk:plans"), ASKED).status_code in (403, 404)
    assert desk("zhao").post(f"{asked}drafts/", {"alternative": 0}).status_code == 404
    assert page(desk, "lin", asked)


def test_limits_that_contradict_each_other_are_said_on_the_page(world, desk):
    answer = desk("shen").post(reverse("desk:plans"), ASKED | {"lower": 600, "area": world.qiaoxi.code})

    assert answer.status_code == 422
    assert "互相矛盾" in answer.content.decode()
