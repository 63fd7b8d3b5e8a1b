"""Patrols of the demo: one planned, one briefed, one out, one closed, one reviewed, and one that was not held.

Done by the functions that pages call, at the time of each act. Nobody in it is real.
"""

from __future__ import annotations

import datetime as dt

from shouwang.demo.whereabouts import Whereabouts
from shouwang.demo.world import World
from shouwang.patrols import moving
from shouwang.patrols.crewing import Wanted, put_on
from shouwang.patrols.models import Cover, Kind, Mode, Order, Slot
from shouwang.patrols.ordering import Plan, plan_order, set_point
from shouwang.patrols.partnering import keep_partner
from shouwang.patrols.walking import mark, sign_off, step_off, step_on

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
PLACES = (("电动车棚", "桥西里12幢"), ("桥头", "书院街21号"))
COURSES = (  # name, begins (from now), how far it got, kind, cover
    ("桥西里晚间巡防", 5 * HOUR, "planned", Kind.ORDINARY, Cover.BASE),
    ("书院街夜市巡防", 3 * HOUR, "briefed", Kind.NIGHT, Cover.OVERLAY),
    ("桥头商圈巡防", -HOUR, "on_duty", Kind.ORDINARY, Cover.BASE),
    ("放学路口巡防", -20 * HOUR, "closed", Kind.ORDINARY, Cover.OVERLAY),
    ("桥西里徒步巡防", -2 * DAY, "reviewed", Kind.ORDINARY, Cover.BASE),
    ("河边喊话巡逻", -3 * DAY, "not_held", Kind.SPEAKER, Cover.BASE),
)  # fmt: skip


def play(world: World, at: dt.datetime) -> None:
    """Three days of it, until `at`."""
    find = Whereabouts(world)
    since = at - 10 * DAY
    day = since.date()
    guard = {
        "name": "段勇", "party": "guards", "employer": "桥西社区公益岗", "full_time": True,
        "person": world.duan.person, "tasks": ["walk", "report"], "contract_from": day,
        "contract_to": day + 365 * DAY, "trained_on": day,
    }  # fmt: skip
    worker = keep_partner(guard, ground=world.qiaoxi, by=world.shen, at=since)
    helper = {
        "name": "高秋菊", "party": "people", "person": world.gao.person, "insured_until": day + 200 * DAY,
        "trained_on": day, "latest_end": dt.time(22, 0),
    }  # fmt: skip
    keep_partner(helper, ground=world.qiaoxi, by=world.shen, at=since)
    for name, begins, state, kind, cover in COURSES:
        starts = at + begins
        plan = Plan(
            name, world.qiaoxi, kind, Mode.FOOT, cover, starts, starts + 2 * HOUR, world.shen.person, "350M 桥西组",
            "车棚、楼道口和消防通道",
        )  # fmt: skip
        planned = min(starts, at) - DAY
        row = plan_order(plan, by=world.shen, at=planned)
        for label, where in PLACES:
            point, text, _address = find(where)
            set_point(row, label, text, point, by=world.shen, at=planned)
        leg = row.legs.get()
        put_on(leg, Wanted(person=world.shen.person, party="police", branch="station"), by=world.shen, at=planned)
        put_on(leg, Wanted(partner=worker, reach="对讲机 6"), by=world.shen, at=planned)
        _course(world, row, state, starts)


def _course(world: World, row: Order, state: str, starts: dt.datetime) -> None:
    """As far as `state`."""
    begun = starts - 20 * MINUTE
    if state == "not_held":
        moving.not_held(row, reason="暴雨红色预警，改为值班备勤", seen=_seen(row), by=world.shen, at=starts)
    if state in ("planned", "not_held"):
        return
    moving.brief(row, seen=_seen(row), by=world.shen, at=min(begun, starts - HOUR))
    if state == "briefed":
        return
    moving.start(row, seen=_seen(row), by=world.shen, at=begun)
    slots = list(Slot.objects.filter(leg__order=row))
    first = row.points.order_by("place").first()
    for slot in slots:
        step_on(slot, by=world.shen, at=starts)
        if first:
            mark(slot, first, by=world.shen, at=starts + 25 * MINUTE)
    if state == "on_duty":
        return
    for slot in slots:
        step_off(slot, by=world.shen, at=starts + 2 * HOUR)
    moving.close(row, seen=_seen(row), by=world.shen, at=starts + 2 * HOUR + 5 * MINUTE)
    if state == "reviewed":
        sign_off(next(one for one in slots if one.partner_id), by=world.shen, at=starts + 3 * HOUR)
        moving.review(row, learnt="车棚东侧灯不亮，已转物业", seen=_seen(row), by=world.lin, at=starts + 9 * HOUR)


def _seen(row: Order) -> int:
    row.refresh_from_db(fields=["version", "state"])
    return row.version
