"""One box: matters by reference, words, place and date, through the access filter and the grams index."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db.models import Q

from shouwang.core.actor import Actor
from shouwang.core.chinese import arabic
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.querying import MatterQuerySet

WORDS_INDEXED = 600  # of the caller's words; the whole of gist and place
FOUND_BY = frozenset({"place", "words", "gist", "subkind"})  # what the index is made of
MOST = 50
_DATE = re.compile(r"(?:(20\d\d)[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_SPOKEN = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}


def grams_of(text: str) -> list[str]:
    """Single characters and pairs of what counts in `text`: 桥西12 → 桥 西 1 2 桥西 西1 12."""
    found: dict[str, None] = {}
    for run in re.findall(r"\w+", arabic(text).casefold()):
        found |= dict.fromkeys(run)
        found |= dict.fromkeys(run[place : place + 2] for place in range(len(run) - 1))
    return list(found)


def searched_text(matter: Matter) -> str:
    """What a matter can be found by."""
    kind = kind_of(matter.kind)
    sort = kind.subkinds.get(matter.subkind)
    labels = [str(sort.label), *sort.words] if sort else []
    return " ".join([matter.reference, matter.place_text, matter.gist, matter.words[:WORDS_INDEXED], *labels])


def set_grams(matter: Matter) -> None:
    """Fit the index to the matter, before it is saved."""
    matter.grams = grams_of(searched_text(matter))


def find_matters(text: str, *, by: Actor, at: dt.datetime, limit: int = MOST) -> list[Matter]:
    """Matters that `by` may see and that hold every word of `text`, newest first.

    A whole reference, or `#47` for today's number 47, comes first; `11-20`, `2026年11月20日`, `昨天` narrow to a day.
    Source  one GIN index over pairs of characters answers in under a millisecond; see the measurements of the stack
    """
    visible = Matter.objects.visible_to(by, at)
    asked = arabic(text).strip()[:200]
    reference = re.fullmatch(r"#?(\d{1,12})", asked)
    if reference:
        exact = _by_number(visible, reference.group(1), at, short=asked.startswith("#"))
        if exact:
            return exact
    words, day = _day_in(asked, local_date(at))
    if day is not None:
        start = dt.datetime.combine(day, dt.time(), SHANGHAI)
        visible = visible.filter(opened_at__gte=start, opened_at__lt=start + dt.timedelta(days=1))
    parts = [part.casefold() for part in words.split()]
    grams = [gram for part in parts for gram in grams_of(part)]
    if grams:
        visible = visible.filter(grams__contains=grams)
    elif day is None:
        return []
    found = visible.select_related("area", "responsible__person").order_by("-opened_at")[: limit * 3]
    return [matter for matter in found if _holds(matter, parts)][:limit]


def _by_number(visible: MatterQuerySet, digits: str, at: dt.datetime, *, short: bool) -> list[Matter]:
    today = f"{local_date(at):%y%m%d}{int(digits):04d}" if len(digits) <= 4 else ""
    wanted = Q(reference=digits) | (Q(reference=today) if short or today else Q(pk__in=[]))
    return list(visible.filter(wanted).select_related("area", "responsible__person")[:2])


def _day_in(text: str, today: dt.date) -> tuple[str, dt.date | None]:
    """The words without the date, and the date; a day and month without a year is the last such day."""
    for word, ago in _SPOKEN.items():
        if word in text:
            return text.replace(word, " "), today - dt.timedelta(days=ago)
    match = _DATE.search(text)
    if not match:
        return text, None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        found = dt.date(year or today.year, month or 1, day or 1)
        if year is None and found > today:
            found = found.replace(year=today.year - 1)
    except ValueError:
        return text, None
    return text[: match.start()] + " " + text[match.end() :], found


def _holds(matter: Matter, parts: Iterable[str]) -> bool:
    """Pairs may be found apart; the words must stand as they were typed."""
    text = arabic(searched_text(matter)).casefold()
    return all(part in text for part in parts)
