"""Declarations as their authors see them: where, how far each is, taking one back; and which homes are overdue.

filed → identity checked → registered (its receipt) → runs out, or left
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, spans
from shouwang.places.components import components
from shouwang.places.models import Address, Area
from shouwang.registry.declaring import KINDS
from shouwang.registry.lists import DeclarationState, Declarer
from shouwang.registry.looking import ask_database

SOON = dt.timedelta(days=14)


class WhichHome(Problem):
    code, status = "registry.which_home", 422
    says = _(
        "No one address is called exactly that. Write street, number, building, unit and room as on the door plate, or"
        " choose it from the list."
    )


class NotYoursToWithdraw(Problem):
    code, status = "registry.not_yours_to_withdraw", 409
    says = _("This was answered already. Declare what has changed, or ask for it to be put right.")


@dataclass(frozen=True)
class Declared:
    """One declaration of mine. `verify_by` and `ended_on` are of the residence that it became."""

    id: UUID
    kind: str
    receipt_no: str
    state: str
    declarer: str
    place: str
    happened_on: dt.date
    filed_at: dt.datetime
    decide_by: dt.datetime
    decided_at: dt.datetime | None
    reason: str
    verify_by: dt.date | None
    ended_on: dt.date | None

    @property
    def label(self) -> Promise:
        return KINDS[self.kind].label

    @property
    def by_whom(self) -> Promise | str:
        return Declarer(self.declarer).label

    @property
    def waits(self) -> bool:
        return self.state in (DeclarationState.FILED, DeclarationState.CHECKED)

    def said(self, today: dt.date) -> Promise | str:
        """Where it stands, in words."""
        if self.ended_on is not None and self.ended_on <= today:
            return pgettext_lazy("declaration", "Moved out")
        if self.verify_by is not None and self.verify_by < today:
            return pgettext_lazy("declaration", "Run out")
        return DeclarationState(self.state).label

    def runs_out_soon(self, today: dt.date) -> bool:
        return self.ended_on is None and self.verify_by is not None and self.verify_by - today <= SOON


@dataclass(frozen=True)
class OverdueHome:
    """A let home whose date is past: where and since when. Nobody in it is named."""

    place: str
    grid: str
    since: dt.date


def own_declared(by: Actor) -> list[Declared]:
    """Newest first."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM own_declared()")
        return [Declared(*row) for row in cursor.fetchall()]


def home_called(text: str, chosen: UUID | None, *, by: Actor) -> Address:
    """The one address in use that was chosen, or whose whole text was typed. Raises WhichHome.

    Not loaded from its table, which the public pages do not read: key, area and text are all there is to it.
    """
    with acting(by):
        rows = ask_database("SELECT * FROM place_declared(%s, %s)", [components(text).wholes, chosen])
    if len(rows) != 1:
        raise WhichHome(field="address_text")
    key, area, full_text = rows[0]
    return Address(pk=key, area=Area.objects.get(pk=area) if area else None, full_text=full_text)


def withdraw(declaration: UUID, *, by: Actor, at: dt.datetime) -> None:
    """Take back what was not answered yet; what was said in it is deleted. Raises NotYoursToWithdraw."""
    with acting(by):
        ((area,),) = ask_database("SELECT withdraw_declaration(%s)", [declaration], refusal=NotYoursToWithdraw)
        record(
            "declaration.withdraw", topic="declaration.answered", subject=("declaration", declaration), by=by, at=at,
            area=Area.objects.filter(pk=area).first() if area else None,
        )  # fmt: skip


def overdue_homes(by: Actor, at: dt.datetime) -> list[OverdueHome]:
    """On the ground of whoever keeps the registers, the longest first: homes, not movements (S-REG-005)."""
    reach = list(spans(by, Verb.REGISTER_KEEP, at))
    if not reach:
        return []
    with acting(by):
        rows = ask_database("SELECT place, grid, since FROM overdue_homes(%s::varchar[])", [reach])
    return [OverdueHome(*row) for row in rows if row[2] < local_date(at)]
