"""What happens when a call comes in: its urgency, whom it must not reach, its first times, and repeats at one place."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Q

from shouwang.core.geo import box_around, metres_between
from shouwang.kinds.incident.calls import SUBKINDS
from shouwang.kinds.incident.models import StampName
from shouwang.kinds.incident.stamps import set_stamps
from shouwang.kinds.incident.typed import raised_by, subkind_in
from shouwang.kinds.incident.words import SENT_IN
from shouwang.matters.ground import numbers_of
from shouwang.matters.kinds import Taking
from shouwang.matters.models import Matter
from shouwang.matters.openings import Wanted, ask_for
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

REPEATS, REPEATS_WITHIN = 3, dt.timedelta(days=30)  # CFS-12, S-CMD-029
SAME_PLACE_M = 25.0
DWELLING = re.compile(r"\d+\s*(?:室|户)|单元\s*\d+|\d+-\d+-\d+")


def guess_kind(taking: Taking) -> None:
    """Nobody was on the line to choose: the call type its words name, until the desk says otherwise."""
    matter = taking.matter
    named = subkind_in(f"{matter.gist} {matter.words}")
    if matter.channel in SENT_IN and not matter.subkind and named:
        matter.subkind = named
        matter.facts["kind_by"] = "words"
        if not taking.given.get("urgency"):
            matter.urgency = SUBKINDS[named].urgency


def weigh_urgency(taking: Taking) -> None:
    """Set by the call type, raised by words; what a person chose at intake stands."""
    matter = taking.matter
    if taking.given.get("urgency"):
        matter.facts["urgency_by"] = "person"
        return
    matter.facts["urgency_by"] = "kind"
    raised_to, words = raised_by(f"{matter.gist} {matter.words}")
    if raised_to < matter.urgency:
        matter.urgency = raised_to
        matter.facts |= {"urgency_by": "words", "raised_by": list(words)}


def keep_from_unit_concerned(taking: Taking) -> None:
    """A complaint about police conduct never reaches the office concerned (CFS-02).

    `facts["unit_concerned"]` is that office's area number; without it, the station on whose ground it lies.
    """
    matter = taking.matter
    if matter.channel != "complaint_police" and matter.subkind != "complaint.police":
        return
    office = matter.facts.get("unit_concerned")
    if office is None:
        station = Area.objects.filter(number__in=numbers_of(matter.area), tier=Tier.STATION).first()
        office = station.number if station else None
    if office is not None:
        matter.facts["unit_concerned"] = office
        matter.excluded_areas = sorted({*matter.excluded_areas, int(office)})


def mark_dwelling(taking: Taking) -> None:
    """Whether the place is one household's: what is said of it is then said of a family."""
    if DWELLING.search(taking.matter.place_text):
        taking.matter.facts["single_dwelling"] = True


def first_times(taking: Taking) -> None:
    """Called, and answered where somebody took the call; classified where the call type is known."""
    matter = taking.matter
    names = [StampName.CALLED]
    if matter.channel not in SENT_IN:
        names.append(StampName.ANSWERED)
    if matter.subkind and matter.channel not in SENT_IN:
        names.append(StampName.CLASSIFIED)
    set_stamps(matter, tuple(names), by=taking.by, at=taking.at)


def notice_repeats(taking: Taking) -> None:
    """The third call from one place, or about one dispute there, in 30 days asks for a problem to be solved (CFS-12).

    For a single dwelling only the responsible officer learns of it.
    """
    matter = taking.matter
    if len(earlier_here(matter)) + 1 < REPEATS:
        return
    sealed_to = (matter.responsible_id,) if matter.facts.get("single_dwelling") and matter.responsible_id else ()
    ask_for(matter, Wanted("problem", "repeat_place", sealed_to=sealed_to), by=taking.by, at=taking.at)


def earlier_here(matter: Matter) -> list[Matter]:
    """Calls of the last 30 days at the same address or within 25 m of the point; for a dwelling the same address text.

    Joined duplicates, withdrawn and false calls do not count; two dwellings of one house are two places.
    """
    since = Matter.objects.filter(kind=matter.kind, opened_at__gt=matter.opened_at - REPEATS_WITHIN)
    since = since.filter(opened_at__lte=matter.opened_at).exclude(pk=matter.pk)
    since = since.exclude(phase="void").exclude(outcome="false_call")
    same = Q(address=matter.address) if matter.address else Q(pk__in=[])
    if matter.lon is not None and matter.lat is not None:
        west, south, east, north = box_around(matter.lon, matter.lat, SAME_PLACE_M)
        same |= Q(lon__range=(west, east), lat__range=(south, north))
    return [one for one in since.filter(same).order_by("opened_at")[:50] if _same_place(one, matter)]


def _same_place(one: Matter, other: Matter) -> bool:
    if one.facts.get("single_dwelling") or other.facts.get("single_dwelling"):
        return one.place_text == other.place_text
    if one.address and one.address == other.address:
        return True
    if None in (one.lon, one.lat, other.lon, other.lat):
        return False
    return metres_between(one.lon or 0, one.lat or 0, other.lon or 0, other.lat or 0) <= SAME_PLACE_M
