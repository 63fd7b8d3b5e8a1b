"""The sheet of equipment: what an office has, thing by thing, taken over from the list it kept until now."""

from __future__ import annotations

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from shouwang.administration.sheets import Fault, Outcome, Sheet
from shouwang.administration.staff_sheet import areas_of
from shouwang.connections.sheets.cells import day
from shouwang.connections.sheets.columns import Column, Row
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.equipment.keeping import TakenIn, Wanted, compare, doubts_about, take_in
from shouwang.duty.models import EquipmentKind

COLUMNS = (
    Column(
        "serial", _("Number on it"), _("Each number stands in the ledger once."), needed=True, also=("编号", "序列号")
    ),
    Column("kind", pgettext_lazy("equipment", "Kind"), _("As the kinds of the ledger are called."), needed=True),
    Column("home", _("Code of the office"), _("Whose thing it is, such as the code of the station."), needed=True),
    Column("model", _("Model"), _("Or empty."), also=("型号",)),
    Column("size", pgettext_lazy("equipment", "Size"), _("Of clothing and gear, or empty.")),
    Column("terminal", _("Terminal number"), _("Of a radio that reports its position, or empty.")),
    Column("expires_on", _("Expires on"), _("Such as 2028-06-30, or empty.")),
    Column("tested_on", _("Last tested on"), _("Such as 2026-03-01, or empty.")),
)
Read = tuple[list[Wanted], list[int], list[Fault]]


def would(rows: list[Row], by: Actor, at: dt.datetime) -> Outcome:
    wanted, numbers, faults = _read(rows)
    line_of = {one.tidied().serial: number for one, number in reversed(list(zip(wanted, numbers, strict=True)))}
    faults += [Fault(line_of[one.serial], SHEET.title_of(one.field), one.why) for one in doubts_about(wanted, by, at)]
    outcome = _told(compare(wanted))
    outcome.faults = sorted(faults, key=lambda one: one.number)
    return outcome


def does(rows: list[Row], by: Actor, at: dt.datetime) -> Outcome:
    tried = would(rows, by, at)
    if tried.faults:
        return tried
    return _told(take_in(_read(rows)[0], by=by, at=at))


def _told(told: TakenIn) -> Outcome:
    outcome = Outcome(n_acts=len(told.new) + len(told.corrected))
    for n, says in (
        (len(told.new), ngettext("{n} thing comes into stock.", "{n} things come into stock.", len(told.new))),
        (len(told.corrected), ngettext("{n} thing is corrected.", "{n} things are corrected.", len(told.corrected))),
        (len(told.same), ngettext("{n} stands there already.", "{n} stand there already.", len(told.same))),
    ):
        if n:
            outcome.says.append(says.format(n=n))
    return outcome


def _read(rows: list[Row]) -> Read:
    """The lines that make sense with their numbers, and what is wrong with the others."""
    kinds = {kind.name: kind for kind in EquipmentKind.objects.all()}
    wanted: list[Wanted] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    for row in rows:
        areas = areas_of(row["home"])
        days: dict[str, dt.date | None] = {}
        wrong: list[tuple[str, Promise | str]] = []
        for key in ("expires_on", "tested_on"):
            try:
                days[key] = day(row[key]) if row[key] else None
            except Problem as problem:
                wrong.append((key, problem.message))
        if row["kind"] not in kinds:
            wrong.append(("kind", _("There is no such kind. Set it up under “Kinds” first.")))
        if len(areas) != 1:
            wrong.append(("home", _("There is no such area, or more than one: write scheme:code.")))
        if not wrong:
            one = Wanted(
                row["serial"], kinds[row["kind"]], areas[0], row["model"], row["size"], row["terminal"], **days
            )
            try:
                one.tidied()
            except Problem as problem:
                wrong.append((problem.field or "serial", problem.message))
            else:
                wanted.append(one)
                numbers.append(row.number)
        faults += [Fault(row.number, SHEET.title_of(key), says) for key, says in wrong]
    return wanted, numbers, faults


SHEET = Sheet(
    name="equipment",
    title=_("Take in equipment by sheet"),
    lead=_(
        "Each line is one thing. What stands in the ledger already is corrected; the same sheet twice does nothing."
    ),
    columns=COLUMNS,
    examples=(
        ("DJ350-0001", "350M数字对讲机", "QS-QSQ", "PD780", "", "13900000001", "", "2026-03-01"),
        ("FH-0001", "防护装备", "QS-QSQ", "防刺服", "L", "", "2028-06-30", "2026-03-01"),
    ),
    would=would,
    does=does,
    act=_("Take all of them in"),
    back="desk:equipment",
    back_title=_("Equipment"),
)
