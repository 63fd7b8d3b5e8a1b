"""Events of the demo: a festival that waits for approval, a market that runs, and a joint task of two communities.

Done by the functions that pages call, at the time of each act. Nobody in it is real.
"""

from __future__ import annotations

import datetime as dt

from shouwang.command.event_crews import relays_on_duty
from shouwang.core.clock import SHANGHAI
from shouwang.demo.whereabouts import Whereabouts
from shouwang.demo.world import World
from shouwang.kinds.event.counting import note_count
from shouwang.kinds.event.holding import take_up
from shouwang.kinds.event.opening import Plan, hours_of, plan_event
from shouwang.kinds.event.posting import Wanted, posts_of_event, set_post
from shouwang.kinds.joint_task.calling import Task, call_joint_task
from shouwang.kinds.joint_task.sharing import join, share
from shouwang.matters.intake import Told
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
GATES = (("南门", 412, 96), ("北门", 187, 41))
Posts = tuple[tuple[str, str, str, tuple[float, float]], ...]  # name, task, where, degrees from the middle
MARKET: Posts = (
    ("南门入口", "点人数，劝导电动车停到河边", "河埠广场南侧", (0.0, -0.0006)),
    ("北门出口", "只出不进，留出救护通道", "河埠广场北侧", (0.0001, 0.0005)),
    ("舞台东侧", "看护栏，拥挤时报指挥室", "河埠广场舞台东侧", (0.0006, 0.0)),
)
FESTIVAL: Posts = (
    ("桥头", "单向通行，桥上不停留", "书院街口", (0.0004, -0.0002)),
    ("消防通道", "始终清空", "书院街背街", (-0.0003, 0.0004)),
)


def play(world: World, at: dt.datetime) -> None:
    """Two days of it, until `at`."""
    find = Whereabouts(world)
    _festival(world, find, at - 6 * HOUR)
    _market(world, find, at)
    _joint(world, at)


def _festival(world: World, find: Whereabouts, at: dt.datetime) -> None:
    begins = (at + 4 * DAY).astimezone(SHANGHAI).replace(hour=18, minute=0, second=0, microsecond=0)
    row = _planned(world, find, at, "桥头灯会", ("crowd.festival", "书院街21号"), (begins, begins + 5 * HOUR))
    _lay(world, row, FESTIVAL, at + 20 * MINUTE)


def _market(world: World, find: Whereabouts, at: dt.datetime) -> None:
    """Approved and begun: two posts are held, one is vacant."""
    began = (at - HOUR).replace(minute=0, second=0, microsecond=0)
    row = _planned(
        world, find, at - 2 * DAY, "河埠广场冬季集市", ("crowd.market", "河埠广场"), (began, began + 8 * HOUR)
    )
    _lay(world, row, MARKET, at - 2 * DAY + 30 * MINUTE)
    take_step(row, "approve", by=world.cheng, at=at - DAY)
    take_step(row, "start", by=world.zhou, at=at - 55 * MINUTE)
    taken = at - 50 * MINUTE
    for n, (post, relay) in enumerate(zip(posts_of_event(row)[:2], relays_on_duty(world.zhou, taken), strict=False)):
        take_up(post, relay, by=world.zhou, at=taken + n * MINUTE)
    for n, (gate, came, went) in enumerate(GATES):
        note_count(row, gate, came, went, by=world.fang, at=at - (10 - n) * MINUTE)


def _planned(
    world: World, find: Whereabouts, at: dt.datetime, gist: str, what: tuple[str, str],
    hours: tuple[dt.datetime, dt.datetime],
) -> Matter:  # fmt: skip
    point, text, _address = find(what[1])
    plan = Plan(
        what[0], gist, text, point, *hours, traffic="水门街单向通行；电动车停河边；救护车从书院街进。",
        contingency="拥挤时先关南门，从北门和河边疏散；大风停舞台；由值班领导决定。", organiser="青石文旅公司",
        capacity=1200, lost_child="服务台旁的蓝色帐篷", contact=Told(role="party", name="齐经理", number="13900001188"),
    )  # fmt: skip
    return plan_event(plan, by=world.zhou, at=at)


def _lay(world: World, row: Matter, posts: Posts, at: dt.datetime) -> None:
    begins, ends = hours_of(row)
    lon, lat = row.lon or 0.0, row.lat or 0.0
    for n, (label, task, where, (east, north)) in enumerate(posts):
        wanted = Wanted(
            label, task, where, (lon + east, lat + north), begins, ends, unit=world.qx1.pk, unit_name=world.qx1.name
        )
        set_post(row, wanted, by=world.zhou, at=at + n * MINUTE)


def _joint(world: World, at: dt.datetime) -> None:
    task = Task(
        "together.border", "桥头夜市摊位与停车，两个社区一起管", at - 2 * HOUR, at + 6 * DAY,
        words="桥西管桥头东侧，河埠管码头一侧，每晚18时会合。", place_text="桥头",
    )  # fmt: skip
    row = call_joint_task(task, lead=world.qiaoxi, members=(world.hebu,), by=world.zhou, at=at - 5 * HOUR)
    join(row, by=world.zhao, at=at - 4 * HOUR)
    share(row, "河埠今晚两人，17:45 到码头口。", by=world.zhao, at=at - 4 * HOUR + 3 * MINUTE)
    take_step(row, "start", by=world.shen, at=at - 2 * HOUR)
    share(row, "桥西一人带锥桶，从桥头东侧摆到邮筒。", by=world.shen, at=at - HOUR)
