"""Who answers for the demo's shifts, and the register of its booth."""

from __future__ import annotations

import datetime as dt

from shouwang.core.clock import SHANGHAI, local_date
from shouwang.demo.world import World
from shouwang.duty.booths import Facts, keep_booth, type_state
from shouwang.duty.watches import close_watch, set_watch

DAY = dt.timedelta(days=1)
EVENING, UNTIL = dt.time(18), dt.timedelta(hours=14, minutes=30)
NOTES = (
    "夜间接警 6 起，均已处置；河埠路 31 号邻里噪声约定今晚回访，请白班提醒社区民警。",
    "一名走失老人 23:40 找到并交家属；桥西2组车辆左前胎漏气，已报修。",
)


def play(world: World, at: dt.datetime) -> None:
    """Two nights that are closed with their notes, tonight and tomorrow night put down, the booth at the east gate."""
    for days in (-2, -1, 0, 1):
        begins = dt.datetime.combine(local_date(at) + days * DAY, EVENING, SHANGHAI)
        chief, lead = (world.lin, world.zhou) if days % 2 else (world.zhou, world.shen)
        row = set_watch(
            world.station, begins_at=begins, ends_at=begins + UNTIL, chief=chief.person, lead=lead.person,
            by=world.lin, at=min(at, begins) - DAY,
        )  # fmt: skip
        if begins + UNTIL < at:
            close_watch(row, note=NOTES[days % 2], by=lead, at=begins + UNTIL)
    facts = Facts("square", "东门广场北侧", 2, dt.time(7), dt.time(23), "防爆盾 2、急救箱 1、灭火毯 1", 600)
    keep_booth(world.units["booth"], facts, by=world.zhou, at=at - 30 * DAY)
    type_state(world.units["booth"], power="mains", line_up=True, by=world.zhou, at=at - DAY / 4)
