"""What the component page shows: every part in every state, with the town of the demo. No database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import pgettext, pgettext_lazy

STATUSES = ("new", "sign", "way", "scene", "free", "wait", "lost", "done", "over")
ICONS = (
    "i-lamp",
    "i-list",
    "i-desk",
    "i-find",
    "i-people",
    "i-cal",
    "i-play",
    "i-more",
    "i-sound",
    "i-check",
    "i-gap",
    "i-phone",
    "i-cam",
    "i-mic",
    "i-nav",
    "i-plus",
    "i-arrow",
    "i-keep",
    "i-eye",
    "i-doc",
    "i-talk",
    "i-pin",
)
LONGEST_PLACE = "桥西路1288弄水门新村南区第三居民组27幢2单元1801室（靠近河埠小学后门的自行车棚）"


class SampleForm(forms.Form):
    """A field of each kind, right and wrong."""

    place = forms.CharField(
        label=pgettext_lazy("sample", "Where is it?"),
        help_text=pgettext_lazy("sample", "A street and number, a name, or how to find it."),
    )
    number = forms.CharField(label=pgettext_lazy("sample", "Your number"), required=False)
    words = forms.CharField(label=pgettext_lazy("sample", "What happened?"), widget=forms.Textarea(attrs={"rows": 3}))
    now = forms.ChoiceField(
        label=pgettext_lazy("sample", "Is it going on now?"),
        widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("sample", "Yes, now")), ("no", pgettext_lazy("sample", "No, it is over"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "number", "words"):
            self.fields[name].widget.attrs["class"] = "form-control"


def everything(now: dt.datetime) -> dict[str, Any]:
    """The context of the component page."""
    return (
        {
            "statuses": STATUSES,
            "icons": ICONS,
            "now": now,
            "soon": now + dt.timedelta(hours=20),
            "later": now + dt.timedelta(days=9),
            "waited": now - dt.timedelta(seconds=48),
            "rows": _rows(now),
            "head": _head(now),
            "stamps": _stamps(now),
            "lines": _lines(now),
            "candidates": _candidates(),
            "conflict": _conflict(),
            "their": {"name": "周岚", "at": now},
            "good": SampleForm(prefix="good", auto_id="good_%s"),
            "wrong": SampleForm({"wrong-place": ""}, prefix="wrong", auto_id="wrong_%s"),
            "page": Paginator(range(437), 50).page(3),
        }
        | _words()
        | _tables()
    )


def _words() -> dict[str, Any]:
    return {
        "purposes": [
            {"value": "handling", "label": pgettext("sample", "To handle this matter")},
            {"value": "call_back", "label": pgettext("sample", "To call back")},
            {"value": "complaint", "label": pgettext("sample", "To answer a complaint")},
        ],
        "masked": {"label": pgettext("sample", "Caller"), "value": "138****2086", "look": "/ui/part/purpose/"},
        "facts": [
            {
                "label": pgettext("sample", "What comes next"),
                "words": pgettext("sample", "The community officer calls you before he comes."),
            },
            {"label": pgettext("sample", "At the latest"), "words": "10月20日"},
            {"label": pgettext("sample", "Who"), "words": "沈知行"},
        ],
        "closed": [
            {
                "label": pgettext("sample", "Hand over"),
                "why": pgettext("sample", "Only the duty lead can hand it to another station."),
            }
        ],
    }


def _tables() -> dict[str, Any]:
    return {
        "figures": [
            {
                "number": "12",
                "unit": pgettext("sample", "evenings"),
                "base": pgettext("sample", "of 13 promised since 1 October; 1 was missed"),
                "share": 12 / 13,
            },
            {
                "number": "23",
                "unit": pgettext("sample", "calls"),
                "base": pgettext("sample", "last week; 19 are settled, 4 have a date"),
                "share": None,
                "href": "#figures",
            },
        ],
        "tabs": [
            {"href": "#tabs", "label": pgettext("sample", "All"), "count": 11, "on": True},
            {"href": "#tabs", "label": pgettext("sample", "For me"), "count": 3},
            {"href": "#tabs", "label": pgettext("sample", "Over time"), "count": 1},
        ],
        "filters": [
            {
                "name": "ground",
                "label": pgettext("sample", "Community"),
                "options": [
                    {"value": "", "label": pgettext("sample", "All")},
                    {"value": "1", "label": "桥西社区", "on": True},
                ],
            }
        ],
        "table": {
            "heads": [
                {"label": pgettext("sample", "Crew")},
                {"label": pgettext("sample", "Signed after")},
                {"label": pgettext("sample", "Arrived after")},
            ],
            "rows": [["桥西1组", "12秒", "4分10秒"], ["河埠1组", "31秒", "6分02秒"]],
        },
        "keys": [
            {"key": "J K", "act": pgettext("sample", "next, previous row")},
            {"key": "?", "act": pgettext("sample", "this list")},
        ],
        "other": {
            "href": "#same",
            "number": "2041",
            "kind": "邻里纠纷",
            "why": pgettext("sample", "150 m away, 25 minutes earlier"),
        },
    }


def _row(
    now: dt.datetime, status: str, kind: str, place: str, number: str, gist: str, waited_s: int, **more: Any
) -> dict[str, Any]:
    row = {"href": "#rows", "status": status, "kind": kind, "place": place, "number": number, "gist": gist}
    return row | {"since": now - dt.timedelta(seconds=waited_s), "units": ()} | more


def _rows(now: dt.datetime) -> list[dict[str, Any]]:
    return [
        _row(now, "new", "打架", "桥西路12号 川味小馆门前", "2047", "两人推搡，一人手部出血", 48, on=True),
        _row(
            now, "over", "挪车求助", "建新路58号", "2046", "车库出口被堵，车上无电话", 83, over=True, units=("水门2组",)
        ),
        _row(
            now, "way", "交通事故", "中山路学前街口", "2043", "电动车与行人，腿部擦伤，已叫120", 272, units=("文昌1组",)
        ),
        _row(
            now,
            "scene",
            "邻里纠纷",
            LONGEST_PLACE,
            "320106202510162041",
            "楼道堆物争执，双方愿意调解，物业和网格员都在场",
            1560,
            units=("桥西2组", "河埠1组"),
        ),
        _row(now, "wait", "消费纠纷", "东门市场", "2029", "等市场监管所回复", 0, clock="明天 09:30"),
    ]


def _head(now: dt.datetime) -> dict[str, Any]:
    return {
        "kind": "打架",
        "number": "2047",
        "status": "new",
        "since": now - dt.timedelta(seconds=48),
        "over": False,
        "place": "桥西路12号 川味小馆门前",
        "ground": "桥西社区 04 网格",
        "person": "社区民警 沈知行",
        "words": "饭馆门口两个人打起来了，有个人手在流血，你们快点。",
        "source": "电话原话 21:46:20 · 录音 28 秒",
        "caller": {"label": pgettext("sample", "Caller"), "value": "138****2086", "look": "/ui/part/purpose/"},
    }


def _stamps(now: dt.datetime) -> list[dict[str, Any]]:
    labels = (
        pgettext("sample", "Called"),
        pgettext("sample", "Answered"),
        pgettext("sample", "Taken in"),
        pgettext("sample", "Sent"),
        pgettext("sample", "Signed"),
        pgettext("sample", "Arrived"),
        pgettext("sample", "Ended"),
    )
    done = [
        {"label": label, "look": "ok", "at": now - dt.timedelta(seconds=60 - 10 * n)}
        for n, label in enumerate(labels[:3])
    ]
    done[2]["was"] = now - dt.timedelta(seconds=20)
    return [
        *done,
        {"label": labels[3], "look": "now", "words": pgettext("sample", "now")},
        {"label": labels[4], "words": pgettext("sample", "within 60 s")},
        {"label": labels[5], "words": pgettext("sample", "by 21:51")},
        {"label": labels[6], "words": pgettext("sample", "open")},
    ]


def _lines(now: dt.datetime) -> list[dict[str, Any]]:
    return [
        {"day": "10月9日", "href": "#timeline", "link": "1873 消费纠纷", "text": "现场调解，已办结"},
        {"at": now - dt.timedelta(seconds=20), "who": "方晓宁", "text": "受理，定为打架，紧急"},
        {
            "at": now - dt.timedelta(seconds=19),
            "who": "系统",
            "text": "从“桥西路川菜馆”认出 2 处，方晓宁选定 12 号",
        },
    ]


def _candidates() -> list[dict[str, Any]]:
    return [
        {
            "key": 1,
            "first": True,
            "status": "free",
            "name": "桥西1组",
            "crew": "民警2 辅警1",
            "eta": "2分10秒",
            "metres": 1100,
            "ticks": ("本责任区", "民警满两人", "有执法记录仪"),
            "cautions": ("派出后桥西 3 分钟圈空 4 分钟",),
        },
        {
            "key": 2,
            "status": "free",
            "name": "东门岗亭",
            "crew": "民警1 辅警2",
            "eta": "3分40秒",
            "metres": 1900,
            "ticks": ("空闲 52 分钟",),
            "cautions": ("仅民警1人，不能单独盘查",),
        },
        {
            "key": 3,
            "status": "way",
            "name": "南塘1组",
            "crew": "在办 2045",
            "eta": "4分05秒",
            "metres": 2300,
            "ticks": ("民警满两人",),
            "cautions": ("改派会让 2045 晚 9 分钟",),
        },
    ]


def _conflict() -> list[dict[str, Any]]:
    return [
        {
            "name": "place",
            "label": pgettext("sample", "Where is it?"),
            "mine": "桥西路12号",
            "theirs": "桥西路12号 川味小馆门前",
        },
        {"name": "urgency", "label": pgettext("sample", "Urgency"), "mine": "2", "theirs": "1", "chosen": "theirs"},
    ]
