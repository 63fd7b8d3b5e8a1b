"""What a browser hears: only its own, within a moment, without a gap, and nothing after its session ended."""

import asyncio
import time
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from shouwang.config.live.application import Live
from shouwang.config.live.stream import QUEUE
from shouwang.config.live.tests.conftest import Reader
from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.duty import messages
from shouwang.duty.alerts import call_for_help
from shouwang.journal.record import record
from shouwang.matters.intake import open_matter
from shouwang.matters.steps import take_step
from shouwang.notices.models import Notice, RecipientKind
from shouwang.notices.sending import fail
from shouwang.people.models.grant import GrantKind
from shouwang.people.screens import give_screen, take_screen_back
from shouwang.people.sessions import end_session, lock
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading

pytestmark = pytest.mark.committed
QIAOXI, HEBU = (111.421, 27.690), (111.438, 27.690)


def open_call(world: Any, point: tuple[float, float] = QIAOXI, **given: Any) -> Any:
    at = clock.now()
    by = (given.pop("by", None) or world.fang).afresh()
    return open_matter(kind="incident", by=by, at=at, point=point, subkind="order.fight", **given)


def position(world: Any, lon: float) -> None:
    receive_from_crew(world.qx1, Reading(lon, 27.69, None), source="osmand", at=clock.now())


async def do(act: Any, *given: Any, **named: Any) -> Any:
    """On a thread, as the pages' process would, with its connection closed afterwards."""

    def acted() -> Any:
        try:
            return act(*given, **named)
        finally:
            connection.close()

    return await sync_to_async(acted, thread_sensitive=False)()


def test_who_may_see_a_call_hears_of_it_within_two_seconds_and_others_do_not(world, on_air, signed_in):
    (_, fang), (_, shen), (_, zhao), (_, wang) = map(signed_in, ("fang", "shen", "zhao", "wang"))

    async def play(live: Live) -> None:
        readers = {who: Reader(live, cookie) for who, cookie in
                   {"fang": fang, "shen": shen, "zhao": zhao, "wang": wang}.items()}  # fmt: skip
        await readers["fang"].until(lambda: live.hub and len(live.hub.streams) == 4 and _listens(live))
        began = time.monotonic()
        call = await do(open_call, world)
        await readers["fang"].until(lambda: readers["fang"].news)
        assert time.monotonic() - began < 2
        await readers["shen"].until(lambda: readers["shen"].news)
        await asyncio.sleep(0.3)
        said = readers["fang"].news[0]
        assert (said["subject"], said["topic"]) == (str(call.pk), "matter.new")
        assert set(said) == {"topic", "subject", "verb", "entry"}
        assert readers["zhao"].news == []
        assert readers["wang"].news == []

    on_air(play)


def test_who_may_see_a_call_hears_of_a_message_about_it_that_was_not_delivered(world, on_air, signed_in):
    (_, fang), (_, zhao) = signed_in("fang"), signed_in("zhao")

    def not_delivered(call: Any) -> None:
        with acting(Actor.system()):
            notice = Notice.objects.create(
                matter=call.pk, wording="received", recipient=new_id(), recipient_kind=RecipientKind.PARTY,
                queued_at=clock.now(),
            )  # fmt: skip
            fail(notice, "number_barred", by=Actor.system(), at=clock.now())

    async def play(live: Live) -> None:
        desk, next_door = Reader(live, fang), Reader(live, zhao)
        await desk.until(lambda: _listens(live) and len(live.hub.streams) == 2)
        call = await do(open_call, world)
        await do(not_delivered, call)
        await desk.until(lambda: len(desk.news) == 2)
        await asyncio.sleep(0.3)
        assert (desk.news[1]["topic"], desk.news[1]["subject"]) == ("notice.failed", str(call.pk))
        assert next_door.news == []

    on_air(play)


def _listens(live: Live) -> bool:
    return bool(live.hub and live.hub.listening.is_set())


