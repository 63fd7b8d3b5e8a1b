"""Boards that hang where residents gather (GRD-07): what each says, and whether that is still right."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from django.utils import translation

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.places.models import Area
from shouwang.territory.models import PostedBoard
from shouwang.territory.sheets import NoBorder, board_words, border_of


def says_now(area: Area, at: dt.datetime) -> str:
    """What a board printed at this instant says, cut short to a hash; the day of print is left out. Raises NoBorder"""
    with translation.override("zh-hans"):
        words = board_words(area, border_of(area, at), at)
    words["border"] = border_of(area, at).boundary
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def note_posted(area: Area, *, by: Actor, at: dt.datetime) -> PostedBoard:
    """The board as it is printed today hangs there now. Raises NotAllowed, NoBorder"""
    with acting(by):
        require(by, Verb.MATTER_CLOSE, area, at)
        given = {"says": says_now(area, at), "posted_at": at, "posted_by": by.person_id}
        posted, _made = PostedBoard.objects.update_or_create(area=area, defaults=given)
        record("board.post", topic="board.posted", subject=posted, by=by, at=at, area=area)
    return posted


def posted_at(area: Area) -> PostedBoard | None:
    return PostedBoard.objects.filter(area=area).first()


def is_out_of_date(posted: PostedBoard, at: dt.datetime) -> bool:
    """Names, roles, name or border changed since; an area without a border any more has nothing to post."""
    try:
        return posted.says != says_now(posted.area, at)
    except NoBorder:
        return False


def out_of_date(at: dt.datetime) -> list[Area]:
    """Areas whose board says what is no longer so."""
    return [one.area for one in PostedBoard.objects.select_related("area").order_by("area") if is_out_of_date(one, at)]
