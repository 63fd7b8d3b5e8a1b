"""Two rosters that the demo's station asks for; the town works them out as soon as it runs, beside everything else.

The station's two communities together can keep 1+4, and some wishes have to give way. One community by itself cannot:
it has no auxiliary of its own. That answer names the line that nobody fills.
"""

from __future__ import annotations

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.demo.world import World
from shouwang.duty.models import AbsenceKind, DutyModel, Roster
from shouwang.duty.rosters.absences import ask_absence, decide_absence
from shouwang.duty.rosters.adapting import change_model, choose_model
from shouwang.duty.rosters.asking import Limits, ask_roster
from shouwang.duty.rosters.presets import WORKDAYS
from shouwang.places.models import Area

PRESET = "1+4"
DAYS, ALONE_DAYS = 14, 7
DAY = dt.timedelta(days=1)
LEAVE, FREE = (5, 7), 4  # days from the first: somebody's leave, and the day both officers would rather be free


def ask(world: World, at: dt.datetime) -> tuple[Roster, Roster]:
    """The station's fortnight from tomorrow, and the week that one community cannot fill by itself."""
    first_on = local_date(at) + DAY
    leave = ask_absence(
        kind=AbsenceKind.LEAVE, first_on=first_on + LEAVE[0] * DAY, last_on=first_on + LEAVE[1] * DAY,
        by=world.cast["luo"], at=at,
    )  # fmt: skip
    decide_absence(leave, granted=True, by=world.zhou, at=at)
    for officer in (world.shen, world.zhao):
        free = first_on + FREE * DAY
        ask_absence(kind=AbsenceKind.WISH_OFF, first_on=free, last_on=free, by=officer, at=at)
    together = _model(world.station, by=world.zhou, at=at)
    alone = choose_model(PRESET, area=world.qiaoxi, by=world.zhou, at=at)
    return (
        ask_roster(together, first_on=first_on, days=DAYS, limits=Limits(), by=world.zhou, at=at),
        ask_roster(alone, first_on=first_on, days=ALONE_DAYS, limits=Limits(), by=world.zhou, at=at),
    )


def _model(station: Area, *, by: Actor, at: dt.datetime) -> DutyModel:
    """1+4 as the station keeps it: its auxiliary on working days only."""
    model = choose_model(PRESET, area=station, by=by, at=at)
    lines = [
        slot | {
            "hours": slot["minutes"] / 60,
            "weekdays": [str(day) for day in (WORKDAYS if slot["needs"] == "unsworn" else slot["weekdays"])],
        }
        for slot in model.slots
    ]  # fmt: skip
    return change_model(model, name=model.name, partners=model.partners, lines=lines, by=by, at=at)