def test_a_sealed_call_is_heard_by_its_named_list_alone(world, on_air, signed_in):
    (_, fang), (_, lin) = signed_in("fang"), signed_in("lin")

    async def play(live: Live) -> None:
        desk, head = Reader(live, fang), Reader(live, lin)
        await desk.until(lambda: _listens(live) and len(live.hub.streams) == 2)
        await do(open_call, world, by=world.lin, sealed_to=[world.lin.post.pk, world.zhou.post.pk])
        await head.until(lambda: head.news)
        await asyncio.sleep(0.3)
        assert desk.news == []

    on_air(play)


def test_nobody_hears_without_a_session_or_with_a_locked_one(world, on_air, signed_in):
    session, cookie = signed_in("fang")
    lock(session, at=clock.now())

    async def play(live: Live) -> None:
        for given in ("", "sw_session=guess", cookie):
            reader = Reader(live, given)
            await asyncio.wait([reader.task])
            assert reader.status == 401
        posting = Reader(live, cookie, method="POST")
        await asyncio.wait([posting.task])
        assert posting.status == 405

    on_air(play)


def test_the_heart_beats_every_two_seconds(world, on_air, signed_in):
    _, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        reader = Reader(live, cookie)
        await reader.until(lambda: len(reader.of("beat")) >= 2, within_s=6)
        first, second = reader.of("beat")[:2]
        assert 1.5 < second - first < 3

    on_air(play)


def test_a_browser_that_was_away_misses_nothing(world, on_air, signed_in):
    _, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        before = Reader(live, cookie)
        await before.until(lambda: _listens(live))
        await do(open_call, world)
        await before.until(lambda: before.news)
        cursor = before.cursor
        await before.leave()
        missed = [await do(open_call, world) for _ in range(3)]
        await asyncio.sleep(0.3)
        after = Reader(live, cookie, cursor)
        heard = lambda: [one["subject"] for one in after.news if one["topic"] == "matter.new"]  # noqa: E731
        later = await do(open_call, world)
        await after.until(lambda: str(later.pk) in heard())
        assert heard() == [str(call.pk) for call in (*missed, later)]
        assert after.of("reload") == []

    on_air(play)


@pytest.mark.parametrize("cursor", ["0.1", "elsewhere.7", "x", "1.-1", "1.９"])
def test_a_cursor_nobody_knows_draws_the_page_anew(world, on_air, signed_in, cursor):
    _, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        reader = Reader(live, cookie, cursor.encode().decode("latin-1", "ignore"))
        await reader.until(lambda: reader.of("reload"))

    on_air(play)


def test_when_the_database_was_away_everybody_draws_anew(world, on_air, signed_in, owner_cuts):
    _, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        reader = Reader(live, cookie)
        await reader.until(lambda: _listens(live))
        await do(owner_cuts)
        await reader.until(lambda: reader.of("reload"))
        await do(open_call, world)
        await reader.until(lambda: reader.news)

    on_air(play)


@pytest.fixture
def owner_cuts(environment, database):  # type: ignore[no-untyped-def]
    """Ends the listening connection, as a restart of the database does."""
    import psycopg

    from shouwang.config.database import place

    def cut() -> None:
        with psycopg.connect(**place.administrator_parameters(environment) | {"dbname": database.name}) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )

    return cut


def test_an_ended_session_hears_nothing_after_a_second(world, on_air, signed_in):
    session, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        reader = Reader(live, cookie)
        await reader.until(lambda: _listens(live))
        began = time.monotonic()
        await do(end_session, session, by=world.fang.afresh(), at=clock.now())
        await asyncio.wait([reader.task], timeout=3)
        assert time.monotonic() - began < 1
        assert reader.of("ended") == [{}]
        await do(open_call, world)
        await asyncio.sleep(0.3)
        assert reader.news == []

    on_air(play)


