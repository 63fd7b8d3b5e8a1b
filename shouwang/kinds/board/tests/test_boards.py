"""A board that no longer says what is so is a task for whoever is responsible there, until a new one hangs."""

import datetime as dt
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.kinds.board.posting import open_what_is_due, post_board
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible
from shouwang.territory.boards import is_out_of_date, posted_at


def look_over(as_role: Any) -> int:
    with as_role("jobs"):
        return open_what_is_due(by=Actor.system(), at=clock.now())


@pytest.fixture
def posted(world: Any) -> Any:
    post_board(world.qiaoxi_04, by=world.shen, at=clock.now())
    return world


def rename(world: Any, owner_sql: Any, name: str = "陆小禾") -> None:
    owner_sql("UPDATE people_person SET name = %s WHERE id = %s", [name, world.lu.person_id])


@pytest.mark.item("GRD-07")
def test_a_change_of_names_opens_one_task_with_three_working_days(posted: Any, as_role: Any, owner_sql: Any) -> None:
    assert look_over(as_role) == 0
    rename(posted, owner_sql)

    assert (look_over(as_role), look_over(as_role)) == (1, 0)
    task = Matter.objects.get(kind="board")
    assert (task.area, task.state) == (posted.qiaoxi_04, "to_post")
    assert task.responsible is not None
    (limit,) = task.clocks.all()
    assert dt.timedelta(days=3) <= limit.due_at - task.opened_at <= dt.timedelta(days=12)


@pytest.mark.item("GRD-07")
def test_the_task_ends_when_a_new_board_hangs(posted: Any, as_role: Any, owner_sql: Any) -> None:
    rename(posted, owner_sql)
    look_over(as_role)

    post_board(posted.qiaoxi_04, by=posted.shen, at=clock.now())

    assert Matter.objects.get(kind="board").state == "posted"
    board = posted_at(posted.qiaoxi_04)
    assert board is not None
    assert not is_out_of_date(board, clock.now())
    assert look_over(as_role) == 0


def test_a_day_that_passes_and_a_grid_without_a_board_are_no_alarm(world: Any, as_role: Any, owner_sql: Any) -> None:
    rename(world, owner_sql)
    assert look_over(as_role) == 0
    post_board(world.qiaoxi_04, by=world.shen, at=clock.now())
    board = posted_at(world.qiaoxi_04)

    assert board is not None
    assert not is_out_of_date(board, clock.now() + dt.timedelta(days=1))


def test_whoever_is_not_responsible_there_posts_nothing(world: Any) -> None:
    with pytest.raises(NotVisible):
        post_board(world.qiaoxi_04, by=world.zhao, at=clock.now())
    assert posted_at(world.qiaoxi_04) is None
