"""What somebody asked for: names, numbered levels, and what no address holds. Pure.

桥西里3-2-501, 川味小馆对面 → names 桥西里, levels 3幢 2单元 501室, aside 川味小馆对面
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shouwang.core.chinese import arabic
from shouwang.places.parsing import Part, parse
from shouwang.places.words import comparable

NAMES = ("community", "street", "branch", "place", "inner_place")
LEVELS = {
    "number": "building", "branch_number": "building", "building": "building", "entrance_unit": "entrance_unit",
    "room": "room",
}  # fmt: skip
LEFT_OUT = ("country", "province", "city", "county", "town", "noise")
ENDINGS = {"building": ("幢", "号"), "entrance_unit": ("单元", "门"), "room": ("室", "", "号")}
HOUSES = ("栋", "座", "号楼")
HOUSE_SIGNS = re.compile(r"(?:#楼?|号楼|[幢栋座排])$")
SIGNS = re.compile(r"(?:单元|[号幢栋座排门室房户#])$")


@dataclass(frozen=True)
class Level:
    """A numbered step down the tree. names: what it may be called there, made comparable, the likeliest first."""

    element: str
    names: tuple[str, ...]

    @property
    def said(self) -> str:
        return self.names[0]

    @property
    def written(self) -> list[str]:
        """The names and how signs write them: 3幢 is 3栋, 3座 or 3号楼 there."""
        houses = [name.removesuffix("幢") for name in self.names if name.endswith("幢")]
        return [*self.names, *(f"{house}{sign}" for house in houses for sign in HOUSES)]


@dataclass(frozen=True)
class Asked:
    names: str
    levels: tuple[Level, ...]
    aside: str
    community: str = ""  # before a street it is no part of the address

    @property
    def upper(self) -> str:
        """Names and the first level, for the finder."""
        return self.names + (self.levels[0].said if self.levels else "")

    @property
    def wholes(self) -> list[str]:
        """Every way the tree may write all of it, for an exact look."""
        texts = [self.names]
        if self.community:
            texts.append(self.names.removeprefix(self.community))
        for level in self.levels:
            texts = [text + name for text in texts for name in level.names]
        return [text for text in texts if text]


def components(text: str) -> Asked:
    """Take the words apart; without any name all of them are one."""
    parts = parse(text)
    names = [comparable(part.text) for part in parts if part.slot in NAMES and not _after_numbers(part, parts)]
    asked = [part for part in parts if part.slot in LEVELS]
    levels = [_level(part, on_street=part.slot in ("number", "branch_number")) for part in asked]
    kept = {*LEFT_OUT, *LEVELS}
    aside = "".join(
        part.text for part in parts if part.slot not in kept and (part.slot not in NAMES or _after_numbers(part, parts))
    )
    first = next((part for part in parts if part.slot in NAMES), None)
    community = comparable(first.text) if first and first.slot == "community" and len(names) > 1 else ""
    return Asked("".join(names), tuple(_in_order(levels)), aside, community)


def _after_numbers(part: Part, parts: list[Part]) -> bool:
    """A name after the first number is a shop or a firm: 桥西路12号川味小馆."""
    at = next(n for n, one in enumerate(parts) if one is part)
    return part.slot in ("place", "inner_place") and any(one.slot in LEVELS for one in parts[:at])


def _level(part: Part, *, on_street: bool) -> Level:
    element = LEVELS[part.slot]
    text = arabic(part.text)
    number = SIGNS.sub("", comparable(HOUSE_SIGNS.sub("", text)))
    endings = ENDINGS[element]
    if element == "building":
        endings = ("幢", "号") if HOUSE_SIGNS.search(text) or not on_street else ("号", "幢")
    return Level(element, tuple(f"{number}{ending}" for ending in endings))


def _in_order(levels: list[Level]) -> list[Level]:
    """From the building down; of two buildings the second is an entrance: 桥西路12号3号."""
    found: list[Level] = []
    order = ("building", "entrance_unit", "room")
    for level in levels:
        if found and level.element == "building" == found[-1].element:
            found.append(Level("entrance_unit", tuple(level.said.rstrip("号幢") + end for end in ("单元", "号", "幢"))))
        elif not found or order.index(level.element) > order.index(found[-1].element):
            found.append(level)
    return found
