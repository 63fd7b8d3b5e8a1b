"""Staffing on its pages: rules with their source, what is filled and vacant, the file of it, who may see it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.people.giving import accept_post, end_post, give_post
from shouwang.people.models import StaffingRule
from shouwang.places.models import AreaVersion

STAFFING, FILE, RULES = (reverse(f"desk:{name}") for name in ("staffing", "staffing_file", "staffing_rules"))
SOURCE = "青石县公安局 2026 年社区警务方案第三条"


def words_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def rule(world, browser, **more):
    told = {
        "act": "set", "name": "一社区一专职民警", "area": str(world.station.pk), "measure": "each",
        "role": "community_officer", "tier": "community", "fewest": "1", "hours": "0", "source": SOURCE,
    }  # fmt: skip
    return browser.post(RULES, told | {name: str(value) for name, value in more.items()})


def lines(page) -> dict[str, dict[str, str]]:
    """The file by area."""
    rows = csv.DictReader(io.StringIO(page.content.decode("utf-8-sig")))
    return {row["区域"]: row for row in rows}


@pytest.mark.item("S-ORG-007")
def test_each_community_has_its_full_time_officer_and_what_is_vacant_is_said(world, desk):
    head = desk("lin")
    assert rule(world, head, full_time="on").status_code == 302

    page = words_of(head.get(STAFFING))
    assert "一社区一专职民警" in page
    assert SOURCE in page
    assert "2 / 2 100 %" in page
    end_post(world.zhao.post, by=world.cheng, at=clock.now())
    page = words_of(head.get(STAFFING))
    assert "1 / 2 50 %" in page
    assert "空缺" in page
    assert lines(head.get(FILE))["河埠社区"]["缺"] == "1"


@pytest.mark.item("S-ORG-007")
def test_somebody_posted_twice_counts_full_time_nowhere(world, desk):
    head, at = desk("lin"), clock.now()
    rule(world, head, full_time="on")
    end_post(world.zhao.post, by=world.cheng, at=at)
    second = give_post(person=world.shen.person, role="community_officer", area=world.hebu, by=world.lin, at=at)
    accept_post(second, by=world.shen.afresh(), at=at)

    page = words_of(head.get(STAFFING, {"flagged": "on"}))

    assert "同时任：河埠社区 社区民警" in page
    assert "0 / 2 0 %" in page


@pytest.mark.item("S-ORG-017")
def test_a_standard_by_households_says_shortage_surplus_and_where_people_could_come_from(world, desk):
    head, at = desk("lin"), clock.now()
    extra = give_post(person=world.ming.person, role="community_officer", area=world.hebu, by=world.lin, at=at)
    accept_post(extra, by=world.ming.afresh(), at=at)
    households = dict(AreaVersion.objects.in_force_at(at).values_list("area", "households"))
    fewest = max(households[world.hebu.pk], households[world.qiaoxi.pk] // 2 + 1)
    assert rule(world, head, measure="households", fewest=fewest, name="按户数配警").status_code == 302

    found = lines(head.get(FILE))
    asked = -(-households[world.qiaoxi.pk] // fewest)
    assert found["桥西社区"]["应配"] == str(asked)
    assert found["河埠社区"]["状态"] == "超出标准"
    if asked > 1:
        assert "河埠社区 → 桥西社区 1人" in words_of(head.get(STAFFING))


def test_a_page_narrows_by_its_address_and_the_file_follows(world, desk):
    head = desk("lin")
    rule(world, head)

    assert "桥西社区" not in lines(head.get(FILE, {"q": "河埠"}))
    assert lines(head.get(FILE, {"filling": "vacant"})) == {}
    assert "没有符合条件的区域" in words_of(head.get(STAFFING, {"filling": "vacant"}))


def test_a_changed_rule_begins_anew_and_the_old_one_stays_to_be_read(world, desk):
    head = desk("lin")
    rule(world, head)
    rule(world, head, fewest=2, most=3)

    assert StaffingRule.objects.filter(area=world.station).count() == 2
    assert StaffingRule.objects.get(during__endswith__isnull=True).fewest == 2
    assert "历史规则" in words_of(head.get(RULES))
    assert rule(world, head, source=" ").status_code == 422
    assert rule(world, head, fewest=3, most=2).status_code == 422


def test_who_only_patrols_or_takes_calls_sees_no_staffing_and_who_reads_sets_nothing(world, desk):
    assert desk("ming").get(STAFFING).status_code == 403
    assert desk("fang").get(STAFFING).status_code == 403
    lead = desk("zhou")
    assert lead.get(STAFFING).status_code == 200
    assert rule(world, lead).status_code in (403, 422)
    assert not StaffingRule.objects.exists()


def test_each_sees_only_the_areas_of_his_ground(world, desk):
    rule(world, desk("qiu"), area=world.county.pk, role="grid_worker", tier="grid", name="一格一员")

    seen = lines(desk("su").get(FILE))

    assert any("桥西" in name for name in seen)
    assert not any("河埠" in name for name in seen)


def test_the_rule_set_nearest_to_the_ground_holds(world, desk):
    rule(world, desk("cheng"), area=world.bureau.pk, fewest=2, name="全县")
    rule(world, desk("lin"), name="本所")

    found = lines(desk("lin").get(FILE))

    assert {row["规则"] for row in found.values()} == {"本所"}
