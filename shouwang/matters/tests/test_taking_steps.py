"""take_step is the only way on: who may, from where, with what, and what stands in the journal afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.journal.models import Entry
from shouwang.matters.asking import GivenWrong
from shouwang.matters.changes import MatterChanged
from shouwang.matters.kinds import UnknownStep
from shouwang.matters.steps import StepNotOpen, steps_open_to, take_step
from shouwang.matters.tests.conftest import NotYet
from shouwang.people.access import NotAllowed, NotVisible

MINUTE = dt.timedelta(minutes=1)


def last_entry(matter) -> Entry:
    return Entry.objects.filter(subject=matter.pk).select_related("particulars").latest("id")


def test_a_step_moves_the_matter_and_leaves_one_entry(world, an_errand, noon):
    matter = an_errand()

    moved = take_step(matter, "go", by=world.fang, at=noon + MINUTE)

    assert (moved.state, moved.phase, moved.version) == ("going", "active", 2)
    entry = last_entry(matter)
    assert (entry.verb, entry.topic, entry.person) == ("errand.go", "matter.active", world.fang.person_id)
    assert entry.particulars.values["tells"] == ["parties"]
    assert entry.particulars.values["changed"] == ["state"]


def test_a_step_that_stays_says_what_changed_under_another_topic(world, an_errand, noon):
    matter = an_errand()

    take_step(matter, "say", by=world.fang, at=noon, word="猫下来了")

    assert last_entry(matter).topic == "matter.changed"
    assert last_entry(matter).particulars.values["changed"] == ["gist"]


@pytest.mark.parametrize(("who", "fits"), [("fang", True), ("shen", True), ("lin", True)])
def test_the_right_posts_of_this_ground_take_the_step(world, an_errand, noon, who, fits):
    assert take_step(an_errand(), "go", by=getattr(world, who), at=noon).state == "going"


@pytest.mark.parametrize(
    ("who", "problem"),
    [("zhao", NotVisible), ("he", NotAllowed), ("an", NotAllowed), ("lu", NotVisible), ("stranger", NotVisible)],
)
def test_the_next_community_the_wrong_post_and_nobody_do_not(world, an_errand, noon, who, problem):
    matter = an_errand()

    with pytest.raises(problem):
        take_step(matter, "go", by=getattr(world, who), at=noon)

    matter.refresh_from_db()
    assert (matter.state, matter.version) == ("asked", 1)


def test_the_same_step_twice_is_told_where_the_matter_is_now(world, an_errand, noon):
    matter = an_errand()
    take_step(matter, "go", by=world.fang, at=noon)

    with pytest.raises(StepNotOpen) as caught:
        take_step(matter, "go", by=world.shen, at=noon)

    assert caught.value.status == 409


def test_an_unknown_step_and_a_missing_answer_are_named(world, an_errand, noon):
    matter = an_errand()

    with pytest.raises(UnknownStep):
        take_step(matter, "fly", by=world.fang, at=noon)
    for given in ({}, {"word": ""}, {"word": "x" * 21}, {"word": "a", "times": "drei"}, {"word": "a", "colour": "red"}):
        with pytest.raises(GivenWrong) as caught:
            take_step(matter, "say", by=world.fang, at=noon, **given)
        assert caught.value.field in ("word", "times", "colour")


def test_what_a_check_refuses_changes_nothing(world, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon)

    with pytest.raises(NotYet):
        take_step(matter, "end", by=world.fang, at=noon)

    matter.refresh_from_db()
    assert matter.state == "going"
    assert last_entry(matter).verb == "errand.go"


def test_an_ended_matter_has_its_time_and_no_running_clock(world, an_errand, noon):
    matter = take_step(an_errand(), "drop", by=world.fang, at=noon + MINUTE)

    assert (matter.phase, matter.closed_at, matter.due_at) == ("done", noon + MINUTE, None)
    assert not matter.clocks.unmet().exists()
    assert last_entry(matter).particulars.values["urgent"] is True


def test_two_who_edit_get_a_readable_conflict_and_nothing_is_overwritten(world, an_errand, noon):
    seen = an_errand().version
    matter = an_errand()
    take_step(matter, "say", by=world.shen, at=noon + MINUTE, expected_version=seen, word="猫在屋顶")

    with pytest.raises(MatterChanged) as caught:
        take_step(matter, "say", by=world.fang, at=noon + 2 * MINUTE, expected_version=seen, word="猫在车底")

    assert caught.value.given["who"] == "沈知行"
    assert caught.value.given["when"] == "12:01:00"
    assert str(caught.value.given["fields"]) in ("摘要", "gist")
    matter.refresh_from_db()
    assert matter.gist == "猫在屋顶"


def test_whoever_looked_at_the_newest_version_is_not_stopped(world, an_errand, noon):
    matter = take_step(an_errand(), "say", by=world.shen, at=noon, word="一")

    assert take_step(matter, "say", by=world.fang, at=noon, expected_version=2, word="二").gist == "二"


def names(steps) -> set[str]:
    return {one.step.name for one in steps}


def test_buttons_are_the_steps_that_would_be_taken(world, an_errand, noon):
    matter = an_errand()

    assert names(steps_open_to(matter, world.fang, noon)) >= {"go", "say", "drop", "merge"}
    assert "end" not in names(steps_open_to(matter, world.fang, noon))
    assert names(steps_open_to(matter, world.he, noon)) == {"say"}
    assert names(steps_open_to(matter, world.zhao, noon)) == set()


def test_a_shut_button_says_why_when_asked(world, an_errand, noon):
    matter = take_step(an_errand(), "go", by=world.fang, at=noon)

    shut = {one.step.name: one.why for one in steps_open_to(matter, world.fang, noon, with_reasons=True)}

    assert isinstance(shut["end"], NotYet)
    assert isinstance(shut["go"], StepNotOpen)
    assert shut["mark"] is None


def test_buttons_of_many_rows_cost_no_query_each(world, an_errand, noon):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    matters = [an_errand() for _each in range(20)]
    fang = world.fang.afresh()
    steps_open_to(matters[0], fang, noon)

    with CaptureQueriesContext(connection) as asked:
        for matter in matters:
            steps_open_to(matter, fang, noon, checked=False)

    assert len(asked) == 0
