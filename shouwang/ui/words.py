"""Times, spans and distances as a person says them (look.md section 7). Pure; `language` is zh-hans, zh-hant or en."""

from __future__ import annotations

import datetime as dt

from shouwang.core.clock import SHANGHAI

MINUTE, HOUR, DAY = 60, 3600, 86400
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
        return _units(language, (whole // MINUTE, "分", " min"), (whole % MINUTE, "秒", " s"))
    return span(whole, language)


def moment(at: dt.datetime, now: dt.datetime, language: str) -> str:
    """A moment seen from `now`: today only the time, then tomorrow and weekday, then the date, the year if it differs."""
    there, here = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    days = (there.date() - here.date()).days
    clock = there.strftime("%H:%M")
    chinese = language != "en"
    near = {-1: ("昨天", "Yesterday"), 0: ("", ""), 1: ("明天", "Tomorrow")}
    if days in near:
        return f"{near[days][0 if chinese else 1]} {clock}".strip()
    weekday = ("周" + WEEKDAYS_ZH[there.weekday()]) if chinese else WEEKDAYS_EN[there.weekday()]
    if 1 < days < 7:
        return f"{weekday} {clock}"
    return f"{date(there.date(), here.date(), language)} {clock}"


def date(day: dt.date, today: dt.date, language: str) -> str:
    """10月18日（周六）; with the year when it differs."""
    if language == "en":
        year = "" if day.year == today.year else f" {day.year}"
        return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}{year}"
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{WEEKDAYS_ZH[day.weekday()]}）"


def distance(metres: float, language: str) -> str:
    """150 米, 1.1 公里; by tens of metres below a kilometre."""
    if metres < 950:
        return f"{max(10, round(metres, -1)):.0f} {'m' if language == 'en' else '米'}"
    return f"{metres / 1000:.1f} {'km' if language == 'en' else '公里'}"


def _units(language: str, *parts: tuple[int, str, str]) -> str:
    chinese = language != "en"
    said = [f"{number}{zh if chinese else en}" for number, zh, en in parts if number or len(parts) == 1]
    return ("" if chinese else " ").join(said)
