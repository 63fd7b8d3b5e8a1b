"""Names of China's divisions, long and short: 浙江省 and 浙江, 义乌市 and 义乌."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

LISTED = Path(__file__).resolve().parent.parent / "data" / "divisions.txt.gz"
NO_CITY = re.compile(r"^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$")
_PROVINCE_END = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|特别行政区)$|省$|市$")
_CITY_END = re.compile(r"(?:市|地区|盟)$")
_COUNTY_END = re.compile(r"(?:市|区|县|旗)$")
_TOWN_END = re.compile(r"(?:街道办事处|街道|镇|乡)$")
PEOPLES = re.compile(r"(?:[一-龥]{1,4}族)+自治[州县旗]$")
LONGEST = 15


@dataclass
class Divisions:
    """What each name may be. `towns` are short names of towns with the stems of what they lie in."""

    names: dict[str, set[str]] = field(default_factory=dict)
    short: dict[str, set[str]] = field(default_factory=dict)
    towns: dict[str, set[str]] = field(default_factory=dict)

    def add(self, level: str, name: str, stem: str) -> None:
        self.names.setdefault(name, set()).add(level)
        if len(stem) >= 2 and stem != name:
            self.short.setdefault(stem, set()).add(level)


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The list, read once in 0.1 s."""
    found = Divisions()
    seen: set[tuple[str, str]] = set()
    with gzip.open(LISTED, "rt", encoding="utf-8") as lines:
        for line in lines:
            province, city, county, *towns = line.split()
            above = [_stem(province, _PROVINCE_END)]
            for level, name, end in (("province", province, _PROVINCE_END), ("city", city, _CITY_END)):
                if (level, name) not in seen and not NO_CITY.match(name):
                    seen.add((level, name))
                    found.add("city" if level == "province" and name.endswith("市") else level, name, _stem(name, end))
            if not NO_CITY.match(city):
                above.append(_stem(city, _CITY_END))
            found.add("county", county, _stem(county, _COUNTY_END))
            for town in towns:
                found.names.setdefault(town, set()).add("town")
                stem = _stem(town, _TOWN_END)
                if len(stem) >= 2 and stem != "街道":
                    found.towns.setdefault(stem, set()).update([*above[1:], _stem(county, _COUNTY_END)])
    return found


def _stem(name: str, end: re.Pattern[str]) -> str:
    short = PEOPLES.sub("", name) or name
    return short if short != name else end.sub("", name)
