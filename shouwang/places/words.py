"""Words for places made comparable: half-width, Arabic numerals, no spaces; and cut into pairs of characters."""

from __future__ import annotations

import re

from shouwang.core.chinese import arabic, half_width

NOT_A_PLACE = re.compile(r"[\s\x00,，。；;、“”\"'()（）\-—#＃]+")
LAST_WORDS = re.compile(r"(?:的)?(?:门口|门前|对面|旁边|附近|楼下|路边|边上|里面|那里|这里|处|旁)$")
AND = re.compile(r"(?<=[路街巷道])[与和跟同](?=.)")  # 中山路和学前街交叉口
CROSSING = re.compile(r"(?:交叉路?口|十字路口|交汇处|丁字路口)$")
NUMBER_NAMES = str.maketrans({"栋": "幢", "座": "幢"})

# Pairs that most names of a town end with: alone they say nothing, and would make the index hand out half of it.
_ENDINGS = "单元 小区 花园 新村 家园 公寓 社区 号楼 街道 东路 西路 南路 北路 中路 东街 西街 南街 北街 路口 街口 巷口"
COMMON = frozenset([*_ENDINGS.split(), "村委", "委会", "居委", "警务", "务室"])


def comparable(text: str) -> str:
    """桥西路十二号 川味小馆门口 → 桥西路12号川味小馆."""
    plain = NOT_A_PLACE.sub("", arabic(half_width(text))).lower().translate(NUMBER_NAMES)
    return CROSSING.sub("口", AND.sub("", LAST_WORDS.sub("", plain)))


def said_here(name: str, full_text: str) -> str:
    """桥西路12号, without the county and street office that stand before it; a bare number with its street."""
    return name if full_text.endswith(name) and not name[:1].isdigit() else full_text


def pairs(text: str) -> list[str]:
    """Its characters two by two; one character alone is its own."""
    plain = comparable(text)
    return sorted({plain[n : n + 2] for n in range(len(plain) - 1)} or ({plain} if plain else set()))


def telling(found: list[str]) -> list[str]:
    """The pairs worth asking the index for: without digits and what most names share, as long as any is left."""
    without_digits = [pair for pair in found if not any(c.isdigit() for c in pair)]
    return [pair for pair in without_digits if pair not in COMMON] or without_digits or found
