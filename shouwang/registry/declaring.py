"""Declarations (table 3.6): who tells the town what, by when; each with a receipt, an answer and a reason.

The declarer writes and cannot read others; an officer of the ground opens one by a look, registers it or says why not.
Registration and change of residence are free of charge (REG-06): there is no place for a fee.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at, is_working_day
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.ids import new_id, receipt_code
from shouwang.core.keyring import active_number
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, Verb, require, spans
from shouwang.places.models import Address
from shouwang.registry.keeping import KEEP
from shouwang.registry.lists import DeclarationState, Declarer, Register, Source
from shouwang.registry.models import Declaration
from shouwang.registry.opening import Seen
from shouwang.registry.protecting import seal_told
from shouwang.registry.registering import Registered, ResidenceTold, ResidentTold, change, register_residence

ANSWER = Limit(1, Span.WORKING_DAY, "", "design")
SAME_DAY_UNTIL = 17  # o'clock: what comes in on a working day before is answered on it
LONGEST = 200


@dataclass(frozen=True)
class DeclarationKind:
    """One row of table 3.6. `within` counts from the day it happened; `registers`: it becomes a residence."""

    label: Promise
    within: Limit
    declarers: tuple[Declarer, ...]
    registers: bool = True


_OTHERS = (Declarer.LANDLORD, Declarer.EMPLOYER, Declarer.AGENT, Declarer.PROPERTY_MANAGER, Declarer.OFFICER)
KINDS: dict[str, DeclarationKind] = {
    "arrival": DeclarationKind(
        _("Moved in from elsewhere"), Limit(3, Span.WORKING_DAY, "杭州市居住登记办法第九条", "local"),
        (Declarer.SELF, *_OTHERS),
    ),
    "stay": DeclarationKind(
        _("Staying in another city for more than three days"),
        Limit(3, Span.CALENDAR_DAY, "户口登记条例第十五条", "read"), (Declarer.SELF, Declarer.HOST, Declarer.OFFICER),
    ),
    "tenancy": DeclarationKind(
        _("Tenant or employee moved in"), Limit(3, Span.WORKING_DAY, "浙江省流动人口居住登记条例第八条", "local"),
        _OTHERS,
    ),
    "tenancy_end": DeclarationKind(
        _("Tenant or employee moved out"), Limit(3, Span.WORKING_DAY, "浙江省流动人口居住登记条例第八条", "local"),
        _OTHERS, registers=False,
    ),
    "change": DeclarationKind(
        _("Changed address or workplace"), Limit(10, Span.CALENDAR_DAY, "浙江省流动人口居住登记条例第十三条", "local"),
        (Declarer.SELF, Declarer.OFFICER),
    ),
    "foreign_lodging": DeclarationKind(
        _("Guest from abroad, not at an inn"), Limit(24, Span.HOUR, "出境入境管理法第三十九条", "read"),
        (Declarer.SELF, Declarer.HOST, Declarer.OFFICER),
    ),
}  # fmt: skip


class NotYoursToDeclare(Problem):
    code, status = "registry.not_yours_to_declare", 400
    says = _("This is declared by: {declarers}.")


class NotYetHappened(Problem):
    code, status = "registry.not_yet_happened", 400
    says = _("Give the day on which it happened; it cannot lie ahead.")


class ReasonMissing(Problem):
    code, status = "registry.reason_missing", 400
    says = _("Say why it is not registered, and what the person can do now. He will read it.")


class AlreadyAnswered(Problem):
    code, status = "registry.already_answered", 409
    says = _("This declaration has been answered already.")


@dataclass(frozen=True)
class Receipt:
    """REG-08: who took what, when, and by when there is an answer. The number is its check code."""

    declaration: UUID
    receipt_no: str
    kind: str
    filed_at: dt.datetime
    due_at: dt.datetime
    decide_by: dt.datetime
    late: bool


@dataclass(frozen=True)
class Waiting:
    """A declaration in a list: of what and until when, never of whom."""

    id: UUID
    kind: str
    receipt_no: str
    declarer: str
    grid: str
    filed_at: dt.datetime
    due_at: dt.datetime
    decide_by: dt.datetime

    @property
    def label(self) -> Promise:
        return KINDS[self.kind].label


def declare(
    kind: str, told: Mapping[str, Any], *, address: Address, declarer: str, happened_on: dt.date, by: Actor,
    at: dt.datetime,
) -> Receipt:  # fmt: skip
    """File it; the receipt. Staff need the verb on the ground of the address; everybody else files from home.

    Raises  NotYoursToDeclare, NotYetHappened, NotAllowed, NotVisible, TextTooLong
    """
    known = KINDS[kind]
    files = bool(spans(by, Verb.REGISTER_FILE, at))
    parts = [one for one in known.declarers if files or one != Declarer.OFFICER]
    if declarer not in parts:
        raise NotYoursToDeclare(declarers=", ".join(str(one.label) for one in parts))
    if happened_on > local_date(at):
        raise NotYetHappened(field="happened_on")
    if files:
        require(by, Verb.REGISTER_FILE, address.area, at)
    elif by.person_id is None:
        raise NotAllowed
    row, began = new_id(), dt.datetime.combine(happened_on, dt.time(), tzinfo=SHANGHAI)
    plain = {name: clean_line(str(value), LONGEST, field=name) for name, value in told.items() if str(value).strip()}
    declaration = Declaration(
        id=row, kind=kind, receipt_no=receipt_code(), declarer=declarer, address=address, area=address.area,
        told_enc=seal_told(row, plain), key_number=active_number(), happened_on=happened_on, filed_at=at,
        filed_by=by.person_id, due_at=due_at(began, known.within).at, decide_by=answered_by(at),
        retain_until=local_date(due_at(at, KEEP).at),
    )  # fmt: skip
    with acting(by):
        declaration.save(force_insert=True)
        record(
            "declaration.file", topic="declaration.filed", subject=declaration, by=by, at=at, area=address.area,
            kind=kind, declarer=declarer, happened_on=happened_on, late=at > declaration.due_at,
        )  # fmt: skip
    return Receipt(
        row, declaration.receipt_no, kind, at, declaration.due_at, declaration.decide_by, at > declaration.due_at
    )


def answered_by(at: dt.datetime) -> dt.datetime:
    """The same day for what comes in by five on a working day, else the next working day (S-REG-007)."""
    local = at.astimezone(SHANGHAI)
    if is_working_day(local.date()) and local.hour < SAME_DAY_UNTIL:
        return dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), tzinfo=SHANGHAI)
    return due_at(at, ANSWER).at


def waiting(by: Actor, at: dt.datetime) -> list[Waiting]:
    """What waits for an answer on one's ground, the most urgent first."""
    reach = list(spans(by, Verb.REGISTER_KEEP, at))
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM declarations_waiting(%s::varchar[])", [reach])
        return [Waiting(*row) for row in cursor.fetchall()]


