"""What was noted in the week before the demo's shift: words, places by name, and how far each got. All made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
Step = tuple[str, str, dict[str, Any]]  # who, which step, with what


@dataclass(frozen=True)
class Note:
    """A trouble, an advice slip or an observation."""

    ago: dt.timedelta
    by: str
    kind: str
    verb: str
    subkind: str
    place: str
    gist: str
    who: str = ""
    number: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    then: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Barred:
    """A hazard."""

    ago: dt.timedelta
    subkind: str
    place: str
    gist: str
    then: tuple[Step, ...] = ()


NOTES = (
    Note(30 * HOUR, "lu", "trouble", "hazard.note", "small.public_space", "桥西里3幢", "二楼楼道灯不亮，晚上看不清台阶",
         "王女士", "13800002086"),
    Note(3 * DAY, "lu", "trouble", "hazard.note", "small.neighbours", "桥西里12幢", "楼上空调滴水到晾衣杆上",
         "周阿姨", "13800004128", then=(("shen", "take", {}),)),
    Note(5 * DAY, "shen", "trouble", "hazard.note", "small.office", "书院街21号", "换证要跑两趟，问能不能一次说清材料",
         "何师傅", "13800004233",
         then=(("shen", "take", {}), ("shen", "solve", {"solved_by": "材料清单已当面写明，下次带齐即可"}))),
    Note(6 * DAY, "shen", "trouble", "matter.open", "joint.safety", "建新路142号", "菜场后门通道堆货，三家一起清",
         facts={"partners": ["property", "fire_rescue", "market"], "signal": ""}, then=(("shen", "take", {}),)),
    Note(2 * DAY, "lu", "advice", "round.walk", "slip.bicycle", "桥西里7幢", "电动车在楼道充电，讲了车棚的位置"),
    Note(4 * DAY, "shen", "advice", "round.walk", "slip.fraud", "书院街21号", "接到“客服退款”电话，讲了三不一多"),
    Note(5 * HOUR, "lu", "observation", "hazard.note", "place.open_door", "桥西里5幢", "顶楼门锁坏了，门一直开着",
         facts={"basis": "seen"}),
    Note(2 * DAY, "lu", "observation", "hazard.note", "conduct.fraud", "桥西里5幢", "有人在小区门口教老人扫码领鸡蛋",
         facts={"basis": "again"}, then=(("shen", "advise", {"told": "桥西里门口的几个摊位"}),)),
)  # fmt: skip

BARRED = (
    Barred(DAY, "fire.exit_blocked", "建新路142号", "后门安全出口堆放纸箱",
           (("shen", "notify", {"told": "建新路菜场管理处", "to_do": "清空后门通道，不再堆货"}),)),
    Barred(4 * DAY, "fire.charging", "桥西里3幢", "一楼楼道飞线充电",
           (("shen", "notify", {"told": "桥西里物业", "to_do": "拆线，车移到车棚"}),
            ("shen", "mended", {"mended_by": "线已拆，车棚加了两个插座"}))),
    Barred(9 * DAY, "building.structure", "书院街21号", "外墙瓷砖松动，已拉警戒线",
           (("shen", "notify", {"told": "书院小区物业", "to_do": "围护并报修外墙"}),
            ("shen", "mended", {"mended_by": "松动部分已铲除，重新抹面"}), ("zhou", "close", {}))),
)  # fmt: skip

ITEMS = (  # days ago, what, whose, where, made so many days before, over in so many days
    (15, "extinguisher", "川味小馆", "桥西路12号", 1700, 24),
    (15, "extinguisher", "建新路菜场", "建新路142号", 900, 60),
    (12, "exit_light", "建新路菜场", "建新路142号", 500, 95),
    (12, "gas_hose", "书院街面馆", "书院街21号", 520, 40),
    (8, "lift", "南塘小区7幢", "南塘小区7幢", 300, 75),
    (8, "alarm", "桥西里养老驿站", "桥西里7幢", 200, 300),
)
PREMISES = (
    ("川味小馆", "桥西路12号"), ("书院街面馆", "书院街21号"), ("水门早点铺", "水门街40号"), ("染坊巷茶馆", "染坊巷6号"),
)  # fmt: skip
LACKS: tuple[tuple[str, ...], ...] = (("wiring",), ())

WISHES = (  # days ago, who, number, need, every so many days, where
    (29, "方奶奶", "13800004011", "moves_badly", 30, "桥西里7幢"),
    (13, "老梁", "13800004052", "alone", 14, "桥西里12幢"),
    (6, "姚大爷", "13800004093", "hears_badly", 7, "书院街21号"),
    (3, "蒋阿婆", "13800004104", "alone", 30, "染坊巷6号"),
    (2, "邹师傅", "13800004145", "carer", 3, "水门街40号"),
)

ROOMS = (  # community, where, name, hours, staff, equipment
    ("qiaoxi", "桥西里3幢", "桥西警务室", "周一至周六 8:30–17:30", 3, "执法记录仪、急救箱、AED"),
    ("hebu", "河埠广场", "河埠警务室", "周一至周五 8:30–17:30", 2, "执法记录仪、急救箱"),
)
RAPID = ("place", {"hub": 3, "busy": 5, "others": 8})

ACTIVITIES: tuple[tuple[int, str, str, int, dict[str, Any]], ...] = (
    (1, "shen", "fraud_talk", 60, {"reached": 34, "topic": "冒充客服退款", "streets": "桥西里"}),
    (2, "shen", "patrol", 90, {"streets": "桥西路、书院街", "n_staff": 2}),
    (4, "shen", "leaflets", 45, {"reached": 52, "streets": "染坊巷", "questions": "电动车在哪里充电"}),
    (1, "lu", "leaflets", 40, {"reached": 18, "streets": "桥西里", "questions": "流动人口怎么登记"}),
    (3, "lu", "visit_drive", 120, {"reached": 26, "streets": "桥西里"}),
)

UNITS: tuple[tuple[str, str, str, int | None, str], ...] = (  # name, kind, special trade, licence runs out in, staff
    ("青石招待所", "special_trade", "lodging_trade", 24, "under_50"),
    ("石桥图文快印", "special_trade", "printing", 200, "under_10"),
    ("老郑开锁", "special_trade", "locksmith", None, "under_10"),
    ("桥头汽修", "special_trade", "vehicle_repair", 310, "under_50"),
    ("川味小馆", "public_venue", "", None, "under_10"),
    ("桥西网吧", "internet_venue", "", 90, "under_10"),
    ("青石一小", "protected_unit", "", None, "under_300"),
)
DECLARED: tuple[tuple[str, str, str, int, str, dict[str, str]], ...] = (
    # kind, declared by, who files, days ago it happened, what becomes of it, what is told
    ("arrival", "self", "wang", 1, "filed", {"name": "陶小满", "phone": "13800004310", "relation": "lodger"}),
    ("tenancy", "landlord", "wang", 2, "filed", {"name": "郭子安", "phone": "13800004321", "relation": "tenant"}),
    ("change", "self", "wang", 4, "checked", {"name": "陶小满", "phone": "13800004310", "workplace": "柏宁市场"}),
    ("tenancy_end", "landlord", "wang", 3, "accepted", {"name": "韩一诺"}),
    ("stay", "host", "wang", 5, "refused", {"name": "童年", "phone": "13800004354"}),
)
REFUSED = "地址写的是另一个派出所的辖区。请到文昌派出所登记，或在这里改正地址后再报。"
WISHED = (
    ("correct", "我的电话换了，请改成 13800004400"),
    ("explain", ""),
)