def test_a_wall_screen_hears_until_it_is_taken_back(world, on_air):
    grant, token = give_screen(world.station, by=world.zhou, at=clock.now())
    assert grant.kind == GrantKind.SCREEN

    async def play(live: Live) -> None:
        wall = Reader(live, f"sw_screen={token}")
        await wall.until(lambda: _listens(live))
        await do(open_call, world)
        await wall.until(lambda: wall.news)
        await do(take_screen_back, grant, by=world.zhou.afresh(), at=clock.now())
        await asyncio.wait([wall.task], timeout=3)
        assert wall.of("ended") == [{}]

    on_air(play)


def test_positions_go_to_those_who_may_follow_the_unit_and_only_the_newest(world, on_air, signed_in):
    (_, fang), (_, wang) = signed_in("fang"), signed_in("wang")

    async def play(live: Live) -> None:
        desk, resident = Reader(live, fang), Reader(live, wang)
        await desk.until(lambda: _listens(live) and len(live.hub.streams) == 2)
        began = time.monotonic()
        for step in range(4):
            await do(position, world, 111.4210 + step * 0.0001)
        await desk.until(lambda: desk.of("positions") and desk.of("positions")[-1][0]["lon"] == 111.4213)
        assert time.monotonic() - began < 1.5
        fix = desk.of("positions")[-1][0]
        assert (fix["unit"], fix["lat"]) == (str(world.qx1.pk), 27.69)
        assert resident.of("positions") == []

    on_air(play)


def test_alerts_and_messages_are_heard_at_the_desk(world, on_air, signed_in):
    _, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        reader = Reader(live, cookie)
        await reader.until(lambda: _listens(live))
        await do(call_for_help, unit=world.qx1, by=world.ming.afresh(), at=clock.now())
        await do(messages.tell_desk, text="快来", by=world.ming.afresh(), at=clock.now())
        await reader.until(lambda: {"unit.sos", "message.sent"} <= {one["topic"] for one in reader.news})
        assert "快来" not in reader.text

    on_air(play)


def test_a_reader_that_stops_reading_is_cut_off_and_the_others_hear_on(world, on_air, signed_in):
    (_, slow), (_, quick) = signed_in("fang"), signed_in("zhou")

    async def play(live: Live) -> None:
        asleep, awake = Reader(live, slow), Reader(live, quick)
        await awake.until(lambda: _listens(live) and len(live.hub.streams) == 2)
        call = await do(open_call, world)
        asleep.reads.clear()
        await do(many_entries, call, QUEUE * 2)
        await awake.until(lambda: len(awake.news) > QUEUE, within_s=30)
        await asyncio.wait([asleep.task], timeout=5)
        assert asleep.task.done()
        assert not awake.task.done()

    on_air(play)


def many_entries(call: Any, n: int) -> None:
    by = Actor.system()
    for first in range(0, n, 64):
        with acting(by):
            for _ in range(first, min(first + 64, n)):
                record("matter.note", topic="matter.noted", subject=call, by=by, at=clock.now(), note=new_id())


def test_the_end_of_the_process_closes_every_stream_at_once(world, on_air, signed_in):
    _, cookie = signed_in("fang")

    async def play(live: Live) -> None:
        reader = Reader(live, cookie)
        await reader.until(lambda: _listens(live))
        live.stop()
        await asyncio.wait([reader.task], timeout=2)
        assert reader.task.done()

    on_air(play)


def test_what_happened_while_the_page_was_drawn_is_heard_too(world, on_air, signed_in):
    (_, first), (_, second) = signed_in("zhou"), signed_in("fang")

    async def play(live: Live) -> None:
        early = Reader(live, first)
        await early.until(lambda: _listens(live))
        call = await do(open_call, world)
        await early.until(lambda: early.news)
        late = Reader(live, second)
        await late.until(lambda: [one for one in late.news if one["subject"] == str(call.pk)])
        await do(take_step, call, "accept", by=world.fang.afresh(), at=clock.now())
        await late.until(lambda: len(late.news) >= 2)

    on_air(play)
