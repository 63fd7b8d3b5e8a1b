"""Whether words are about who somebody is. 民族路 is a street: the name of a place says nothing about anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shouwang.kinds.observation.words import ABOUT_WHO
from shouwang.places.models import Address

_BETWEEN = r"(?:团结|文化|友好|风情|特色|[东南西北中大新老前后]|第?[一二三四五六七八九十0-9])*"
_ENDS = (
    "路|大街|街道|街|大道|巷|弄|胡同|桥|广场|公园|小区|新村|花园|村|乡|镇|自治县|自治州|自治区|自治乡|幼儿园|小学|中学|大学"
    "|学院|学校|医院|卫生院|文化宫|博物馆|剧院|商场|市场|饭店|宾馆|酒店|菜馆|餐厅|鸡店|车站|站"
)
_PEOPLE = "人民主坊头员长友痞们老的学生客"  # 回族村民, 回族街坊, 回族学校的: people again, not the place
_PLACE = re.compile(
    rf"(?:{'|'.join(ABOUT_WHO)})(?:{_BETWEEN}(?:{_ENDS})(?![{_PEOPLE}])"
    r"|\w*\s+(?:street|road|avenue|lane|square|school|hospital)\b)"
)


def word_about_who(text: str) -> str:
    """The first word of the list that stands in `text` for itself, not in the name of a place; "" where none does."""
    said = text.lower()
    if not _first(said):
        return ""
    said = _PLACE.sub(" ", said)
    return _first(_without(said, _known_names(said)))


def _first(said: str) -> str:
    return next((word for word in ABOUT_WHO if word in said), "")


def _known_names(said: str) -> list[str]:
    """Names of standard addresses of this town with such a word in them: 老乡里 is an estate here."""
    word = _first(said)
    if not word:
        return []
    named = Address.objects.filter(name__icontains=word).exclude(name__iexact=word)
    return list(named.values_list("name", flat=True).distinct()[:200])


def _without(said: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name.lower(), " ")
    return said
