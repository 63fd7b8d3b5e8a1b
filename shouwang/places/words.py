"""Words for places made comparable: half-width, Arabic numerals, no spaces; and cut into pairs of characters."""

from __future__ import annotations

import re

from shouwang.core.chinese import arabic, half_width

NOT_A_PLACE = re.compile(r"[\s,，。；;、“”\"'()（）\-—#＃]+")
LAST_WORDS = re.compile(r"(?:的)?(?:门口|门前|对面|旁边|附近|楼下|路边|边上|里面|那里|这里|处|旁)$")
NUMBER_NAMES = str.maketrans({"栋": "幢", "座": "幢"})


def comparable(text: str) -> str:
    """桥西路十二号 川味小馆门口 → 桥西路12号川味小馆."""
    plain = NOT_A_PLACE.sub("", arabic(half_width(text))).lower().translate(NUMBER_NAMES)
    return LAST_WORDS.sub("", plain)


def pairs(text: str) -> list[str]:
    """Its characters two by two; one character alone is its own."""
    plain = comparable(text)
    return sorted({plain[n : n + 2] for n in range(len(plain) - 1)} or ({plain} if plain else set()))
