"""The days before the demo's shift, on foot and at the counter, so that no page of the town is empty.

Everything is done by the functions that pages call, in the order of its time. Nobody in it is real.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.window import Window
from shouwang.demo import rostered
from shouwang.demo.noted import (
    ACTIVITIES,
    BARRED,
    ITEMS,
    LACKS,
    NOTES,
    PREMISES,
    RAPID,
    ROOMS,
    WISHES,
    Barred,
    Note,
    Step,
)  # fmt: skip
from shouwang.demo.whereabouts import Whereabouts
from shouwang.demo.world import World
from shouwang.dispatch.rapid import set_rapid
from shouwang.kinds.board.posting import post_board
from shouwang.kinds.hazard.items import note_item
from shouwang.kinds.hazard.models import Premises
from shouwang.kinds.hazard.sweeping import Place, look_at, plan_sweep
from shouwang.kinds.vehicle.calling import call_owner
from shouwang.kinds.visit.kit import note_device
from shouwang.kinds.visit.wishes import ask_for_visit, note_wish, open_due
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.models import Person
from shouwang.people.verbs import Verb
from shouwang.registry.lists import UnitKind
from shouwang.rounds.diary import note_activity
from shouwang.rounds.planning import Wanted, due_to_walk, plan_round
from shouwang.rounds.walking import begin_round, end_round, note_stop
from shouwang.territory.rooms import Door, open_room

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
BETWEEN = 4 * HOUR  # from one step of a matter to its next
Act = Callable[[dt.datetime], object]


def play(world: World, at: dt.datetime) -> None:
    """Write the week that ends at `at`; afterwards what is due is open, and a round is planned from it."""
    week = Week(world, Whereabouts(world, world.qiaoxi))
    for when, act in sorted(week.acts(at), key=lambda pair: pair[0]):
        act(when)
    open_due(at)
    week.rounds(at)


@dataclass
class Week:
    world: World
    where: Whereabouts
    _beats: dict[str, Whereabouts] = field(default_factory=dict)

    def acts(self, at: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        yield at - 20 * DAY, self._offices
        for wish in WISHES:
            yield at - wish[0] * DAY, partial(self._wish, wish)
        for note in NOTES:
            yield from self._course(note.ago, partial(self._note, note), note.then, at)
        for barred in BARRED:
            yield from self._course(barred.ago, partial(self._hazard, barred), barred.then, at)
        for item in ITEMS:
            yield at - item[0] * DAY, partial(self._item, item)
        yield at - 3 * DAY, self._sweep
        yield at, partial(rostered.ask, self.world)
        yield at - 3 * HOUR, self._visit_asked
        yield at - 40 * MINUTE, self._open_car
        for line in ACTIVITIES:
            yield at - 5 * MINUTE, partial(self._activity, line)

    def rounds(self, at: dt.datetime) -> None:
        """One that was walked this morning, and one for tomorrow of what is due."""
        shen, due = self.world.shen, due_to_walk(self.world.shen, at)
        person = Person.objects.get(pk=shen.person_id)
        if len(due) < 4:
            return
        start = (due[0].lon or 0.0, due[0].lat or 0.0)
        begun = at - 3 * HOUR
        walked = plan_round(Wanted(person, start, begun, 2 * HOUR, due[:2]), by=shen, at=at)
        begin_round(row=walked, by=shen, at=begun)
        for n, stop in enumerate(walked.stops.order_by("place")):
            note_stop(stop=stop, outcome=("nobody", "later")[n % 2], by=shen, at=begun + (n + 1) * HOUR / 2)
        end_round(row=walked, by=shen, at=begun + 2 * HOUR)
        plan_round(Wanted(person, start, _nine_tomorrow(at), 3 * HOUR, due[2:8]), by=shen, at=at)

    def _offices(self, at: dt.datetime) -> None:
        lin, world = self.world.lin, self.world
        for key, words, name, hours, staff, equipment in ROOMS:
            (lon, lat), *_ = Whereabouts(world, getattr(world, key))(words)
            open_room(getattr(world, key), Door(name, hours, staff, equipment), lon=lon, lat=lat, by=lin, at=at)
        for key in ("qiaoxi_01", "qiaoxi_02", "qiaoxi_04"):
            post_board(getattr(world, key), by=world.shen, at=at)
        set_rapid(world.station, *RAPID, by=lin, at=at)
        note_device(name="指纹采集仪", serial="FP-0312", area=world.station, by=lin, at=at)

    def _wish(self, wish: tuple[int, str, str, str, int, str], at: dt.datetime) -> None:
        _, name, number, need, every_days, words = wish
        at_home = Window(dt.time(18)) if need == "carer" else Window()
        point, text, _ = self.where(words)
        note_wish(
            told=Told(name=name, number=number), need=need, every_days=every_days,
            ends_on=local_date(at) + 200 * DAY, place_text=text, point=point, by=self.world.shen, at=at,
            at_home=at_home,
        )  # fmt: skip

    def _visit_asked(self, at: dt.datetime) -> None:
        point, text, _ = self.where("桥西里7幢")
        matter, _code = ask_for_visit(
            told=Told(name="方奶奶", number="13800004011"), subkind="asked.home_service", why_at_home="moves_badly",
            place_text=text, point=point, by=self.world.shen, at=at,
        )  # fmt: skip
        staff = [self.world.shen.person_id]
        take_step(
            matter, "appoint", by=self.world.shen, at=at, on_at=_nine_tomorrow(at) + HOUR, staff=staff, device=None
        )

    def _course(
        self, ago: dt.timedelta, open_it: Callable[[dt.datetime], Matter], then: tuple[Step, ...], at: dt.datetime
    ) -> Iterator[tuple[dt.datetime, Act]]:
        """A matter is opened, and each step follows some hours later."""
        made: list[Matter] = []

        def opened(when: dt.datetime) -> None:
            made.append(open_it(when))

        def taken(step: Step, when: dt.datetime) -> None:
            who, name, given = step
            take_step(made[0], name, by=self._who(who), at=when, **given)

        yield at - ago, opened
        for n, step in enumerate(then, start=1):
            yield at - ago + n * BETWEEN, partial(taken, step)

    def _note(self, note: Note, at: dt.datetime) -> Matter:
        """A trouble, a slip or an observation, on the ground of whoever notes it."""
        point, text, address = self._where_of(note.by)(note.place)
        return open_matter(
            kind=note.kind, by=self._who(note.by), at=at, verb=Verb(note.verb), subkind=note.subkind,
            channel="own_find", place_text=text, point=point, address=address, gist=note.gist, facts=note.facts,
            told=Told(name=note.who, number=note.number) if note.number else None,
        )  # fmt: skip

    def _hazard(self, barred: Barred, at: dt.datetime) -> Matter:
        point, text, _ = self.where(barred.place)
        return open_matter(
            kind="hazard", by=self.world.shen, at=at, subkind=barred.subkind, channel="inspection", point=point,
            place_text=text, gist=barred.gist,
        )  # fmt: skip

    def _activity(self, line: tuple[int, str, str, int, dict[str, Any]], at: dt.datetime) -> None:
        days, who, work, minutes, given = line
        note_activity(work=work, on=local_date(at) - days * DAY, minutes=minutes, by=self._who(who), at=at, **given)

    def _item(self, item: tuple[int, str, str, str, int, int], at: dt.datetime) -> None:
        _, sort, premises, words, made_days_ago, left_days = item
        point, text, _ = self.where(words)
        note_item(
            sort=sort, premises=premises, place_text=text, point=point,
            made_on=local_date(at) - made_days_ago * DAY, expires_on=local_date(at) + left_days * DAY,
            by=self.world.shen, at=at,
        )  # fmt: skip

    def _sweep(self, at: dt.datetime) -> None:
        """A few premises by the list of fire safety: one in order, one not, the others still to be seen."""
        shen, found = self.world.shen, [(name, *self.where(words)) for name, words in PREMISES]
        row = plan_sweep(
            name="沿街小饭馆消防排查", checklist="fire", kinds=[UnitKind.PUBLIC_VENUE], until=local_date(at) + 10 * DAY,
            area=self.world.qiaoxi, places=[Place(name, text, point) for name, point, text, _ in found], by=shen, at=at,
        )  # fmt: skip
        for premises, lacking in zip(Premises.objects.filter(sweep=row).order_by("name"), LACKS, strict=False):
            look_at(premises=premises, lacking=lacking, by=shen, at=at)

    def _open_car(self, at: dt.datetime) -> None:
        point, text, _ = self.where("建新路58号")
        found = call_owner(
            plate="湘H2Q61N", reason="unlocked", place_text=text, point=point, by=self.world.ming, at=at
        )  # fmt: skip
        take_step(found.matter, "locked", by=self.world.ming, at=at + 5 * MINUTE)

    def _where_of(self, key: str) -> Whereabouts:
        post = self.world.cast[key].post
        return self._beats.setdefault(key, Whereabouts(self.world, post.area if post else None))

    def _who(self, key: str) -> Any:
        return self.world.cast[key]


def _nine_tomorrow(at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(local_date(at) + DAY, dt.time(9), SHANGHAI)
