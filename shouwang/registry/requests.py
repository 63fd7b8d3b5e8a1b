"""What a person asks about his own record: to put right, to object, to delete, to say why somebody looked.

Each has a receipt and fifteen working days; a matter carries the clock (`kinds/own_request`). An answer that is no has
its reason and its remedy. Whoever answers has opened the request: a look, as with any record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.chinese import clean_text
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id, receipt_code
from shouwang.core.keyring import active_number
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, spans
from shouwang.places.models import Area
from shouwang.registry.keeping import KEEP
from shouwang.registry.lists import Register, RequestKind, RequestState
from shouwang.registry.looking import ask_database
from shouwang.registry.protecting import seal_of
from shouwang.registry.registering import change

ANSWER = Limit(15, Span.WORKING_DAY, "个人信息保护法第五十条", "design")
LONGEST = 1000


class NotJoined(Problem):
    code, status = "registry.not_joined", 403
    says = _(
        "This account is not joined to a resident, or twenty requests wait already. An officer joins it at the counter."
    )


class WishMissing(Problem):
    code, status = "registry.wish_missing", 400
    says = _("Say in a few words what should be put right, or what it is about.")


@dataclass(frozen=True)
class Filed:
    """The receipt: number, when, and by when there is an answer."""

    id: UUID
    receipt_no: str
    kind: str
    filed_at: dt.datetime
    decide_by: dt.datetime


@dataclass(frozen=True)
class OwnRequest(Filed):
    """As its author reads it. `proof` names the entry by which a deletion can be checked."""

    state: str
    decided_at: dt.datetime | None
    reason: str
    remedy: str
    proof: UUID | None

    @property
    def label(self) -> Promise | str:
        return RequestKind(self.kind).label

    @property
    def said(self) -> Promise | str:
        return RequestState(self.state).label


@dataclass(frozen=True)
class WaitingRequest(Filed):
    """In the list of an office: of what and until when, never of whom."""

    grid: str

    @property
    def label(self) -> Promise | str:
        return RequestKind(self.kind).label


def ask(kind: str, wish: str, *, about: UUID | None = None, by: Actor, at: dt.datetime) -> Filed:
    """File it, by the account that is joined to the resident; `about` is the entry of one look at him.

    Raises  NotJoined, WishMissing, TextTooLong
    """
    chosen, said = RequestKind(kind), clean_text(wish, LONGEST, field="wish")
    if len(said) < 4 and chosen != RequestKind.EXPLAIN:
        raise WishMissing(field="wish")
    row, receipt, decide_by = new_id(), receipt_code(), due_at(at, ANSWER).at
    values = [
        row, chosen.value, about, seal_of(Register.REQUEST, row, "wish", said), active_number(), receipt, at, decide_by,
        local_date(due_at(at, KEEP).at),
    ]  # fmt: skip
    with acting(by):
        ((area,),) = ask_database(
            "SELECT file_request(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values, refusal=NotJoined
        )  # fmt: skip
        record(
            "request.file", topic="request.filed", subject=("request", row), by=by, at=at,
            area=Area.objects.filter(pk=area).first(), kind=chosen.value, receipt_no=receipt,
        )  # fmt: skip
    return Filed(row, receipt, chosen.value, at, decide_by)


def own_requests(by: Actor) -> list[OwnRequest]:
    """Newest first."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, receipt_no, kind, filed_at, decide_by, state, decided_at, reason, remedy, proof"
            " FROM own_requests()"
        )
        return [OwnRequest(*row) for row in cursor.fetchall()]


def requests_waiting(by: Actor, at: dt.datetime) -> list[WaitingRequest]:
    """On the ground of whoever may answer, the most urgent first."""
    reach = list(spans(by, Verb.REGISTER_KEEP, at))
    if not reach:
        return []
    with acting(by):
        rows = ask_database(
            "SELECT id, receipt_no, kind, filed_at, decide_by, grid FROM requests_waiting(%s::varchar[])", [reach]
        )
    return [WaitingRequest(*row) for row in rows]


def settle(
    request: UUID, state: RequestState, *, reason: str, remedy: str = "", proof: UUID | None = None, by: Actor,
    at: dt.datetime,
) -> None:  # fmt: skip
    """Write the answer beside the request, in the act that gives it. Raises LookRefused unless it was opened before."""
    change(
        Register.REQUEST, request,
        {"state": state.value, "decided_at": at, "decided_by": str(by.person_id), "reason": reason, "remedy": remedy}
        | ({"proof": str(proof)} if proof else {}),
    )  # fmt: skip
    record("request.answer", topic="request.answered", subject=("request", request), by=by, at=at)  # the person hears


def erase(request: UUID, *, by: Actor, at: dt.datetime, area: Area | None) -> UUID:
    """Delete the record whose person asks for it; the entry that proves it. Raises LookRefused."""
    entry = record(
        "resident.erase", topic="register.changed", subject=("request", request), by=by, at=at, area=area
    )  # fmt: skip
    ask_database("SELECT erase_resident(%s)", [request])
    return entry
