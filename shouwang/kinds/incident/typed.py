"""Reading one typed line: `/new 打架 桥西路12号 两人受伤 13800000000` → call type, number, urgency, place words, gist.

Pure: no database, no clock. Which place the words mean is `places.finding`'s to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shouwang.core.chinese import arabic, half_width
from shouwang.kinds.incident.calls import SUBKINDS

LONGEST = 500
COMMAND = re.compile(r"^/\w*\s*")
PHONE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-?[2-9]\d{6,7})(?!\d)")
URGENCY = re.compile(r"(?<!\S)(?:!|[Uu紧])([1-4])(?!\S)")
QUIET = "勿扰"  # the caller wants no message and no call
PLACE = re.compile(
    r"\d+(?:之\d+)?(?:号|弄|幢|栋|座|单元|室|楼|组|期)|[路街巷道桥村里弄园苑城府寓院站场店厦馆校所局厅门口寺港河埠]$"
    r"|[路街巷桥村楼河][头边下口尾上]$"
    r"|(?:路口|小区|社区|广场|市场|公园|医院|学校|超市|酒店|宾馆|大桥|车站|派出所|幼儿园|菜场|码头|附近|对面|门口|旁边?)"
)
NEVER_A_PLACE = re.compile(r"受伤|流血|打|吵|[一二两三几多有老男女的]人|人在|还在|跑|车牌|刀|醉|哭|喊|求|着急|很快|了$")
SAYS_THERE_IS = re.compile(r"(?:有人在|有人|有|在)$")

# Words that raise the urgency, whatever the call type says (CFS: set by kind, raised by words).
LIFE_IN_DANGER = (
    "昏迷", "没呼吸", "不省人事", "流血", "出血", "生命危险", "快死", "持刀", "拿刀", "动刀", "砍", "捅", "持枪",
    "有枪", "着火", "起火", "爆炸", "跳楼", "轻生", "溺水", "落水", "救命",
)  # fmt: skip
GOING_ON = (
    "受伤", "伤人", "持械", "正在打", "还在打", "打起来", "嫌疑人在", "人还在", "还在店里", "正在偷", "被困", "小孩",
    "儿童", "孕妇", "老人走",
)  # fmt: skip
RAISING = ((1, LIFE_IN_DANGER), (2, GOING_ON))
_WORDS = sorted(
    ((word, sort.name) for sort in SUBKINDS.values() for word in sort.words), key=lambda pair: -len(pair[0])
)


@dataclass(frozen=True)
class Typed:
    """What was read out of the line. Everything can be corrected before it is saved.

    place   the words that look like a place, in the order typed        gist  the rest, with the call type's word
    raised  the words that raised the urgency above that of the call type
    """

    subkind: str = ""
    urgency: int | None = None
    number: str = ""
    place: str = ""
    gist: str = ""
    raised: tuple[str, ...] = ()
    quiet: bool = False


def read_line(line: str) -> Typed:
    """What a typed line says. Never fails: what is not understood stands in the gist."""
    text = COMMAND.sub("", half_width(line[:LONGEST], punctuation=False).strip())
    text, number = _number_in(text)
    text, asked = _urgency_in(text)
    said = [part for part in re.split(r"[\s,，。；;]+", text) if part]
    parts = [part for part in said if part != QUIET]
    sort_part, subkind = _subkind_in(parts)
    place_parts = [part for part in parts if part is not sort_part and _is_place(part)]
    if not place_parts and sort_part is not None:
        place_parts, rest_of_sort = _place_glued_to(sort_part, subkind)
        parts = [rest_of_sort if part is sort_part else part for part in parts]
    gist = " ".join(part for part in parts if part not in place_parts)
    raised_to, raised = raised_by(text)
    usual = SUBKINDS[subkind].urgency if subkind else 3
    return Typed(
        subkind=subkind,
        urgency=asked or min(usual, raised_to),
        number=number,
        place=arabic(" ".join(place_parts)),
        gist=gist,
        raised=raised if raised_to < usual and not asked else (),
        quiet=QUIET in said,
    )


def raised_by(text: str) -> tuple[int, tuple[str, ...]]:
    """(the urgency the words call for, the words); 4 and nothing when they call for none."""
    for urgency, words in RAISING:
        found = tuple(word for word in words if word in text)
        if found:
            return urgency, found
    return 4, ()


def is_emergency(text: str) -> bool:
    """Life in danger by its words: a page then says "call 110" before anything else."""
    sort = subkind_in(text)
    return raised_by(text)[0] == 1 or bool(sort and SUBKINDS[sort].urgency == 1)


def subkind_in(text: str) -> str:
    """The call type whose word, the longest, stands in the text; empty if none does."""
    return next((name for word, name in _WORDS if word in text), "")


def _number_in(text: str) -> tuple[str, str]:
    match = PHONE.search(text)
    if not match:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}", re.sub(r"[- ]", "", match.group(1))


def _urgency_in(text: str) -> tuple[str, int | None]:
    """`!1` or `紧1` or `u1` set the urgency by hand."""
    match = URGENCY.search(text)
    return (URGENCY.sub(" ", text, count=1), int(match.group(1))) if match else (text, None)


def _subkind_in(parts: list[str]) -> tuple[str | None, str]:
    """The part that names the call type, and the type. A part that is only the word beats one that contains it."""
    for word, name in _WORDS:
        if word in parts:
            return word, name
    for word, name in _WORDS:
        for part in parts:
            if word in part:
                return part, name
    return None, ""


def _is_place(part: str) -> bool:
    read = arabic(part)
    if PLACE.search(read) is None:
        return False
    return bool(re.search(r"\d+(?:号|弄|幢|栋|座|单元|室)", read)) or NEVER_A_PLACE.search(read) is None


def _place_glued_to(part: str, subkind: str) -> tuple[list[str], str]:
    """`桥西路12号打架` → (["桥西路12号"], "打架")."""
    word = next((word for word in SUBKINDS[subkind].words if word in part), "")
    before, _found, after = part.partition(word)
    before = SAYS_THERE_IS.sub("", before)
    if before and _is_place(before):
        return [before], word + after
    return [], part
