"""What the demo's station has at hand: its equipment with the monthly count, a duty level that ended, a mobilisation.

Everything is done by the functions that pages call, in the order of its time. Nobody in it is real.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.demo.world import World
from shouwang.duty.equipment.counting import close_count, count_seen, explain, open_count
from shouwang.duty.equipment.handling import Given, handle_items
from shouwang.duty.equipment.keeping import Wanted, keep_kind, take_in
from shouwang.duty.levels.ordering import decide_order, note_ended, propose_order
from shouwang.duty.mobilising.calling import acknowledge, chase, end_mobilisation, exempt, order_mobilisation
from shouwang.duty.models import Answered, DutyLevel, EquipmentKind, MobilisationCall, Unit

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Lot:
    """`n` things of one kind, numbered from `first`; they expire or were tested so many days from now."""

    kind: str
    form: str
    first: str
    n: int
    model: str
    sizes: tuple[str, ...] = ("",)
    expires: int = 0
    tested: int = 0
    terminals: int = 0

    @property
    def serials(self) -> list[str]:
        stem, start = self.first.rsplit("-", 1)
        return [f"{stem}-{int(start) + n:04d}" for n in range(self.n)]


TRUNKED = Lot("350M数字对讲机", "radio", "TR-0411", 12, "PDT 手持", terminals=13900041100)
PUBLIC = Lot("公网对讲机", "radio", "PN-0421", 8, "4G 手持")
RECORDERS = Lot("执法记录仪", "recorder", "REC-0471", 10, "DSJ 64G")
VESTS = Lot("防护装备", "gear", "VEST-0031", 9, "防刺服 2 级", ("L", "XL", "M"), expires=620, tested=-80)
GLOVES = Lot("防护装备", "gear", "GLV-0101", 6, "防割手套", ("L", "M"), expires=19)
LOTS = (TRUNKED, PUBLIC, RECORDERS, VESTS, GLOVES)
ISSUED = (  # what, to whom of the cast or which unit
    (TRUNKED, ("ming", "li", "he", "guan", "zhou")),
    (PUBLIC, ("shen", "zhao")),
    (RECORDERS, ("shen", "zhao")),  # crews have theirs in recorded.py
    (VESTS, ("qx1", "qx1", "hb1", "booth")),
)
BATTERY = 34  # per cent, of one that is soon to be changed
SILENT = ("夏荷清", "安小渡")  # did not answer, and were reminded
ANSWERED = (("zhou", Answered.DESK, 2), ("ming", Answered.PHONE, 3), ("li", Answered.PHONE, 4),
            ("shen", Answered.PHONE, 6), ("guan", Answered.PHONE, 7), ("zhao", Answered.TOLD, 16))  # fmt: skip


def play(world: World, at: dt.datetime) -> None:
    """Write what was issued, counted, ordered and called until `at`."""
    _stock(world, at - 60 * DAY)
    _issue(world, at - 12 * HOUR)
    _count(world, at)
    _level(world, at)
    _mobilise(world, at - 8 * DAY)


def _stock(world: World, at: dt.datetime) -> None:
    for lot in LOTS:
        known = EquipmentKind.objects.filter(name=lot.kind).first()
        planned = sum(other.n for other in LOTS if other.kind == lot.kind)
        kind = keep_kind(name=lot.kind, form=lot.form, planned=planned, kind=known, by=world.lin, at=at)
        take_in(
            [
                Wanted(
                    serial, kind, world.station, lot.model, lot.sizes[n % len(lot.sizes)],
                    str(lot.terminals + n) if lot.terminals else "", _day(at, lot.expires), _day(at, lot.tested),
                )
                for n, serial in enumerate(lot.serials)
            ],
            by=world.lin, at=at,
        )  # fmt: skip


def _day(at: dt.datetime, days: int) -> dt.date | None:
    """So many days from the demo's day; 60 have passed since the stock was laid."""
    return local_date(at) + (days + 60) * DAY if days else None


