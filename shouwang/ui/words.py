"""Times, spans, distances and numbers as a person says them. Pure; `language` is zh-hans, zh-hant or en.

Chinese here is the same in both scripts but for 周/週 and a few units, which `_script` turns.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.core.clock import SHANGHAI

MINUTE, HOUR, DAY = 60, 3600, 86400
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEAR = {-1: ("昨天", "yesterday"), 0: ("今天", "today"), 1: ("明天", "tomorrow")}
TRADITIONAL = str.maketrans("周时个钟", "週時個鐘")


def span(seconds: float, language: str) -> str:
    """A running time: 00:48 under ten minutes, then 26分, then 3小时10分, then 4天."""
    whole = max(0, int(seconds))
    if whole < 10 * MINUTE:
        return f"{whole // MINUTE:02d}:{whole % MINUTE:02d}"
    if whole < HOUR:
        return _units(language, (whole // MINUTE, "分", " min"))
    if whole < 2 * DAY:
        return _units(language, (whole // HOUR, "小时", " h"), (whole % HOUR // MINUTE, "分", " min"))
    return _units(language, (whole // DAY, "天", " days"))


def duration(seconds: float, language: str) -> str:
    """A length of time in words: 48秒, 2分10秒, 26分, 3小时10分."""
    whole = max(0, round(seconds))
    if whole < MINUTE:
        return _units(language, (whole, "秒", " s"))
    if whole < 10 * MINUTE:
        return _units(language, (whole // MINUTE, "分", " min"), (whole % MINUTE, "秒", " s"), pad_last=True)
    return span(whole, language)


def age(seconds: float, language: str) -> str:
    """How old a position is: 47 秒前, 3 分钟前, 2 小时前."""
    whole = max(0, int(seconds))
    for size, zh, en in ((MINUTE, "秒", "s"), (HOUR, "分钟", "min"), (DAY, "小时", "h")):
        if whole < size:
            number = whole // {MINUTE: 1, HOUR: MINUTE, DAY: HOUR}[size]
            return f"{number} {en} ago" if language == "en" else _script(f"{number} {zh}前", language)
    days = whole // DAY
    return f"{days} days ago" if language == "en" else f"{days} 天前"


def moment(at: dt.datetime, now: dt.datetime, language: str, *, ends: bool = False) -> str:
    """A moment seen from `now`: 21:47 earlier today, 今天 15:20 later today, 明天 09:30, 周六 20:00, else the date.

    What lies ahead carries its weekday, what is past does not: 10月18日（周六）20:00, 10月13日 22:41.
    ends  something ends then: midnight closes the day before, 明天 24:00
    """
    there, here = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    clock = minute(at, ends=ends)
    if clock == "24:00":
        there -= dt.timedelta(days=1)
    days = (there.date() - here.date()).days
    if days == 0 and at <= now:
        return clock
    if days in NEAR:
        return f"{NEAR[days][1 if language == 'en' else 0]} {clock}"
    if 1 < days < 7:
        return f"{weekday(there.date(), language)} {clock}"
    said = date(there.date(), here.date(), language, with_weekday=days > 0)
    return f"{said}{clock}" if said.endswith("）") else f"{said} {clock}"


def minute(at: dt.datetime, *, ends: bool = False) -> str:
    """21:47; midnight is 24:00 for what ends then."""
    clock = at.astimezone(SHANGHAI).strftime("%H:%M")
    return "24:00" if ends and clock == "00:00" else clock


def date(day: dt.date, today: dt.date, language: str, *, with_weekday: bool = True) -> str:
    """10月18日（周六）; with the year when it differs."""
    if language == "en":
        year = "" if day.year == today.year else f" {day.year}"
        first = f"{weekday(day, language)} " if with_weekday else ""
        return f"{first}{day.day} {MONTHS_EN[day.month - 1]}{year}"
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日" + (f"（{weekday(day, language)}）" if with_weekday else "")


def weekday(day: dt.date, language: str) -> str:
    if language == "en":
        return WEEKDAYS_EN[day.weekday()]
    return _script("周" + WEEKDAYS_ZH[day.weekday()], language)


def working_days(number: int, language: str) -> str:
    """3个工作日."""
    if language == "en":
        return f"{number} working day{'' if number == 1 else 's'}"
    return _script(f"{number}个工作日", language)


def distance(metres: float, language: str) -> str:
    """150 米, 1.1 公里; by tens of metres below a kilometre."""
    if metres < 950:
        return f"{max(10, round(metres, -1)):.0f} {'m' if language == 'en' else '米'}"
    return f"{metres / 1000:.1f} {'km' if language == 'en' else '公里'}"


def money(yuan: Decimal, language: str) -> str:
    """12.50 元."""
    return f"{yuan:.2f} {'yuan' if language == 'en' else '元'}"


def receipt(code: str) -> str:
    """K7M3 9RTX: in two halves, as it is read aloud."""
    return f"{code[:4]} {code[4:]}".strip()


def _units(language: str, *parts: tuple[int, str, str], pad_last: bool = False) -> str:
    said = []
    for place, (number, zh, en) in enumerate(parts):
        if not number and len(parts) > 1:
            continue
        digits = f"{number:02d}" if pad_last and place else str(number)
        said.append(f"{digits}{en}" if language == "en" else f"{digits}{zh}")
    return " ".join(said) if language == "en" else _script("".join(said), language)


def _script(text: str, language: str) -> str:
    return text.translate(TRADITIONAL) if language == "zh-hant" else text
