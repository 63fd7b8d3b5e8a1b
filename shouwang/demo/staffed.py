"""How many there ought to be in the demo town, who is proposed to go where, and the days its officers signed for."""

from __future__ import annotations

import datetime as dt

from shouwang.core.clock import local_date
from shouwang.demo.world import World
from shouwang.people.models import Measure, PostingKind
from shouwang.people.staffing.moving import Wish, decide_posting, propose_posting
from shouwang.people.staffing.ruling import Norm, set_rule
from shouwang.people.staffing.signing import sign_day
from shouwang.places.models.area import Tier

DAY = dt.timedelta(days=1)
PLAN = "青石县公安局社区警务工作方案（演示）"
NORMS = (  # who sets it, on which ground, what it says
    ("cheng", "bureau", Norm("一社区一专职民警", Measure.EACH, "community_officer", Tier.COMMUNITY, 1, f"{PLAN}第三条",
                             full_time=True, hours=24)),
    ("cheng", "bureau", Norm("社区警务队占比", Measure.SHARE, "", Tier.STATION, 40, f"{PLAN}第五条")),
    ("cheng", "bureau", Norm("每周下沉四天", Measure.DAYS, "community_officer", Tier.COMMUNITY, 4, f"{PLAN}第六条",
                             hours=6)),
    ("qiu", "county", Norm("一格一员", Measure.EACH, "grid_worker", Tier.GRID, 1,
                           "青石县网格化管理办法（演示）第八条")),
)  # fmt: skip
SIGNED = (  # who, days ago, on what, hours, what for
    ("shen", 1, "community", 7, ""), ("shen", 3, "community", 8, ""), ("shen", 6, "other", 4, "所里值班"),
    ("shen", 7, "community", 7, ""), ("shen", 8, "community", 7, ""), ("shen", 9, "community", 7, ""),
    ("zhao", 2, "community", 6, ""), ("zhao", 8, "training", 8, "反诈培训"), ("zhao", 9, "community", 7, ""),
)  # fmt: skip


def play(world: World, at: dt.datetime) -> None:
    """Rules in force, one posting that waits, one approved that has not begun, one refused, and two weeks of days."""
    for who, ground, norm in NORMS:
        set_rule(norm, area=world.areas[ground], by=world.cast[who], at=at)
    for who, ago, sort, hours, words in SIGNED:
        sign_day(on=local_date(at) - ago * DAY, sort=sort, minutes=60 * hours, words=words, by=world.cast[who], at=at)
    _postings(world, at)


def _postings(world: World, at: dt.datetime) -> None:
    today = local_date(at)

    def wish(who: str, to: str, first: int, days: int, reason: str) -> Wish:
        return Wish(
            person=world.cast[who].person, kind=PostingKind.SUPPORT, role="police_officer", to_area=world.areas[to],
            starts_on=today + first * DAY, ends_on=today + (first + days) * DAY, reason=reason,
            from_area=world.station,
        )  # fmt: skip

    propose_posting(wish("ming", "hebu", 3, 30, "河埠社区开学季需要增援"), by=world.lin, at=at)
    coming = propose_posting(wish("guan", "hebu", 7, 60, "河埠3号网格暂无人负责"), by=world.lin, at=at)
    decide_posting(coming, approved=True, because="", by=world.lin, at=at)
    no = propose_posting(wish("li", "qiaoxi", 1, 14, "节日值守"), by=world.lin, at=at)
    decide_posting(no, approved=False, because="桥西1组人手不够", by=world.lin, at=at)
