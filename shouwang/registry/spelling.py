"""By what a name is found: its characters and pairs, its pinyin, its initials. And by what an address is.

Kept beside the record as one array with one index (GIN), written by whoever writes the record. A plain trigram index
is slower than none for the two characters of a Chinese name (bench/finding.py shows both).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from pypinyin import Style, pinyin

from shouwang.places.words import comparable

INITIALS = "'"  # before initials, so that they never meet a syllable
LONGEST_GRAM = 40
_LATIN = re.compile(r"[a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SURNAMES = {"单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao"}


def name_grams(name: str) -> list[str]:
    """王晓明 → 王 晓 明 王晓 晓明 wang xiao ming wangxiao xiaoming wangxiaoming 'wx 'wxm."""
    found = set(characters_and_pairs(name))
    syllables = syllables_of(name)
    for start in range(len(syllables)):
        found |= set(accumulate(syllables[start:]))
    initials = "".join(syllable[0] for syllable in syllables)
    found |= {INITIALS + initials[:length] for length in range(2, len(initials) + 1)}
    return sorted(gram[:LONGEST_GRAM] for gram in found if gram)


def characters_and_pairs(text: str) -> list[str]:
    """Single characters and pairs of what is written in Chinese; whole words of what is written in letters."""
    plain = text.lower().replace("·", "").replace(" ", "")
    if not _HAN.search(plain):
        return sorted({plain, *re.findall(r"\w+", text.lower())})
    return sorted({*plain, *(plain[n : n + 2] for n in range(len(plain) - 1))})


def syllables_of(name: str) -> list[str]:
    """Pinyin without tones, the surname in its own reading: 单 is shan, 曾 is zeng."""
    read = (_syllable(char, place == 0) for place, char in enumerate(name))
    return [syllable for syllable in read if syllable]


@lru_cache(maxsize=20_000)
def _syllable(char: str, first: bool) -> str:
    if first and char in _SURNAMES:
        return _SURNAMES[char]
    read = pinyin(char, style=Style.NORMAL, errors="ignore")
    return "".join(_LATIN.findall(read[0][0])) if read else ""


def address_grams(text: str) -> list[str]:
    """桥西路12号3单元402 → 桥西 西路 路12号 号3单 元402: pairs, and each number with what stands beside it.

    A number keeps its neighbours, so that 12号 of one street is not 12号 of every street.
    """
    plain = comparable(text)
    found = {f"{before}{number}{after}" for before, number, after in _numbers(plain)}
    words = re.split(r"\d+[a-z]?", plain)
    found |= {word[n : n + 2] for word in words for n in range(len(word) - 1)}
    return sorted(gram[:12] for gram in found)


def asked_address_grams(text: str) -> list[str]:
    """The grams that an address with these words must have: a number at either end may go on, and is left out there."""
    plain = comparable(text)
    found = set(address_grams(plain))
    for before, number, after in _numbers(plain):
        if not before or not after:
            found.discard(f"{before}{number}{after}")
    return sorted(found)


def _numbers(plain: str) -> list[tuple[str, str, str]]:
    """Each number with the character before and after it; empty at either end."""
    spans = (match.span() for match in re.finditer(r"\d+[a-z]?", plain))
    return [(plain[max(start - 1, 0) : start], plain[start:end], plain[end : end + 1]) for start, end in spans]
