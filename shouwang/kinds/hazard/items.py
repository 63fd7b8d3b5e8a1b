"""Acts on safety items: note one, check it, take it away; what falls due; and the hazard that a date leads to."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.hazard.models import ItemSort, SafetyItem
from shouwang.matters.ground import area_at
from shouwang.matters.intake import OutsideTheTown, open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, require, spans, within

SOON_DAYS = (30, 60, 90)
OPENS_DAYS = 30  # so long before its date a hazard is opened
GOOD_FOR = {  # how long one is good after its making (GB 50444: dry powder 10 years), else after a check
    ItemSort.EXTINGUISHER: dt.timedelta(days=3652),
}
LEADS_TO = {  # which sort of hazard it is when its date passes
    ItemSort.EXTINGUISHER: "fire.extinguisher",
    ItemSort.HYDRANT: "fire.equipment",
    ItemSort.ALARM: "fire.equipment",
    ItemSort.EXIT_LIGHT: "fire.equipment",
    ItemSort.GAS_HOSE: "building.gas",
    ItemSort.LIFT: "building.lift",
}
CHECKED_FOR = dt.timedelta(days=365)
OLDEST = dt.timedelta(days=20 * 365)


class ItemKnown(Problem):
    code, status = "hazard.item_known", 409
    says = _("{item} is noted at this place already. Open that one and check it.")


class DatesWrong(Problem):
    code, status = "hazard.dates", 400
    says = _("The dates do not fit: made, then checked, then good until; none made or checked in the future.")


class PremisesMissing(Problem):
    code, status = "hazard.premises", 400
    says = _("Say where it is: the shop, the building or the stairway.")


def note_item(
    *, sort: str, premises: str, place_text: str, point: tuple[float, float], made_on: dt.date | None,
    by: Actor, at: dt.datetime, expires_on: dt.date | None = None,
) -> SafetyItem:  # fmt: skip
    """A new item, checked today. Raises ItemKnown, DatesWrong, PremisesMissing, OutsideTheTown, geo problems."""
    lon, lat = check_lonlat(*point)
    area, today = area_at(lon, lat, at), local_date(at)
    if area is None:
        raise OutsideTheTown(field="point")
    row = SafetyItem(
        sort=ItemSort(sort), premises=clean_line(premises, 120, field="premises"),
        place_text=clean_line(place_text, 300, field="place_text"), lon=lon, lat=lat, area=area,
        duty_path=area.duty_path, government_path=area.government_path, made_on=made_on, checked_on=today,
        expires_on=expires_on or good_until(ItemSort(sort), made_on, today), noted_by=by.person_id,
    )  # fmt: skip
    if not row.premises:
        raise PremisesMissing(field="premises")
    if (made_on and made_on > today) or row.expires_on < today - OLDEST:
        raise DatesWrong(field="made_on")
    row.expires_on = max(row.expires_on, today)  # one that is over already is due today
    try:
        with acting(by):
            require(by, Verb.MATTER_OPEN, row, at)
            row.save(force_insert=True)
            record("item.note", topic="item.noted", subject=row, by=by, at=at, area=area, sort=row.sort)
    except IntegrityError:
        raise ItemKnown(field="premises", item=row.get_sort_display()) from None
    return row


def good_until(sort: ItemSort, made_on: dt.date | None, checked_on: dt.date) -> dt.date:
    """The earlier of its age and a year after the check."""
    ages = [checked_on + CHECKED_FOR]
    if made_on and sort in GOOD_FOR:
        ages.append(made_on + GOOD_FOR[sort])
    return min(ages)


def check_item(*, item: SafetyItem, by: Actor, at: dt.datetime, made_on: dt.date | None = None) -> SafetyItem:
    """Looked at today and in order; with another making date it was renewed."""
    today = local_date(at)
    if made_on and made_on > today:
        raise DatesWrong(field="made_on")
    with acting(by):
        row = SafetyItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        require(by, Verb.MATTER_WORK, row, at)
        row.made_on = made_on or row.made_on
        row.checked_on = today
        row.expires_on = max(good_until(ItemSort(row.sort), row.made_on, today), today)
        row.save(update_fields=["made_on", "checked_on", "expires_on"])
        record("item.check", topic="item.checked", subject=row, by=by, at=at, area=row.area_id, renewed=bool(made_on))
    return row


def tell_owner(*, item: SafetyItem, by: Actor, at: dt.datetime) -> SafetyItem:
    """Whoever runs the premises got notice of the date. Each time is on record."""
    with acting(by):
        row = SafetyItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        require(by, Verb.MATTER_WORK, row, at)
        row.told_on = local_date(at)
        row.save(update_fields=["told_on"])
        record("item.tell", topic="item.told", subject=row, by=by, at=at, area=row.area_id)
    return row


def take_away(*, item: SafetyItem, by: Actor, at: dt.datetime) -> None:
    """It is not there any more."""
    with acting(by):
        row = SafetyItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        require(by, Verb.MATTER_WORK, row, at)
        row.active = False
        row.save(update_fields=["active"])
        record("item.take_away", topic="item.taken_away", subject=row, by=by, at=at, area=row.area_id)


def items_of(by: Actor, at: dt.datetime, *, within_days: int | None = None) -> QuerySet[SafetyItem]:
    """Those on the ground of `by`, soonest due first; only those due within so many days."""
    found = SafetyItem.objects.filter(within(spans(by, Verb.MATTER_READ, at)), active=True)
    if within_days is not None:
        found = found.filter(expires_on__lte=local_date(at) + dt.timedelta(days=within_days))
    return found.select_related("area").order_by("expires_on", "premises")


def due_counts(by: Actor, at: dt.datetime) -> dict[int, int]:
    """How many fall due within 30, 60 and 90 days."""
    today = local_date(at)
    ends = {days: Count("pk", filter=Q(expires_on__lte=today + dt.timedelta(days=days))) for days in SOON_DAYS}
    found = items_of(by, at).order_by().aggregate(**{f"d{days}": count for days, count in ends.items()})
    return {days: found[f"d{days}"] for days in SOON_DAYS}


def open_due(at: dt.datetime) -> int:
    """A hazard for each item that falls due within 30 days and has none: the owner has time to renew it."""
    ends = local_date(at) + dt.timedelta(days=OPENS_DAYS)
    rows = SafetyItem.objects.filter(active=True, hazard__isnull=True, expires_on__lte=ends).select_related("area")
    return len([_open_for(row, at) for row in rows.order_by("expires_on")[:500]])


def _open_for(row: SafetyItem, at: dt.datetime) -> Matter:
    by = Actor.system()
    with acting(by):
        matter = open_matter(
            kind="hazard", by=by, at=at, verb=None, subkind=LEADS_TO[ItemSort(row.sort)], channel="inspection",
            area=row.area,
            point=(row.lon, row.lat), place_text=f"{row.place_text} {row.premises}"[:300],
            gist=f"{row.get_sort_display()} {row.expires_on:%Y-%m-%d}", facts={"item": str(row.pk)},
        )  # fmt: skip
        SafetyItem.objects.filter(pk=row.pk).update(hazard=matter.pk)
    return matter


def renewed_by(key: str, matter: Matter, at: dt.datetime) -> None:
    """The hazard is gone: the item was renewed or checked. Inside the step that closes it."""
    row = SafetyItem.objects.select_for_update().filter(pk=UUID(key), hazard=matter.pk).first()
    if row is None:
        return
    today = local_date(at)
    row.checked_on, row.hazard = today, None
    row.expires_on = today + CHECKED_FOR
    row.save(update_fields=["checked_on", "expires_on", "hazard"])
