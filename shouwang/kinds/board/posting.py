"""From a change to the task, and from the new board to its end."""

from __future__ import annotations

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.places.models import Area
from shouwang.territory.boards import note_posted, out_of_date


def waiting_for(area: Area) -> Matter | None:
    """The open task about this board."""
    return Matter.objects.open().filter(kind="board", area=area).first()


def open_what_is_due(*, by: Actor, at: dt.datetime) -> int:
    """A task for each board that says what is no longer so, one at a time; how many were opened."""
    due = [area for area in out_of_date(at) if waiting_for(area) is None]
    for area in due:
        open_matter(
            kind="board", by=by, at=at, verb=None, channel="own_find", subkind="board.out_of_date", area=area,
            gist=area.name,
        )  # fmt: skip
    return len(due)


def post_board(area: Area, *, by: Actor, at: dt.datetime) -> None:
    """The new board hangs: ends the task where there is one. Raises NotAllowed, NoBorder"""
    task = waiting_for(area)
    if task is None:
        note_posted(area, by=by, at=at)
    else:
        take_step(task, "post", by=by, at=at)
