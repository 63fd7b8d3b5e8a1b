"""What the demo's command rooms asked for, learnt and were told in the days before: words, and how far each got."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Then:
    """A step, so long after what it belongs to began."""

    after: dt.timedelta
    who: str
    step: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ordered:
    """A directive: `to` an area or the post of somebody of the cast; a warning holds for `days`."""

    ago: dt.timedelta
    by: str
    to: str
    subkind: str
    gist: str
    place: str
    told: dict[str, Any] = field(default_factory=dict)
    days: int = 0
    then: tuple[Then, ...] = ()

    @property
    def over(self) -> bool:
        return bool(self.days) and self.ago > (self.days + 1) * DAY


@dataclass(frozen=True)
class Learnt:
    """An information item. `below`: the steps of the directive that came of it."""

    ago: dt.timedelta
    by: str
    subkind: str
    channel: str
    gist: str
    place: str
    then: tuple[Then, ...] = ()
    below: tuple[Then, ...] = ()

    @property
    def heard_after(self) -> dt.timedelta | None:
        """When its directive was closed."""
        directed = [then.after for then in self.then if then.step == "direct"]
        closed = [then.after for then in self.below if then.step == "close"]
        return directed[0] + closed[0] if closed else None


@dataclass(frozen=True)
class Noted:
    """An inspection note `of` the call with these words."""

    ago: dt.timedelta
    of: str
    subkind: str
    gist: str
    then: tuple[Then, ...] = ()


@dataclass(frozen=True)
class Linked:
    """What the branch asked about a call answered, so long `after` the call came."""

    of: str
    who: str
    after: dt.timedelta
    answer: str
    words: str


def _worked(who: str, effect: str, feedback: str, *, hours: float) -> tuple[Then, ...]:
    fed_back = Then(hours * HOUR, who, "feed_back", {"effect": effect, "feedback": feedback})
    return (Then(6 * MINUTE, who, "sign"), Then(40 * MINUTE, who, "start"), fed_back)


DIRECTIVES = (
    Ordered(19 * DAY, "zhou", "qiaoxi", "warning.method", "以“燃气安检”为名上门推销报警器", "桥西里",
            told={"when": "工作日上午", "basis": "一周内两次求助，燃气公司未安排入户安检",
                  "advice": "张贴燃气公司电话，入户先核对工作证"},
            days=12, then=(Then(9 * MINUTE, "shen", "sign"), Then(HOUR, "shen", "start"))),
    Ordered(5 * DAY, "zhou", "qiaoxi", "task.presence", "放学时段在书院街口维持秩序", "书院街21号",
            told={"words": "16:30 至 17:30，到岗拍一张路口照片。"},
            then=(*_worked("shen", "done", "连续两天到岗，家长车辆改停河边，路口通畅。", hours=26),
                  Then(29 * HOUR, "lin", "verify", {"remark": "照片清楚，路口情况属实"}),
                  Then(30 * HOUR, "lin", "close"))),
    Ordered(27 * HOUR, "cheng", "station", "task.event", "河埠广场周末集市：人流、消防通道、走失儿童点", "河埠广场",
            told={"words": "收摊后一小时内反馈人数和情况。"},
            then=(Then(40 * SECOND, "fang", "sign"), Then(55 * MINUTE, "zhou", "start"))),  # fed back late
    Ordered(20 * HOUR, "zhou", "hebu", "warning.place", "河埠广场夜市电动自行车被盗增多", "河埠广场",
            told={"when": "19:00 至 22:00", "basis": "近 14 天同类警情 3 起，均在广场东侧非机动车区",
                  "advice": "流动岗移到东侧，提醒加锁，请街道补两盏灯"},
            days=9, then=(Then(8 * MINUTE, "zhao", "sign"), Then(50 * MINUTE, "zhao", "start"))),
    Ordered(28 * HOUR, "lin", "hebu", "task.chase", "水门街夜间噪音三次投诉，与街道一起回访", "水门街40号",
            then=_worked("zhao", "partly", "两家店答应十点后收音响，第三家老板不在，明天再去。", hours=22)),
    Ordered(35 * MINUTE, "zhou", "ming", "task.check", "看一遍东门市场后门的卷帘门是否都能锁", "东门市场",
            then=(Then(4 * MINUTE, "ming", "sign"),)),
    Ordered(2 * MINUTE, "zhou", "qiaoxi", "task.presence", "桥西里 3 幢楼道灯修好前，晚上多走一趟", "桥西里3幢"),
)  # fmt: skip

ITEMS = (
    Learnt(8 * DAY, "shen", "item.place", "counts", "停车棚没有灯，一周两次电池丢失", "桥西里12幢",
           then=(Then(2 * HOUR, "zhou", "assess", {"judged": "firm", "remark": "与两次警情的地点、时间相符"}),
                 Then(3 * HOUR, "zhou", "direct", {"to": "qiaoxi", "what": "请物业装灯，装好前夜里各走一趟"}),
                 Then(4 * DAY, "zhou", "assess_again", {"helped": "helped", "remark": "装灯后没有再发"})),
           below=(*_worked("shen", "done", "物业装了两盏感应灯，夜里走过四趟。", hours=20),
                  Then(30 * HOUR, "lin", "verify"), Then(31 * HOUR, "lin", "close"))),
    Learnt(20 * HOUR, "zhao", "item.time", "own_find", "码头傍晚人多，最后一班船前后最挤", "河埠广场",
           then=(Then(HOUR, "zhou", "assess", {"judged": "likely"}),
                 Then(2 * HOUR, "zhou", "direct", {"to": "hebu", "what": "末班船前后半小时到码头口值守一周"})),
           below=(Then(7 * MINUTE, "zhao", "sign"), Then(30 * MINUTE, "zhao", "start"))),
    Learnt(3 * HOUR, "guan", "item.works", "public", "建新路南段铺管改道，到月底", "建新路58号"),
)  # fmt: skip

NOTES = (
    Noted(36 * HOUR, "夜间唱歌，劝止", "duty.record", "到场记录没有写双方说了什么",
          (Then(3 * HOUR, "zhou", "answer", {"answered": "当晚两处警情接连，记录已由出警人补全。"}),
           Then(8 * HOUR, "gu", "settle", {"remark": "补记与录音一致"}))),
    Noted(20 * HOUR, "忘带钥匙，已开门", "duty.praise", "开锁前核对住址，先关灶火"),
    Noted(6 * HOUR, "等市场监管所回复", "duty.late", "转出一天没有催过答复",
          (Then(2 * HOUR, "zhou", "answer", {"answered": "已电话催办，市场监管所明早答复，日志已记。"}),)),
)  # fmt: skip

RULES = (  # type or group, from which level, branch, within how many minutes
    ("traffic.accident", 3, "traffic", 10),
    ("crime.theft", 3, "criminal", 120),
    ("order.", 1, "patrol", 30),
)
DESKS = (("traffic", "li"), ("criminal", "guan"), ("patrol", "ming"))
LINKED = (
    Linked("电动车与行人，腿部擦伤，已叫120", "li", 2 * MINUTE, "coming", "事故中队已出发，约 6 分钟"),
    Linked("店内监控已登记调取", "guan", 18 * MINUTE, "later", "先由出警组固定监控，下午接手"),
)  # fmt: skip
