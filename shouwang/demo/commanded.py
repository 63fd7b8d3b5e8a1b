"""The command rooms before the demo's shift: directives, information, inspection notes, and branches that were asked.

Everything is done by the functions that pages call, in the order of its time. Nobody in it is real.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shouwang.command.linkage import answer_request, ask_branches
from shouwang.command.linkage_rules import set_desk, set_rule
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.demo.orders import (
    DAY,
    DESKS,
    DIRECTIVES,
    ITEMS,
    LINKED,
    NOTES,
    RULES,
    Learnt,
    Linked,
    Noted,
    Ordered,
    Then,
)  # fmt: skip
from shouwang.demo.whereabouts import Place, Whereabouts
from shouwang.demo.world import World
from shouwang.kinds.directive.issuing import Order, issue
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.verbs import Verb

ASKED_AFTER = dt.timedelta(seconds=20)
Act = Callable[[dt.datetime], object]


def play(world: World, at: dt.datetime) -> None:
    """Write what happened until `at`; after the calls, since notes and requests are of them."""
    room = Room(world)
    for when, act in sorted(room.acts(at), key=lambda pair: pair[0]):
        act(when)


@dataclass
class Room:
    """`_made` are matters by what they are about; the directive of an item lies under `_below`."""

    world: World
    _made: dict[str, Matter] = field(default_factory=dict)
    _beats: dict[str, Whereabouts] = field(default_factory=dict)

    def acts(self, at: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        yield at - 20 * DAY, self._linkage
        for order in DIRECTIVES:
            yield from self._directive(order, at - order.ago)
        for item in ITEMS:
            yield from self._item(item, at - item.ago)
        for note in NOTES:
            yield from self._note(note, at - note.ago)
        for linked in LINKED:
            yield from self._linked(linked)

    def _directive(self, order: Ordered, began: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        yield began, partial(self._issue, order)
        yield from self._taken(order.gist, order.then, began)
        if order.over:
            yield began + (order.days + 1) * DAY, partial(self._step, order.gist, "", "expire", {})

    def _item(self, item: Learnt, began: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        yield began, partial(self._enter, item)
        yield from self._taken(item.gist, item.then, began)
        for then in item.then:
            if then.step == "direct":
                yield from self._taken(_below(item.gist), item.below, began + then.after)
        if item.heard_after:
            yield began + item.heard_after, partial(self._step, item.gist, "", "hear_back", {})

    def _note(self, note: Noted, began: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        yield began, partial(self._write, note)
        yield from self._taken(note.gist, note.then, began)

    def _taken(self, what: str, then: tuple[Then, ...], began: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        for one in then:
            yield began + one.after, partial(self._step, what, one.who, one.step, one.given)

    def _step(self, what: str, who: str, step: str, given: dict[str, Any], at: dt.datetime) -> None:
        row = self._made[what]
        told = given | {"to": str(self.world.areas[given["to"]].pk)} if step == "direct" else given
        take_step(row, step, by=self.world.cast[who] if who else Actor.system(), at=at, **told)
        if step == "direct":
            self._made[_below(what)] = row.children.latest("opened_at")

    def _issue(self, order: Ordered, at: dt.datetime) -> None:
        world = self.world
        to: Any = world.cast[order.to].post if order.to in world.cast else world.areas[order.to]
        point, text, _ = self._where(order.to, order.place)
        last = local_date(at) + order.days * DAY if order.days else None
        said = Order(order.subkind, order.gist, place_text=text, point=point, expires_on=last, **order.told)
        self._made[order.gist] = issue(said, to=to, by=world.cast[order.by], at=at)

    def _enter(self, item: Learnt, at: dt.datetime) -> None:
        point, text, _ = self._where(item.by, item.place)
        self._made[item.gist] = open_matter(
            kind="information", by=self.world.cast[item.by], at=at, subkind=item.subkind, channel=item.channel,
            gist=item.gist, place_text=text, point=point,
        )  # fmt: skip

    def _write(self, note: Noted, at: dt.datetime) -> None:
        of = _call(note.of)
        self._made[note.gist] = open_matter(
            kind="inspection_note", by=self.world.gu, at=at, verb=Verb.INSPECTION_NOTE, subkind=note.subkind,
            channel="sample", gist=note.gist, parent=of, area=of.area, place_text=of.place_text,
        )  # fmt: skip

    def _linkage(self, at: dt.datetime) -> None:
        by, area = self.world.lin, self.world.station
        for sort, level, branch, minutes in RULES:
            set_rule(area=area, sort=sort, level=level, branch=branch, answer_s=minutes * 60, by=by, at=at)
        for branch, who in DESKS:
            post = self.world.cast[who].post
            assert post is not None
            set_desk(area=area, branch=branch, post=post, by=by, at=at)

    def _linked(self, linked: Linked) -> Iterator[tuple[dt.datetime, Act]]:
        of = _call(linked.of)
        yield of.opened_at + ASKED_AFTER, partial(self._ask, of)
        yield of.opened_at + linked.after, partial(self._answer, of, linked)

    def _ask(self, of: Matter, at: dt.datetime) -> None:
        by = Actor.system()
        with acting(by):
            ask_branches(of, by=by, at=at)

    def _answer(self, of: Matter, linked: Linked, at: dt.datetime) -> None:
        for asked in of.branches_asked.all():
            answer_request(asked, linked.answer, linked.words, by=self.world.cast[linked.who], at=at)

    def _where(self, key: str, words: str) -> Place:
        post = self.world.cast[key].post if key in self.world.cast else None
        area = post.area if post else self.world.areas[key]
        return self._beats.setdefault(area.code, Whereabouts(self.world, area))(words)


def _below(what: str) -> str:
    return f"{what} ↓"


def _call(gist: str) -> Matter:
    """The newest call of the scenario with these words."""
    return Matter.objects.filter(kind="incident", gist=gist).select_related("area").latest("opened_at")
