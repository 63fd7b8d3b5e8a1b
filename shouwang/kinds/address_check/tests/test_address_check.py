import datetime as dt

import pytest

from shouwang.matters.asking import GivenWrong
from shouwang.matters.intake import open_matter
from shouwang.matters.steps import take_step
from shouwang.people.access import NotVisible

QIAOXI_04 = (111.427, 27.686)
NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def check(world):
    return open_matter(
        kind="address_check",
        by=world.fang,
        at=NOON,
        point=QIAOXI_04,
        gist="桥西里9幢查不到",
        facts={"said": "桥西里9幢"},
    )


def test_an_address_check_waits_five_working_days_for_who_answers_there(world, check):
    assert (check.state, check.responsible) == ("to_check", world.shen.post)
    assert check.due_at == dt.datetime(2026, 3, 17, 16, tzinfo=dt.UTC)


def test_it_ends_with_the_address_or_with_what_is_there_instead(world, check):
    with pytest.raises(GivenWrong):
        take_step(check, "confirm", by=world.shen, at=NOON)

    ended = take_step(check, "deny", by=world.shen, at=NOON, seen="空地")

    assert (ended.phase, ended.outcome, ended.facts["seen"]) == ("done", "not_there", "空地")


def test_the_officer_next_door_does_not_see_it(world, check):
    with pytest.raises(NotVisible):
        take_step(check, "confirm", by=world.zhao, at=NOON, found="桥西里8幢")
