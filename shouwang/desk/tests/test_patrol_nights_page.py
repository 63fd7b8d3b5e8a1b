"""Volunteers, nights, every evening, linked squads, and what is counted: through the pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from shouwang.core import clock
from shouwang.desk.tests.patrols import (
    HOUR,
    local,
    mine,
    order,
    partner,
    place,
    plan,
    put,
    shown,
    slot_act,
    slot_of,
    take,
)
from shouwang.duty.models import Absence
from shouwang.matters.models import Matter
from shouwang.patrols.models import Leg, Order, Series

DAY = dt.timedelta(days=1)


def evening(world, **given):
    usual = {
        "name": "每晚巡逻", "ground": world.qiaoxi.pk, "beat": "", "kind": "all_night", "mode": "foot",
        "cover": "base", "begins": "20:00", "ends": "06:00", "halves": "on", "change_at": "00:30",
        "channel": "350M 夜巡组", "task": "", "first_on": clock.local_date(clock.now()).isoformat(),
        "leads": [world.shen.person.pk], "first": [world.su.person.pk, world.yu.person.pk],
        "second": [world.duan.person.pk],
    }  # fmt: skip
    return {**usual, **given}


def worker(browser, world):
    """段勇, full time, by contract."""
    today = clock.local_date(clock.now())
    return partner(
        browser, world, "段勇", "guards", employer="桥西社区公益岗", full_time="on", tasks=["walk", "report"],
        contract_from=(today - 30 * DAY).isoformat(), contract_to=(today + 300 * DAY).isoformat(),
        trained_on=(today - 20 * DAY).isoformat(), person=str(world.duan.person.pk),
    )  # fmt: skip


@pytest.mark.item("S-ORG-021")
def test_a_security_worker_has_employer_contract_training_and_tasks_and_no_power(world, desk_of):
    shen = desk_of(world.shen)
    bare = {"name": "段勇", "party": "guards", "employer": "公益岗", "ground": world.qiaoxi.pk, "full_time": "on"}
    assert shen.post(reverse("desk:patrol_partner_new"), bare).status_code == 400
    row = worker(shen, world)
    page = shown(shen, "patrol_partners", party="guards")
    assert all(words in page for words in ("段勇", "桥西社区公益岗", "沿线巡逻", "专职，非民警"))
    his = desk_of(world.duan)
    assert "沿线巡逻" in shown(his, "patrol_mine")
    for address in ("/desk/", "/desk/find/", "/desk/patrols/", "/desk/patrols/partners/"):
        assert his.get(address).status_code == 403
    assert shen.post(reverse("desk:patrol_partner_end", args=[row.pk])).status_code == 302
    assert "已停" not in shown(shen, "patrol_partners") or row.name


@pytest.mark.item("S-PAT-022")
def test_a_volunteer_is_insured_paired_goes_home_early_and_has_a_button_for_help(world, desk_of):
    shen = desk_of(world.shen)
    now = clock.now()
    gao = partner(shen, world, "高秋菊", person=str(world.gao.person.pk))
    row = plan(shen, order(world, risk="on"))
    assert put(shen, row, gao) == 422  # neither insured nor trained
    today = clock.local_date(now)
    edited = {"name": "高秋菊", "party": "people", "ground": world.qiaoxi.pk, "person": world.gao.person.pk,
              "insured_until": (today + 30 * DAY).isoformat(), "trained_on": today.isoformat()}  # fmt: skip
    assert shen.post(reverse("desk:patrol_partner", args=[gao.pk]), edited).status_code == 302
    for who in (world.shen, gao):
        assert put(shen, row, who) == 302
    place(shen, row, "车棚")
    slot = slot_of(row, "高秋菊")
    assert take(shen, row, "brief") == 409  # buddy
    assert slot_act(shen, row, slot, "pair", buddy=slot_of(row, "沈知行").pk) == 302
    assert take(shen, row, "brief") == 302
    assert take(shen, row, "start") == 302
    hers = desk_of(world.gao)
    page = shown(hers, "patrol_mine")
    assert all(words in page for words in ("桥头夜巡", "沈知行", "没有人看您的行踪"))
    assert mine(hers, slot, "begin") == 302
    assert mine(hers, slot, "mark", point=row.points.get().pk) == 302
    assert mine(hers, slot, "help") == 302
    call = Matter.objects.get(kind="incident", urgency=1)
    assert "桥头夜巡" in call.gist
    assert hers.get(reverse("desk:patrol", args=[row.pk])).status_code == 403
    assert mine(desk_of(world.duan), slot, "end") == 404


@pytest.mark.item("S-PAT-022")
def test_a_volunteer_goes_home_at_his_latest_hour(world, desk_of):
    shen = desk_of(world.shen)
    gao = partner(shen, world, "高秋菊", latest_end="21:00")
    begins = dt.datetime.combine(clock.local_date(clock.now()) + DAY, dt.time(20, 0), clock.SHANGHAI)
    row = plan(shen, order(world, starts_at=local(begins), ends_at=local(begins + 3 * HOUR)))
    assert put(shen, row, gao) == 302
    assert slot_of(row, "高秋菊").until == begins + HOUR
    assert "21:00 回家" in shown(shen, "patrol", row.pk)
    late = plan(shen, order(world, starts_at=local(begins + 2 * HOUR), ends_at=local(begins + 4 * HOUR)))
    assert put(shen, late, gao) == 422


@pytest.mark.item("S-PAT-016", "S-PAT-017", "S-PAT-018")
def test_a_night_has_two_halves_with_their_own_leads_and_who_is_on_leave_is_stood_in_for(world, desk_of):
    shen = desk_of(world.shen)
    worker(shen, world)
    today = clock.local_date(clock.now())
    Absence.objects.create(
        person=world.su.person, kind="leave", first_on=today, last_on=today, state="granted", asked_at=clock.now()
    )
    assert shen.post(reverse("desk:patrol_series_new"), evening(world, second=[])).status_code == 400
    assert shen.post(reverse("desk:patrol_series_new"), evening(world)).status_code == 302
    series = Series.objects.get()
    assert shen.post(reverse("desk:patrol_series_act", args=[series.pk, "lay"])).status_code == 302
    assert shen.post(reverse("desk:patrol_series_act", args=[series.pk, "lay"])).status_code == 302  # not twice

    assert Order.objects.count() == 7
    row = Order.objects.order_by("on").first()
    assert row.over_midnight
    first, second = Leg.objects.filter(order=row).order_by("place")
    assert f"{first.ends_at.astimezone(clock.SHANGHAI):%H:%M}" == "00:30"
    assert first.slots.get(heads=True).covers == world.su.person
    assert second.slots.get(heads=True).name == "段勇"
    page = shown(shen, "patrol", row.pk)
    assert all(words in page for words in ("前半夜", "后半夜", "顶替苏梅"))
    tomorrow = Order.objects.order_by("on")[1]
    assert put(shen, tomorrow, world.lu, leg=2, heads="on") == 422  # no full-time patrol worker
    last = Order.objects.order_by("on").last()
    assert "连续 7 个夜班" in shown(shen, "patrol", last.pk)  # PAT-09


@pytest.mark.item("S-PAT-016")
def test_all_night_one_says_every_hour_that_all_is_well(world, desk_of):
    shen, ming = desk_of(world.shen), desk_of(world.ming)
    row = plan(shen, order(world, kind="all_night", ends_at=local(clock.now() + 7 * HOUR)))
    assert row.legs.count() == 2
    for leg in (1, 2):
        for who in (world.shen, world.ming):
            assert put(shen, row, who, leg=leg) == 302
    assert take(shen, row, "brief") == 302
    assert take(shen, row, "start") == 302
    slot = row.legs.get(place=1).slots.get(person=world.ming.person)
    assert mine(ming, slot, "begin") == 302
    type(slot).objects.filter(pk=slot.pk).update(on_at=clock.now() - 2 * HOUR)
    assert "没有报，请马上问" in shown(shen, "patrol", row.pk)
    assert mine(ming, slot, "safe") == 302
    assert "没有报，请马上问" not in shown(shen, "patrol", row.pk)


@pytest.mark.item("S-PAT-012")
def test_an_evening_that_was_missed_needs_a_reason_and_the_month_says_how_regular_it_was(world, desk_of):
    shen = desk_of(world.shen)
    today = clock.local_date(clock.now())
    given = evening(
        world,
        halves="",
        first=[],
        second=[],
        kind="ordinary",
        begins="20:00",
        ends="22:00",
        first_on=(today - 3 * DAY).isoformat(),
    )
    assert shen.post(reverse("desk:patrol_series_new"), given).status_code == 302
    series = Series.objects.get()
    states = ("closed", "planned", "planned")
    for n, state in zip((3, 2, 1), states, strict=True):
        begins = dt.datetime.combine(today - n * DAY, dt.time(20, 0), clock.SHANGHAI)
        row = plan(shen, order(world, starts_at=local(begins), ends_at=local(begins + 2 * HOUR)))
        Order.objects.filter(pk=row.pk).update(series=series, state=state)
    missed = Order.objects.filter(state="planned").order_by("on")
    assert take(shen, missed[0], "not_held", reason="") == 400
    assert take(shen, missed[0], "not_held", reason="暴雨红色预警") == 302
    pages = "".join(
        shown(shen, "patrol_series", month=f"{month:%Y-%m}") for month in sorted({today - DAY, today - 3 * DAY})
    )
    assert all(words in pages for words in ("每晚巡逻", "晚已开展", "还没说明原因", "已说明"))


@pytest.mark.item("S-PAT-007")
def test_a_squad_supports_one_station_at_a_time_and_one_commands(world, desk_of):
    lin = desk_of(world.lin)
    now = clock.now()
    given = {"squad": world.qx2.pk, "station": world.station.pk, "starts_at": local(now - HOUR), "channel": "联动频道",
             "ends_at": local(now + 5 * HOUR), "commander": world.zhou.person.pk}  # fmt: skip
    assert lin.post(reverse("desk:patrol_link_new"), given).status_code == 302
    assert lin.post(reverse("desk:patrol_link_new"), given).status_code == 409
    page = shown(desk_of(world.fang), "patrol_links")
    assert all(words in page for words in ("桥西2组", "周岚指挥", "正在支援"))
    from shouwang.patrols.models import Command, Link

    link = Link.objects.get()
    give = reverse("desk:patrol_command", args=[link.pk])
    assert lin.post(give, {"commander": world.lin.person.pk}).status_code == 302
    assert lin.post(give, {"commander": world.lin.person.pk}).status_code == 409
    assert Command.objects.filter(link=link, until__isnull=True).count() == 1
    assert "林正平指挥" in shown(lin, "patrol_links")


@pytest.mark.item("S-PAT-006", "S-PAT-015", "S-PAT-023", "S-PAT-024")
def test_heads_person_times_foot_minutes_and_branch_hours_are_counted_and_leave_as_a_file(world, desk_of):
    shen = desk_of(world.shen)
    helper = partner(shen, world, "=高秋菊", employer="")
    for name, cover, mode in (("=早巡", "base", "foot"), ("晚巡", "overlay", "car")):
        begins = clock.now() - (3 * HOUR if cover == "base" else HOUR)
        row = plan(
            shen,
            order(world, name=name, cover=cover, mode=mode, starts_at=local(begins), ends_at=local(begins + 2 * HOUR)),
        )
        assert put(shen, row, world.shen, branch="station") == 302
        assert put(shen, row, world.li, branch="special") == 302
        assert put(shen, row, helper) == 302
        for slot in row.legs.get().slots.all():
            type(slot).objects.filter(pk=slot.pk).update(on_at=begins, off_at=begins + HOUR)
    today = clock.local_date(clock.now())
    span = {"first": (today - DAY).isoformat(), "last": today.isoformat()}
    page = shown(shen, "patrol_figures", **span)
    assert "<b>180</b><span>徒步分钟" in page
    assert "<b>2</b><span>本时段志愿者人次" in page
    assert "<b>3.0</b><span>小时：叠加" in page
    assert all(words in page for words in (span["first"], "巡特警", "没有人手填"))
    text = shen.get(reverse("desk:patrol_figures_file"), span).content.decode("utf-8-sig")
    assert ",3," in text
    listed = shen.get(reverse("desk:patrols_file"), {"show": "all"}).content.decode("utf-8-sig")
    assert "'=早巡" in listed
    assert "各警种投入" in shown(shen, "patrol", row.pk)
    assert "止日要在起日之后" in shown(shen, "patrol_figures", first=span["last"], last=span["first"])


@pytest.mark.item("S-PAT-011")
def test_usual_evening_hours_are_proposed_by_kind_of_place_and_calls_and_requests_are_shown(world, desk_of):
    from shouwang.matters.intake import open_matter

    at = dt.datetime.combine(clock.local_date(clock.now()) - DAY, dt.time(20, 0), clock.SHANGHAI)
    for n in range(3):
        open_matter(kind="incident", by=world.fang, at=at, point=(111.427 + n / 9000, 27.686), urgency=3, gist="噪音",
                    place_text="桥西路", subkind="traffic.accident", channel="phone", verb=None)  # fmt: skip
    shen = desk_of(world.shen)
    page = shown(shen, "patrol_new", place="shops")
    assert all(words in page for words in ("T18:30", "T22:30", "主干道", "哪里有需要"))


@pytest.mark.item("S-ORG-012")
def test_who_leads_whom_leave_tasks_and_hours_to_sign_stand_on_one_page(world, desk_of):
    shen = desk_of(world.shen)
    row = plan(shen, order(world))
    for who in (world.shen, world.lu):
        assert put(shen, row, who) == 302
    assert take(shen, row, "brief") == 302
    assert take(shen, row, "start") == 302
    slot = slot_of(row, "陆禾")
    assert slot_act(shen, row, slot, "sign") == 409
    assert slot_act(shen, row, slot, "begin") == 302
    page = shown(shen, "patrol_people")
    assert all(words in page for words in ("陆禾", "何川", "由沈知行带", "桥头夜巡"))
    assert slot_act(shen, row, slot, "end") == 302
    assert "签认" in shown(shen, "patrol_people")
    assert slot_act(shen, row, slot, "sign") == 302
    slot.refresh_from_db()
    assert slot.signed_by == world.shen.person.pk
