"""Swaps: one asks, the other agrees, whoever leads approves; checked against the rules at each of the three."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.models import RosterState, Swap, SwapState, Turn
from shouwang.duty.rosters.asking import question_of
from shouwang.duty.rosters.pool import pool_of
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, NotVisible, Verb, require
from shouwang.people.models import Person
from shouwang.solvers.rostering_check import Break, broken

OPEN = (SwapState.ASKED, SwapState.AGREED)


class SwapUnusable(Problem):
    code, status = "roster.swap_unusable", 422
    says = _("Only turns of one roster in force that have not begun are swapped, between two of its office.")


class SwapBreaksRules(Problem):
    code, status = "roster.swap_breaks_rules", 409
    says = _("This swap would break a rule: rest, hours, days running, leave or qualification. Choose another turn.")


class SwapSettled(Problem):
    code, status = "roster.swap_settled", 409
    says = _("This swap was answered or taken back already.")


def ask_swap(given: Turn, *, taker: Person, taken: Turn | None, by: Actor, at: dt.datetime) -> Swap:
    """`by` offers his turn to `taker`, for one of his or for none.

    Raises  NotVisible, SwapUnusable, SwapBreaksRules
    """
    with acting(by):
        if given.person_id != by.person_id:
            raise NotVisible
        if Swap.objects.filter(given=given, state__in=OPEN).exists():
            raise SwapUnusable
        row = Swap(given=given, giver_id=given.person_id, taker=taker, taken=taken, asked_at=at)
        _check(row, at)
        row.save(force_insert=True)
        record("swap.ask", topic="swap.asked", subject=row, by=by, at=at, taker=taker.pk)
    return row


def answer_swap(row: Swap, *, agrees: bool, by: Actor, at: dt.datetime) -> Swap:
    """By the one who was asked. Raises NotVisible, SwapSettled, SwapUnusable, SwapBreaksRules"""
    with acting(by):
        row = _locked(row)
        if row.taker_id != by.person_id:
            raise NotVisible
        _require_state(row, SwapState.ASKED)
        if agrees:
            _check(row, at)
        row.state, row.agreed_at = (SwapState.AGREED, at) if agrees else (SwapState.REFUSED, None)
        row.save(update_fields=["state", "agreed_at"])
        record("swap.answer", topic="swap.answered", subject=row, by=by, at=at, agrees=agrees)
    return row


def withdraw_swap(row: Swap, *, by: Actor, at: dt.datetime) -> None:
    """By whoever asked, until it is approved. Raises NotVisible, SwapSettled"""
    with acting(by):
        row = _locked(row)
        if row.giver_id != by.person_id:
            raise NotVisible
        _require_state(row, *OPEN)
        row.state = SwapState.WITHDRAWN
        row.save(update_fields=["state"])
        record("swap.withdraw", topic="swap.withdrawn", subject=row, by=by, at=at)


def decide_swap(row: Swap, *, approved: bool, by: Actor, at: dt.datetime) -> Swap:
    """By whoever writes the roster and is neither of the two; with approval the turns change hands.

    Raises  NotAllowed, NotVisible, SwapSettled, SwapUnusable, SwapBreaksRules
    """
    with acting(by):
        row = _locked(row)
        require(by, Verb.ROSTER_WRITE, row.given.roster.area, at)
        if by.person_id in (row.giver_id, row.taker_id):
            raise NotAllowed
        _require_state(row, SwapState.AGREED)
        if approved:
            _check(row, at)
            _change_hands(row)
        row.state = SwapState.DONE if approved else SwapState.REFUSED
        row.decided_by, row.decided_at = by.person_id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        record("swap.decide", topic="swap.decided", subject=row, area=row.given.roster.area, by=by, at=at,
               approved=approved)  # fmt: skip
    return row


def _change_hands(row: Swap) -> None:
    """Both rows are made anew: two turns of one day may not stand with one person for a moment."""
    moved = [(row.given, row.taker_id), *([(row.taken, row.giver_id)] if row.taken else [])]
    held = {turn.pk: turn.on for turn, _to in moved}
    for turn, _to in moved:  # out of the way, beyond any roster
        turn.on = held[turn.pk] + dt.timedelta(days=36500)
        turn.save(update_fields=["on"])
    for turn, to in moved:
        turn.person_id, turn.on, turn.by_hand = to, held[turn.pk], True
        turn.save(update_fields=["person", "on", "by_hand"])


def _check(row: Swap, at: dt.datetime) -> None:
    turns = [turn for turn in (row.given, row.taken) if turn]
    roster = row.given.roster
    usable = (
        roster.state == RosterState.IN_FORCE
        and row.giver_id != row.taker_id
        and row.given.person_id == row.giver_id
        and row.taker_id in pool_of(roster.area, at)
        and (row.taken is None or (row.taken.person_id == row.taker_id and row.taken.roster_id == roster.pk))
        and all(turn.during.lower > at for turn in turns)
    )
    if not usable:
        raise SwapUnusable
    cells = {(str(turn.person_id), (turn.on - roster.first_on).days): turn.slot for turn in roster.turns.all()}
    after = dict(cells)
    for turn in turns:
        del after[str(turn.person_id), (turn.on - roster.first_on).days]
    goes_to = {row.given_id: row.taker_id, row.taken_id: row.giver_id}
    for turn in turns:
        place = (str(goes_to[turn.pk]), (turn.on - roster.first_on).days)
        if place in after:
            raise SwapBreaksRules
        after[place] = turn.slot
    question = question_of(roster, at)
    if set(_of(broken(question, after))) - set(_of(broken(question, cells))):
        raise SwapBreaksRules


def _of(found: list[Break]) -> list[Break]:
    return [one for one in found if one.rule != "cover"]


def _locked(row: Swap) -> Swap:
    rows = Swap.objects.select_for_update(of=("self",)).select_related("given__roster__area", "taken", "taker")
    return rows.get(pk=row.pk)


def _require_state(row: Swap, *states: SwapState) -> None:
    """Asked only of who may know of it. Raises SwapSettled"""
    if row.state not in states:
        raise SwapSettled
