"""The sheet of areas: division codes, stations, communities, grids, with or without borders."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shouwang.administration.sheets import Fault, Outcome, Sheet
from shouwang.connections.sheets.columns import Column, Row
from shouwang.core.actor import Actor
from shouwang.territory.laying import Laying, lay_by_sheet, look_over
from shouwang.territory.plots import Line

SHOWN = 200
COLUMNS = (
    Column("code", _("Area code"), _("12 digits of the statistical division, 15 of a grid, or a code of your own."),
           needed=True),
    Column("name", _("Name of the area"), _("As it is said, such as 桥西社区. Never a person's."), needed=True),
    Column("tier", _("Tier"), _("公安局, 派出所, 县, 街道, 镇, 乡, 社区, 村, 网格 or 网格点."), needed=True),
    Column("parent", _("Code of the area above"), _("Of the station for 公安, of the street for 政府.")),
    Column("layer", _("Layer"), _("公安, 政府 or 两层. A community has two lines, one in each.")),
    Column("scheme", _("Scheme of the code"), _("统计, 网格, 公安 or 自编. Empty: the usual one of the tier.")),
    Column("households", _("Households"), _("A whole number, or empty.")),
    Column("border", _("Border"), _("GeoJSON or WKT in degrees (WGS-84), or empty.")),
    Column("urban_rural", _("Urban–rural class"), _("Of a community: 111 主城区 to 220 村庄, code or word. Or empty.")),
)  # fmt: skip
EXAMPLES = (
    ("QS-QSQ", "青石桥派出所", "派出所", "", "公安", "", "", "", ""),
    ("431399000000", "青石县", "县", "", "政府", "", "", "", ""),
    ("431399001000", "水门街道", "街道", "431399000000", "政府", "", "", "", ""),
    ("431399001001", "桥西社区", "社区", "QS-QSQ", "公安", "", "1560", "111",
     "POLYGON((111.418 27.682,111.430 27.682,111.430 27.698,111.418 27.698,111.418 27.682))"),
    ("431399001001", "桥西社区", "社区", "431399001000", "政府", "", "1560", "", ""),
    ("431399001001001", "桥西01网格", "网格", "431399001001", "两层", "", "380", "", ""),
)  # fmt: skip


def would(rows: list[Row], by: Actor, at: dt.datetime) -> Outcome:
    return _told(look_over(_lines(rows), at=at), done=False)


def does(rows: list[Row], by: Actor, at: dt.datetime) -> Outcome:
    return _told(lay_by_sheet(_lines(rows), by=by, at=at), done=True)


def _lines(rows: list[Row]) -> list[Line]:
    return [Line(row.number, **{column.key: row[column.key] for column in COLUMNS}) for row in rows]


def _told(laying: Laying, *, done: bool) -> Outcome:
    new, changed = len(laying.new), len(laying.corrected)
    outcome = Outcome(left=[*laying.left], n_acts=new + changed)
    outcome.faults = [Fault(one.number, SHEET.title_of(one.column), one.says) for one in laying.faults]
    if laying.faults:
        return outcome
    if not new and not changed:
        outcome.says.append(_("Everything in it is in force already. Nothing changes."))
        return outcome
    if new:
        says = ngettext("{n} area is new.", "{n} areas are new.", new)
        outcome.says.append(says.format(n=new))
    if changed:
        says = ngettext("{n} area is corrected, or gets a border from what lies in it.",
                        "{n} areas are corrected, or get a border from what lies in them.", changed)  # fmt: skip
        outcome.says.append(says.format(n=changed))
    if laying.same:
        outcome.says.append(_now("{n} are as they were.").format(n=laying.same))
    if not done:
        outcome.headings = (_("Area code"), _("Name of the area"), _("Tier"), _("Border"))
        outcome.table = [
            (one.key[1], one.name, str(one.tier.label), _now("with a border") if one.border else _now("without"))
            for one in [*laying.new, *laying.corrected][:SHOWN]
        ]
    return outcome


SHEET = Sheet(
    name="areas",
    title=_("Areas by sheet"),
    lead=_(
        "Division codes, stations, communities and grids in one table. It adds what is new; what is in use keeps its "
        "border and its name."
    ),
    columns=COLUMNS,
    examples=EXAMPLES,
    would=would,
    does=does,
    act=_("Lay all of it"),
)
