"""Postings on their pages: proposed, decided, begun, passed on, ended; the years; days and shares of strength."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.demo import staffed
from shouwang.people.access import Verb, may
from shouwang.people.chain import responsible_at
from shouwang.people.giving import accept_post, give_post, pass_on
from shouwang.people.models import DutyEntry, Post, Posting

LEDGER, NEW, FILE = (reverse(f"desk:{name}") for name in ("postings", "posting_new", "postings_file"))
RULES, STRENGTH, DAYS, MINE = (
    reverse(f"desk:{name}") for name in ("staffing_rules", "strength", "duty_days", "own_days")
)
DAY = dt.timedelta(days=1)


def words_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def today() -> dt.date:
    return clock.local_date(clock.now())


def proposed(browser, who, to, **more):
    told = {"person": who.person_id, "kind": "seconded", "to_area": to.pk, "role": "community_officer",
            "starts_on": today(), "ends_on": today() + 30 * DAY, "reason": "补充社区警力"}  # fmt: skip
    return browser.post(NEW, {name: value for name, value in (told | more).items() if value is not None})


def act(browser, posting: Posting, name: str, **more):
    return browser.post(reverse("desk:posting", args=[posting.pk]), {"act": name} | more)


def officer_of_headquarters(world):
    """秦越, sworn, posted to the bureau since a year."""
    world.stranger.person.sworn = True
    world.stranger.person.save(update_fields=["sworn"])
    since = clock.now() - 365 * DAY
    post = give_post(person=world.stranger.person, role="police_officer", area=world.bureau, by=world.cheng, at=since)
    accept_post(post, by=world.stranger.afresh(), at=since)
    return post


@pytest.mark.item("S-ORG-006", "S-ORG-035")
def test_somebody_goes_down_from_headquarters_and_stands_in_the_list_and_the_year(world, desk):
    officer_of_headquarters(world)
    told = {"from_area": world.bureau.pk, "room": "桥西警务室"}
    assert proposed(desk("cheng"), world.stranger, world.qiaoxi, **told).status_code == 302
    posting = Posting.objects.get()
    assert not may(world.stranger.afresh(), Verb.MATTER_TRIAGE, world.qiaoxi, clock.now())

    assert act(desk("cheng"), posting, "approve").status_code == 302

    assert may(world.stranger.afresh(), Verb.MATTER_TRIAGE, world.qiaoxi, clock.now())
    assert not may(world.stranger.afresh(), Verb.MATTER_TRIAGE, world.qiaoxi, clock.now() + 32 * DAY)
    page = words_of(desk("lin").get(LEDGER, {"sent_from": "bureau"}))
    assert "秦越" in page
    assert "桥西警务室" in page
    assert f"{today().year} 1 1 1 33.3 % 0 0 0" in page
    assert "补充社区警力" in desk("lin").get(FILE).content.decode()
    assert "秦越" not in words_of(desk("lin").get(LEDGER, {"year": today().year - 1})).partition("调派台账")[2]


@pytest.mark.item("S-ORG-036", "S-ORG-006")
def test_somebody_sent_by_the_bureau_above_counts_apart_and_his_return_is_watched(world, desk, owner_sql):
    world.stranger.person.sworn = True
    world.stranger.person.save(update_fields=["sworn"])
    proposed(desk("cheng"), world.stranger, world.qiaoxi, from_body="州公安局")
    posting = Posting.objects.get()
    act(desk("cheng"), posting, "approve")
    assert posting.sent_from == "upper"

    Posting.objects.filter(pk=posting.pk).update(starts_on=today() - 9 * DAY, ends_on=today() - DAY)
    assert "应已返回" in words_of(desk("lin").get(LEDGER))
    assert act(desk("lin"), posting, "return").status_code == 302

    assert "应已返回" not in words_of(desk("lin").get(LEDGER))
    assert not may(world.stranger.afresh(), Verb.MATTER_TRIAGE, world.qiaoxi, clock.now() + dt.timedelta(seconds=1))


@pytest.mark.item("S-ORG-016", "S-ORG-017")
def test_a_posting_for_good_ends_the_post_left_and_shows_until_it_is_passed_on(world, desk):
    told = {"kind": "permanent", "ends_on": None, "from_area": world.hebu.pk}
    proposed(desk("lin"), world.zhao, world.qiaoxi, **told)
    posting = Posting.objects.get()
    assert act(desk("lin"), posting, "approve", because="桥西缺人").status_code == 302

    soon = clock.now() + dt.timedelta(seconds=2)
    assert responsible_at(world.hebu, soon).person_id == world.lin.person_id
    page = words_of(desk("lin").get(LEDGER))
    assert "待交接" in page
    assert "尚未写交接" in page
    pass_on(world.zhao.post, note="巷口的路灯已报修", by=world.zhao.afresh(), at=clock.now())
    assert "已写交接，尚无人接手" in words_of(desk("lin").get(LEDGER))
    assert "桥西缺人" in words_of(desk("zhao").get(reverse("desk:posting", args=[posting.pk])))


def test_who_stands_in_takes_post_and_ground_of_the_other_for_a_time(world, desk):
    told = {"kind": "stand_in", "stands_for": world.shen.post.pk, "from_area": world.hebu.pk}
    assert proposed(desk("lin"), world.zhao, world.qiaoxi, **told).status_code == 302
    act(desk("lin"), Posting.objects.get(), "approve")

    cover = Post.objects.get(acting_for=world.shen.post)
    assert (cover.person_id, cover.area_id, cover.role) == (world.zhao.person_id, world.qiaoxi.pk, "community_officer")
    assert cover.during.upper is not None


@pytest.mark.item("S-ORG-034")
def test_a_recruit_begins_at_a_station_and_anything_else_needs_a_reason_and_another_to_approve(world, desk):
    world.stranger.person.sworn = True
    world.stranger.person.save(update_fields=["sworn"])
    told = {"recruit": "on", "kind": "permanent", "ends_on": None, "role": "police_officer"}
    refused = proposed(desk("cheng"), world.stranger, world.bureau, **told)
    assert refused.status_code == 422
    assert "首站应到派出所" in words_of(refused)

    proposed(desk("cheng"), world.stranger, world.bureau, exception="涉密岗位专招", **told)
    posting = Posting.objects.get()
    assert act(desk("cheng"), posting, "approve").status_code == 403
    act(desk("cheng"), posting, "withdraw")
    proposed(desk("lin"), world.stranger, world.station, **told)
    assert act(desk("lin"), Posting.objects.exclude(pk=posting.pk).get(), "approve").status_code == 302
    assert f"{today().year} 1 0 0 0.0 % 0 1 0" in words_of(desk("cheng").get(LEDGER))


def test_only_who_may_give_the_post_decides_and_nobody_decides_his_own(world, desk):
    officer_of_headquarters(world)
    told = {"from_area": world.bureau.pk}
    assert proposed(desk("fang"), world.stranger, world.qiaoxi, **told).status_code == 403
    assert proposed(desk("lin"), world.lin, world.qiaoxi, **told).status_code == 302
    own = Posting.objects.get()
    assert act(desk("lin"), own, "approve").status_code == 403
    assert act(desk("zhou"), own, "approve").status_code == 403
    assert act(desk("ming"), own, "approve").status_code == 404
    assert act(desk("cheng"), own, "refuse").status_code == 422
    assert act(desk("cheng"), own, "refuse", because="所里离不开").status_code == 302
    assert "所里离不开" in words_of(desk("lin").get(reverse("desk:posting", args=[own.pk])))


def set_rule(world, browser, **more):
    told = {"act": "set", "name": "规则", "area": str(world.station.pk), "measure": "share", "role": "", "hours": "0",
            "tier": "station", "fewest": "40", "source": "州局方案"}  # fmt: skip
    return browser.post(RULES, told | more)


@pytest.mark.item("S-ORG-029")
def test_the_share_of_the_community_team_is_counted_by_month_and_named_to_who_leads(world, desk):
    assert set_rule(world, desk("lin")).status_code == 302

    page = words_of(desk("lin").get(STRENGTH))
    assert "2 / 7" in page  # 沈知行 and 赵启明 of the seven sworn officers of the station
    assert "28.6 %" in page
    assert "未达标" in page
    assert "当前统计名单" in page
    assert "当前统计名单" not in words_of(desk("gu").get(STRENGTH))


@pytest.mark.item("S-ORG-030", "S-ORG-016")
def test_days_in_the_community_come_from_what_was_signed_with_exceptions_beside(world, desk):
    set_rule(world, desk("lin"), measure="days", role="community_officer", tier="community", fewest="4", hours="6")
    monday = today() - (today().weekday() + 7) * DAY
    at = clock.now()
    for n in range(3):
        DutyEntry.objects.create(
            person=world.shen.person, on=monday + n * DAY, sort="community", minutes=400, signed_at=at
        )
    DutyEntry.objects.create(person=world.shen.person, on=monday + 3 * DAY, sort="training", minutes=400, signed_at=at)
    DutyEntry.objects.create(person=world.zhao.person, on=monday, sort="community", minutes=60, signed_at=at)

    page = words_of(desk("lin").get(DAYS))
    assert "0 / 2 人达到要求天数 · 另有1人计入例外后达到" in page
    assert "3 / 4 例外1天" in page
    others = words_of(desk("gu").get(DAYS))
    assert "0 / 2 人达到要求天数" in others
    assert "沈知行" not in others


@pytest.mark.item("S-ORG-016")
def test_hours_on_other_duties_are_signed_and_test_whether_a_post_is_full_time(world, desk):
    told = {"measure": "each", "role": "community_officer", "tier": "community", "fewest": "1", "full_time": "on"}
    set_rule(world, desk("lin"), hours="10", **told)
    shen = desk("shen")
    signed = {"act": "sign", "sort": "other", "hours": "6", "words": "所里值班"}
    for n in (1, 2):
        assert shen.post(MINE, signed | {"on": today() - n * DAY}).status_code == 302
    assert shen.post(MINE, signed | {"on": today() - 20 * DAY}).status_code == 422
    assert shen.post(MINE, signed | {"on": today() - DAY, "hours": "20"}).status_code == 422

    page = words_of(desk("lin").get(reverse("desk:staffing")))
    assert "30天内其他勤务12小时" in page
    assert "1 / 2 50 %" in page
    entry = DutyEntry.objects.filter(person=world.shen.person).first()
    assert desk("zhao").post(MINE, {"act": "strike", "entry": entry.pk}).status_code == 404
    assert shen.post(MINE, {"act": "strike", "entry": entry.pk}).status_code == 302
    assert "2 / 2 100 %" in words_of(desk("lin").get(reverse("desk:staffing")))


def test_the_demo_plays_its_staffing(world, desk):
    staffed.play(world, clock.now())

    assert "2 / 2 100 %" in words_of(desk("lin").get(reverse("desk:staffing")))
    page = words_of(desk("lin").get(LEDGER))
    assert all(told in page for told in ("周明远", "待审批", "关振", "已批准", "李想", "未批准"))
