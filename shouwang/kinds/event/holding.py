"""Who stands on a post of a running event: taken up, relieved by others, left, vacant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.event.models import EventPost, EventTurn, Left
from shouwang.kinds.event.posting import posts_of_event
from shouwang.matters.models import Matter
from shouwang.people.access import require
from shouwang.people.models import Person
from shouwang.people.verbs import Verb


class NotRunning(Problem):
    code, status = "event.not_running", 409
    says = _("Posts are taken up while the event runs.")


class HoldsItAlready(Problem):
    code, status = "event.holds_it", 409
    says = _("{unit} stands on this post already.")


class StandsElsewhere(Problem):
    code, status = "event.stands_elsewhere", 409
    says = _("Somebody of {unit} stands on another post. Let him leave that one first.")


class NobodyThere(Problem):
    code, status = "event.nobody_there", 409
    says = _("Nobody stands on this post.")


@dataclass(frozen=True)
class Relay:
    """A crew as its shift has it now."""

    unit: UUID
    unit_name: str
    shift: UUID
    people: Sequence[Person]


@dataclass(frozen=True)
class Standing:
    """A post with who stands on it. `status`: held, vacant, early (its hours have not begun) or over."""

    post: EventPost
    turns: list[EventTurn]
    n_reliefs: int
    status: str

    @property
    def since(self) -> dt.datetime | None:
        return min((turn.taken_at for turn in self.turns), default=None)

    @property
    def unit_name(self) -> str:
        return self.turns[0].unit_name if self.turns else ""


def take_up(post: EventPost, relay: Relay, *, by: Actor, at: dt.datetime) -> None:
    """Everybody of the crew stands there from now on; who stood there before is relieved.

    Raises  NotRunning, HoldsItAlready, StandsElsewhere, NotAllowed, NotVisible
    """
    with acting(by):
        row, held = _running(post, by, at)
        if any(turn.unit == relay.unit for turn in held):
            raise HoldsItAlready(field="unit", unit=relay.unit_name)
        _end(held, Left.RELIEVED, at)
        try:
            with transaction.atomic():
                for person in relay.people:
                    EventTurn.objects.create(
                        post=post, person=person, unit=relay.unit, unit_name=relay.unit_name, shift=relay.shift,
                        taken_at=at, taken_by=by.person_id,
                    )  # fmt: skip
        except IntegrityError as fault:
            raise StandsElsewhere(field="unit", unit=relay.unit_name) from fault
        verb = "event.relieve" if held else "event.take_up"
        record(verb, topic="matter.changed", subject=row, by=by, at=at, area=row.area_id, post=str(post),
               unit=relay.unit_name, n=len(relay.people))  # fmt: skip


def leave(post: EventPost, *, by: Actor, at: dt.datetime) -> None:
    """The post is vacant from now on. Raises NotRunning, NobodyThere, NotAllowed, NotVisible"""
    with acting(by):
        row, held = _running(post, by, at)
        if not held:
            raise NobodyThere
        _end(held, Left.AWAY, at)
        record("event.leave", topic="matter.changed", subject=row, by=by, at=at, area=row.area_id, post=str(post),
               unit=held[0].unit_name)  # fmt: skip


def end_turns(matter: Matter, how: Left, at: dt.datetime) -> int:
    """Inside the transaction of an act: nobody stands anywhere at this event any more. How many did."""
    return _end(EventTurn.objects.filter(post__matter=matter, left_at__isnull=True), how, at)


def end_with_shift(shift: UUID, *, by: Actor, at: dt.datetime, person: UUID | None = None) -> int:
    """The shift of a crew ended, or `person` left it: nobody of it stands on a post any longer. How many turns ended.

    A turn taken up after `at` (a signing off that came late from a phone) is left as it is.
    """
    turns = EventTurn.objects.filter(shift=shift, left_at__isnull=True, taken_at__lte=at)
    if person is not None:
        turns = turns.filter(person=person)
    ended = 0
    with acting(by):
        for post in EventPost.objects.filter(pk__in=turns.values("post")).select_related("matter"):
            row = Matter.objects.select_for_update(of=("self",)).get(pk=post.matter_id)
            here = list(turns.filter(post=post))
            ended += _end(here, Left.SHIFT_ENDED, at)
            if here:
                record("event.off_duty", topic="matter.changed", subject=row, by=by, at=at, area=row.area_id,
                       post=str(post), unit=here[0].unit_name, n=len(here))  # fmt: skip
    return ended


def board_of(matter: Matter, at: dt.datetime) -> list[Standing]:
    """Every post, and who stands on it now. Two queries."""
    turns: dict[UUID, list[EventTurn]] = {}
    for turn in EventTurn.objects.filter(post__matter=matter).select_related("person").order_by("taken_at", "id"):
        turns.setdefault(turn.post_id, []).append(turn)
    return [_standing(post, turns.get(post.pk, []), at) for post in posts_of_event(matter)]


def _standing(post: EventPost, turns: list[EventTurn], at: dt.datetime) -> Standing:
    now = [turn for turn in turns if turn.left_at is None]
    reliefs = {turn.left_at for turn in turns if turn.left_how == Left.RELIEVED}
    status = "held" if now else "early" if at < post.begins_at else "over" if at >= post.ends_at else "vacant"
    return Standing(post, now, len(reliefs), status)


def _running(post: EventPost, by: Actor, at: dt.datetime) -> tuple[Matter, list[EventTurn]]:
    row = Matter.objects.select_for_update().get(pk=post.matter_id)
    require(by, Verb.MATTER_WORK, row, at)
    if row.state != "running":
        raise NotRunning
    return row, list(EventTurn.objects.filter(post=post, left_at__isnull=True).order_by("taken_at"))


def _end(turns: Iterable[EventTurn], how: Left, at: dt.datetime) -> int:
    keys = [turn.pk for turn in turns]
    return EventTurn.objects.filter(pk__in=keys).update(left_at=at, left_how=how)
