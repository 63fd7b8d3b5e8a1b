"""Hand-over sheets: a frozen list of what is open, for the next shift or for whoever takes over a post; two sign it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter, Opening, Sheet
from shouwang.matters.models.sheet import SheetKind
from shouwang.matters.persons import person_of
from shouwang.people.access import require
from shouwang.people.models import Post
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

MOST = 500
SOON = dt.timedelta(hours=24)
Section = Callable[[Area, Post | None, Actor, dt.datetime], list[Any]]
_sections: dict[str, Section] = {}


class SheetSigned(Problem):
    code, status = "sheet.signed", 409
    says = _("This sheet is signed already and can no longer change. Draw up a new one.")


class OwnSheet(Problem):
    code, status = "sheet.own", 403
    says = _("The other side must sign too: somebody else takes over, not you yourself.")


def section(name: str) -> Callable[[Section], Section]:
    """Add a part to every sheet: `(area, post, by, at) -> list` of plain values. Dispatch adds the units out."""

    def keep(make: Section) -> Section:
        _sections[name] = make
        return make

    return keep


def draw_up(kind: str, *, area: Area, post: Post | None = None, remark: str = "", by: Actor, at: dt.datetime) -> Sheet:
    """A new sheet, not signed yet. `shift`: what lies on the area; `leaving`: what the post holds."""
    verb = Verb.SHIFT_HAND_OVER if kind == SheetKind.SHIFT else Verb.MATTER_HAND_OVER
    with acting(by):
        require(by, verb, area, at)
        sheet = Sheet.objects.create(
            kind=kind, area=area, duty_path=area.duty_path, government_path=area.government_path,
            post=post.pk if post else None, made_at=at, remark=clean_line(remark, 300, field="remark"),
            giver=person_of(by), contents={name: make(area, post, by, at) for name, make in _sections.items()},
        )  # fmt: skip
        record("sheet.draw_up", topic="sheet.drawn", subject=sheet, by=by, at=at, area=area, kind=kind,
               counts={name: len(rows) for name, rows in sheet.contents.items()})  # fmt: skip
    return sheet


def sign(sheet: Sheet, *, by: Actor, at: dt.datetime) -> Sheet:
    """The giver signs first or last, and one other person once. Raises SheetSigned, OwnSheet, NotAllowed, NotVisible"""
    with acting(by):
        row = Sheet.objects.select_for_update().get(pk=sheet.pk)
        require(by, Verb.ROSTER_READ, row, at)
        if by.person_id == row.giver:
            if row.giver_signed_at:
                raise SheetSigned() if row.taker_signed_at else OwnSheet()
            row.giver_signed_at = at
        else:
            if row.taker_signed_at:
                raise SheetSigned()
            row.taker, row.taker_signed_at = by.person_id, at
        row.save(update_fields=["giver_signed_at", "taker", "taker_signed_at"])
        record("sheet.sign", topic="sheet.signed", subject=row, by=by, at=at, area=row.area_id,
               side="giver" if by.person_id == row.giver else "taker",
               complete=bool(row.giver_signed_at and row.taker_signed_at))  # fmt: skip
    return row


def _matters(area: Area, post: Post | None, by: Actor, at: dt.datetime) -> Any:
    found = Matter.objects.visible_to(by, at).open()
    found = found.filter(responsible=post) if post else found.filter(duty_path__startswith=area.duty_path)
    return found.order_by("urgency", "due_at", "opened_at")


@section("open")
def _open_matters(area: Area, post: Post | None, by: Actor, at: dt.datetime) -> list[Any]:
    """Open matters with where they stand: words and places are read from the matter itself."""
    return [
        {"matter": str(one.pk), "reference": one.reference, "kind": one.kind, "state": one.state,
         "urgency": one.urgency, "due_at": one.due_at.isoformat() if one.due_at else None}
        for one in _matters(area, post, by, at)[:MOST]
    ]  # fmt: skip


@section("due")
def _due_soon(area: Area, post: Post | None, by: Actor, at: dt.datetime) -> list[Any]:
    """Promises and other matters that run out within a day, or have."""
    return [str(one.pk) for one in _matters(area, post, by, at).filter(due_at__lte=at + SOON)[:MOST]]


@section("asked")
def _asked_for(area: Area, post: Post | None, by: Actor, at: dt.datetime) -> list[Any]:
    """Requests for a matter of some purpose that nobody has opened yet."""
    open_here = _matters(area, post, by, at).values("pk")
    waiting = Opening.objects.filter(matter__in=open_here, settled_at__isnull=True, visibility="office")
    return [{"matter": str(one.matter_id), "purpose": one.purpose, "why": one.why} for one in waiting[:MOST]]


def sheet_matters(sheet: Sheet, by: Actor, at: dt.datetime) -> list[Matter]:
    """The matters of a sheet as they are now, as far as `by` may see them, in the sheet's order."""
    keys = [row["matter"] for row in sheet.contents.get("open", [])]
    seen = Matter.objects.visible_to(by, at).filter(pk__in=keys).select_related("area", "responsible__person")
    rows = {str(one.pk): one for one in seen}
    return [rows[key] for key in keys if key in rows]
