"""What was looked back at in the demo: a replay, kept tracks, who was at a place, a review. Nobody in it is real.

Done by the functions that pages call.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from shouwang.demo.world import World
from shouwang.journal.models import Entry
from shouwang.matters.models import Matter
from shouwang.oversight.presences import Place, ask_presence, decide
from shouwang.oversight.replaying import open_replay
from shouwang.oversight.reviewing.deciding import find
from shouwang.oversight.reviewing.hearing import answer
from shouwang.oversight.reviewing.opening import NotIndependent, open_review
from shouwang.tracking.keeping import ask_keeping, decide_keeping

MINUTE = dt.timedelta(minutes=1)


def play(world: World, at: dt.datetime) -> None:
    """Until `at`; after the calls, since it is of their crews."""
    open_replay(
        area=world.station, start=at - 60 * MINUTE, end=at - 2 * MINUTE, purpose="lesson", reason="晚高峰复盘",
        by=world.zhou, at=at - MINUTE,
    )  # fmt: skip
    rows = Matter.objects.filter(kind="incident", assignments__isnull=False, lon__isnull=False)
    calls = list(rows.distinct().order_by("opened_at")[:2])
    for call, decided in zip(calls, (True, False), strict=False):
        kept = ask_keeping(matter=call, reason="行政复议待决", term_days=183, by=world.zhou, at=at - MINUTE)
        place = Place(call.place_text, call.lon or 0, call.lat or 0, 150)
        asked = ask_presence(
            matter=call, place=place, start=at - 60 * MINUTE, end=at - 5 * MINUTE, purpose="complaint",
            reason="报警人说没有人到场", by=world.lin, at=at - MINUTE,
        )  # fmt: skip
        if decided:
            decide_keeping(kept.pk, kept=True, by=world.lin, at=at)
            decide(asked.pk, approved=True, because="", by=world.cheng, at=at)
    for ended in rows.filter(closed_at__isnull=False).distinct().order_by("-opened_at")[:5]:
        with suppress(NotIndependent):  # the inspector has noted something about it himself
            _review(world, ended, at)
            break


def _review(world: World, call: Matter, at: dt.datetime) -> None:
    """Opened by the inspector, with one finding about whoever sent the crew, and that person's words."""
    row = open_review(matter=call, purpose="lesson", reason="按要求逐级复盘", by=world.gu, at=at - MINUTE)
    sent = Entry.objects.filter(subject=call.pk, verb="assignment.send").order_by("id").first()
    holder = world.cast["fang"].post
    if sent is None or holder is None or not row.heard.filter(posts__contains=[holder.pk]).exists():
        return
    find(
        row.pk, post=holder.pk, found="kept", rule="CFS-01", entry=sent.pk, by=world.gu, at=at,
        words="接报后按规定派出最近警组，时间有记录。",
    )  # fmt: skip
    answer(row.pk, "当时两个警组都在处警，先派了最近的一组。", by=world.fang, at=at)