def _issue(world: World, at: dt.datetime) -> None:
    """What crews carry; one radio is being repaired, one was lost, one battery is weak."""
    for lot, holders in ISSUED:
        for serial, key in zip(lot.serials, holders, strict=False):
            handle_items("issue", [serial], _to(world, key), by=world.zhou, at=at)
    broken, low = TRUNKED.serials[-1], TRUNKED.serials[3]
    handle_items("fault", [broken], Given(words="发射键卡住"), by=world.zhou, at=at)
    handle_items("repair", [broken], Given(), by=world.zhou, at=at + HOUR)
    handle_items("battery", [low], Given(percent=BATTERY), by=world.zhou, at=at + 2 * HOUR)
    handle_items("lose", [PUBLIC.serials[-1]], Given(words="巡河时落水，已打捞未果"), by=world.zhou, at=at + 3 * HOUR)


def _to(world: World, key: str) -> Given:
    if key in world.cast:
        return Given(holder=world.cast[key].person)
    unit: Unit = world.units[key]
    return Given(unit=unit)


def _count(world: World, at: dt.datetime) -> None:
    """Last month's closed with a difference that was explained; this month's is open, and one was not seen yet."""
    before = dt.datetime.combine(local_date(at).replace(day=1) - 2 * DAY, dt.time(15), SHANGHAI)
    kinds = {kind.name: kind for kind in EquipmentKind.objects.all()}
    closed = open_count(area=world.station, kind=kinds[RECORDERS.kind], by=world.zhou, at=before)
    count_seen(closed, RECORDERS.serials[:-1], by=world.zhou, at=before + 20 * MINUTE)
    explain(closed, {RECORDERS.serials[-1]: "在技术室导出数据，次日已见"}, by=world.zhou, at=before + 30 * MINUTE)
    close_count(closed, by=world.zhou, at=before + 40 * MINUTE)
    open_now = open_count(area=world.station, kind=kinds[VESTS.kind], by=world.zhou, at=at - HOUR)
    count_seen(open_now, [*VESTS.serials[:-1], *GLOVES.serials], by=world.zhou, at=at - 50 * MINUTE)


def _level(world: World, at: dt.datetime) -> None:
    """One was raised for two days and ended by itself; one for tomorrow evening waits for the station's head."""
    third = DutyLevel.objects.get(number=3)
    began = at - 9 * DAY
    past = propose_order(
        third, area=world.station, begins_at=began + HOUR, ends_at=began + 2 * DAY,
        reason="河埠广场消费节，两天两场", by=world.zhou, at=began,
    )  # fmt: skip
    decide_order(past, approved=True, by=world.lin, at=began + 20 * MINUTE)
    note_ended(began + 2 * DAY + MINUTE)
    evening = dt.datetime.combine(local_date(at) + DAY, dt.time(17), SHANGHAI)
    propose_order(
        third, area=world.station, begins_at=evening, ends_at=evening + 6 * HOUR,
        reason="河埠广场音乐会，预计三千人", by=world.zhou, at=at - 3 * HOUR,
    )  # fmt: skip


def _mobilise(world: World, at: dt.datetime) -> None:
    """Everybody was called together; most answered on the phone, one was told, one need not come."""
    row = order_mobilisation(
        world.station, reason="河埠广场消费节开场，全员布岗", place_text="河埠广场东侧", assemble_at=at + 40 * MINUTE,
        by=world.lin, at=at,
    )  # fmt: skip
    calls: dict[object, MobilisationCall] = {one.person_id: one for one in row.calls.all()}
    for key, how, minutes in ANSWERED:
        call = calls[world.cast[key].person_id]
        by = world.zhou if how == Answered.TOLD else world.cast[key]
        acknowledge(call, how=how, by=by, at=at + minutes * MINUTE)
    others = row.calls.unanswered().exclude(person__name__in=SILENT).exclude(person=world.he.person)
    for n, call in enumerate(others.order_by("person__name")):
        acknowledge(call, how=Answered.PHONE, by=Actor(call.person_id), at=at + 3 * MINUTE + n * 25 * SECOND)
    exempt(calls[world.he.person_id], because="在医院陪护，已报备", by=world.zhou, at=at + 9 * MINUTE)
    chase(row, by=world.zhou, at=at + 12 * MINUTE)
    end_mobilisation(row, by=world.lin, at=at + 5 * HOUR)
