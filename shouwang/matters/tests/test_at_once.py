"""Several at once, with real commits: numbers without gaps or twins, one step taken once, one matter for one key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.matters.changes import MatterChanged
from shouwang.matters.deadlines import tick
from shouwang.matters.models import Clock, Matter
from shouwang.matters.steps import StepNotOpen, take_step

pytestmark = pytest.mark.committed


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the Problem it met; each in a thread and connection of its own."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Problem as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, acts))


def test_numbers_run_without_gaps_and_without_twins(world, an_errand):
    actors = [world.fang.afresh() for _each in range(24)]

    opened = at_once([lambda by=by: an_errand(by=by) for by in actors])

    assert sorted(matter.number for matter in opened) == list(range(1, 25))


def test_one_step_taken_by_eight_at_once_is_taken_by_one(world, an_errand, noon):
    matter = an_errand()
    actors = [world.fang.afresh() for _each in range(8)]

    met = at_once([lambda by=by: take_step(matter, "go", by=by, at=noon) for by in actors])

    assert sum(isinstance(one, Matter) for one in met) == 1
    assert sum(isinstance(one, StepNotOpen) for one in met) == 7
    assert Entry.objects.filter(verb="errand.go").count() == 1


def test_eight_who_edit_the_same_version_overwrite_nobody(world, an_errand, noon):
    matter = an_errand()
    actors = [world.fang.afresh() for _each in range(8)]

    met = at_once(
        [
            lambda by=by, n=n: take_step(matter, "say", by=by, at=noon, expected_version=1, word=f"第{n}个")
            for n, by in enumerate(actors)
        ]
    )

    kept = [one for one in met if isinstance(one, Matter)]
    assert len(kept) == 1
    assert sum(isinstance(one, MatterChanged) for one in met) == 7
    matter.refresh_from_db()
    assert matter.gist == kept[0].gist


def test_the_same_key_sent_eight_times_at_once_is_one_matter(world, an_errand):
    key = new_id()
    actors = [world.fang.afresh() for _each in range(8)]

    opened = at_once([lambda by=by: an_errand(by=by, id=key) for by in actors])

    assert {matter.pk for matter in opened} == {key}
    assert Entry.objects.filter(subject=key).count() == 1


def test_two_ticks_at_once_let_each_clock_climb_once(world, an_errand, noon):
    for _each in range(12):
        an_errand()
    hour = noon + dt.timedelta(hours=1)

    at_once([lambda: tick(hour)] * 4)

    assert Entry.objects.filter(verb="clock.climb").count() == 12
    assert set(Clock.objects.filter(rule="state.asked").values_list("level", flat=True)) == {1}