def own(by: Actor) -> list[dict[str, Any]]:
    """What one filed oneself, newest first: the one list of records that a grid worker has."""
    names = ("id", "kind", "receipt_no", "state", "filed_at", "decide_by", "decided_at", "reason")
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM own_declarations()")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def accept(
    seen: Seen, resident: ResidentTold | Seen, lives: ResidenceTold, *, by: Actor, at: dt.datetime
) -> Registered:
    """Register what was declared, under its own receipt. Raises AlreadyAnswered, and as `register_residence` does."""
    _still_open(seen)
    address = Address.objects.select_related("area").get(pk=seen["address_id"])
    with acting(by):
        done = register_residence(
            resident, lives, address=address, by=by, at=at, source=_source(seen["declarer"]),
            receipt_no=seen["receipt_no"],
        )  # fmt: skip
        _answer(seen, DeclarationState.ACCEPTED, "", by, at, residence=done.residence)
    return done


def take_note(seen: Seen, *, by: Actor, at: dt.datetime) -> None:
    """What ends something, or needs no residence of its own, is noted. Raises AlreadyAnswered, NotAllowed."""
    _still_open(seen)
    require(by, Verb.REGISTER_KEEP, seen.area, at)
    with acting(by):
        _answer(seen, DeclarationState.ACCEPTED, "", by, at)


def check_identity(seen: Seen, *, by: Actor, at: dt.datetime) -> None:
    """The person and his document were seen; registering may follow later. Raises AlreadyAnswered, NotAllowed."""
    _still_open(seen)
    require(by, Verb.REGISTER_KEEP, seen.area, at)
    with acting(by):
        change(Register.DECLARATION, seen.id, {"state": DeclarationState.CHECKED})
        record(
            "declaration.check", topic="declaration.checked", subject=("declaration", seen.id), by=by, at=at,
            area=seen.area, kind=seen["kind"],
        )  # fmt: skip


def refuse(seen: Seen, reason: str, *, by: Actor, at: dt.datetime) -> None:
    """Not registered, with the reason and the remedy that the declarer reads. Raises ReasonMissing, AlreadyAnswered."""
    _still_open(seen)
    require(by, Verb.REGISTER_KEEP, seen.area, at)
    said = clean_line(reason, 300, field="reason")
    if len(said) < 4:
        raise ReasonMissing(field="reason")
    with acting(by):
        _answer(seen, DeclarationState.REFUSED, said, by, at)


def _answer(seen: Seen, state: str, reason: str, by: Actor, at: dt.datetime, residence: UUID | None = None) -> None:
    change(
        Register.DECLARATION, seen.id,
        {"state": state, "decided_at": at, "decided_by": str(by.person_id), "reason": reason}
        | ({"residence": str(residence)} if residence else {}),
    )  # fmt: skip
    record(
        f"declaration.{'refuse' if state == DeclarationState.REFUSED else 'accept'}", topic="declaration.answered",
        subject=("declaration", seen.id), by=by, at=at, area=seen.area, kind=seen["kind"],
        late=at > dt.datetime.fromisoformat(seen["decide_by"]),
    )  # fmt: skip


def _still_open(seen: Seen) -> None:
    if seen["state"] not in (DeclarationState.FILED, DeclarationState.CHECKED):
        raise AlreadyAnswered()


def _source(declarer: str) -> Source:
    if declarer == Declarer.OFFICER:
        return Source.VISIT
    return Source.DECLARED if declarer == Declarer.SELF else Source.NOTIFIED
