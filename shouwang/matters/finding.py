"""One box: matters by reference, words, place and date, through the access filter and the grams index."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
RECENT = dt.timedelta(hours=24)  # numbers begin again at midnight: so long an old one may still be meant
SHORT = 4  # digits of a number of the day; a whole reference has more
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


@dataclass(frozen=True)
class Narrowing:
    """What a search asks for beside the words: a kind, open or ended, opened from one day to another."""

    kind: str = ""
    standing: Literal["", "open", "ended"] = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def of(self, matters: MatterQuerySet) -> MatterQuerySet:
        if self.kind:
            matters = matters.filter(kind=self.kind)
        if self.standing:
            matters = matters.open() if self.standing == "open" else matters.filter(phase__in=("done", "void"))
        if self.first:
            matters = matters.filter(opened_at__gte=_midnight(self.first))
        if self.last:
            matters = matters.filter(opened_at__lt=_midnight(self.last) + dt.timedelta(days=1))
        return matters


ANY = Narrowing()


def find_matters(text: str, *, by: Actor, at: dt.datetime, limit: int = MOST, only: Narrowing = ANY) -> list[Matter]:
    """Matters that `by` may see and that hold every word of `text`, newest first.

    A whole reference, or `#47` for today's number 47, comes first; `11-20`, `2026年11月20日`, `昨天` narrow to a day.
    Without words, what `only` leaves; without either, nothing.
    Source  one GIN index over pairs of characters answers in under a millisecond; see the measurements of the stack
    """
    visible = only.of(Matter.objects.visible_to(by, at))
    asked = arabic(text).strip()[:200]
    reference = re.fullmatch(r"#?(\d{1,12})", asked)
    if reference and (exact := numbered(visible, reference.group(1), at)):
        return exact
    words, day = _day_in(asked, local_date(at))
    if day is not None:
        visible = Narrowing(first=day, last=day).of(visible)
    parts = [part.casefold() for part in words.split()]
    grams = [gram for part in parts for gram in grams_of(part)]
    if grams:
        visible = visible.filter(grams__contains=grams)
    elif day is None and (parts or only == ANY):
        return []
    found = visible.select_related("area", "responsible__person").order_by("-opened_at")[: limit * 3]
    return [matter for matter in found if _holds(matter, parts)][:limit]


def numbered(visible: MatterQuerySet, digits: str, at: dt.datetime) -> list[Matter]:
    """Those a number may mean, newest first: of a short one, what is open or was opened within a day.

    Numbers begin again at midnight, so there may be two of them.
    """
    given = Q(reference=digits)
    found = set()
    if len(digits) <= SHORT:
        today, yesterday = (f"{local_date(day):%y%m%d}{int(digits):04d}" for day in (at, at - RECENT))
        given |= Q(reference=today) | Q(reference=yesterday, opened_at__gt=at - RECENT)
        found |= set(visible.open().filter(number=int(digits)).select_related("area", "responsible__person")[:MOST])
    found |= set(visible.filter(given).select_related("area", "responsible__person"))
    return sorted(found, key=lambda matter: matter.opened_at, reverse=True)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), SHANGHAI)


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
