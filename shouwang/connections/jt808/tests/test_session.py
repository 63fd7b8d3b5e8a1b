"""A terminal's conversation without sockets: who is heard, what is answered, and when it is ended."""

import datetime as dt

import pytest

from shouwang.connections.jt808 import messages as m
from shouwang.connections.jt808.frames import Frame, read_frame, write_frame
from shouwang.connections.jt808.positions import ALARM_EMERGENCY, Position, write_batch, write_position
from shouwang.connections.jt808.session import MOST_REFUSED, Enrol, Prove, Report, Session

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
NUMBER = "13900000001"


def wire(msg_id: int, body: bytes = b"", serial: int = 1, **more) -> bytes:
    return write_frame(Frame(msg_id, NUMBER, serial, body, **more))[1:-1]


def results(replies: list[bytes]) -> list[tuple[int, int]]:
    """(message id, result) of general answers."""
    frames = [read_frame(one) for one in replies]
    return [(one.msg_id, one.body[4]) for one in frames if one.msg_id == m.GENERAL_ANSWER]


@pytest.fixture
def session() -> Session:
    return Session(NOON)


@pytest.fixture
def proven(session) -> Session:
    heard = session.receive(wire(m.PROVE, m.write_code("abc", version=None)), NOON)
    session.proven(heard.asked, accepted=True)
    return session


def at_place(alarm: int = 0) -> bytes:
    return write_position(Position(alarm, 3, 27.7, 111.4, 0, 0.0, 0, NOON))


def test_a_terminal_registers_and_gets_its_code(session):
    about = m.Registration("MAKER", "Model 7", "0000001", "赣A12345")
    heard = session.receive(wire(m.REGISTER, m.write_registration(about, version=None)), NOON)
    assert isinstance(heard.asked, Enrol)
    assert heard.asked.registration == about
    (reply,) = session.enrolled(heard.asked, "secret")
    answer = read_frame(reply)
    assert (answer.msg_id, answer.phone, answer.body) == (m.REGISTER_ANSWER, NUMBER, b"\x00\x01\x00secret")


@pytest.mark.parametrize("version", [None, 1])
def test_both_forms_of_the_code_are_read(session, version):
    body = m.write_code("abc-DEF_1", version=version)
    heard = session.receive(wire(m.PROVE, body, version=version), NOON)
    assert isinstance(heard.asked, Prove)
    assert heard.asked.code == "abc-DEF_1"


def test_a_stranger_is_not_heard(session):
    heard = session.receive(wire(0x0200, at_place()), NOON)
    assert heard.asked is None
    assert results(heard.replies) == [(m.GENERAL_ANSWER, m.Result.FAILED)]


def test_nobody_speaks_for_another_number_on_a_proven_connection(proven):
    other = write_frame(Frame(0x0200, "13900000002", 5, at_place()))[1:-1]
    assert proven.receive(other, NOON).asked is None


def test_a_position_is_answered_only_when_the_town_has_it(proven):
    heard = proven.receive(wire(0x0200, at_place(), serial=9), NOON)
    assert heard.replies == []
    assert isinstance(heard.asked, Report)
    (reply,) = proven.reported(heard.asked, kept=True, alarm_taken=False)
    assert read_frame(reply).body == bytes.fromhex("0009 0200 00".replace(" ", ""))
    (again,) = proven.reported(heard.asked, kept=False, alarm_taken=False)
    assert read_frame(again).body[4] == m.Result.FAILED


def test_an_emergency_is_raised_once_until_the_terminal_stops_it(proven):
    pressed = proven.receive(wire(0x0200, at_place(ALARM_EMERGENCY)), NOON).asked
    assert pressed.alarm
    assert results(proven.reported(pressed, kept=True, alarm_taken=True)) == [(m.GENERAL_ANSWER, m.Result.ALARM)]
    assert not proven.receive(wire(0x0200, at_place(ALARM_EMERGENCY)), NOON).asked.alarm
    proven.receive(wire(0x0200, at_place()), NOON)
    assert proven.receive(wire(0x0200, at_place(ALARM_EMERGENCY)), NOON).asked.alarm


def test_an_emergency_that_was_not_taken_is_raised_again(proven):
    pressed = proven.receive(wire(0x0200, at_place(ALARM_EMERGENCY)), NOON).asked
    proven.reported(pressed, kept=True, alarm_taken=False)
    assert proven.receive(wire(0x0200, at_place(ALARM_EMERGENCY)), NOON).asked.alarm


def test_the_past_raises_no_alarm(proven):
    late = write_batch([Position(ALARM_EMERGENCY, 3, 27.7, 111.4, 0, 0.0, 0, NOON)])
    heard = proven.receive(wire(0x0704, late), NOON)
    assert len(heard.asked.positions) == 1
    assert not heard.asked.alarm


def test_a_long_batch_comes_in_parts_and_what_is_missing_is_asked_for(proven):
    body = write_batch([Position(0, 3, 27.7, 111.4, 0, 0.0, 0, NOON)] * 30)
    cut = [body[:400], body[400:800], body[800:]]
    parts = [wire(0x0704, piece, serial=20 + n, total=3, index=n + 1) for n, piece in enumerate(cut)]
    assert proven.receive(parts[0], NOON).asked is None
    assert proven.receive(parts[2], NOON).asked is None
    assert proven.tick(NOON + dt.timedelta(seconds=1)) == []
    (ask,) = proven.tick(NOON + dt.timedelta(seconds=6))
    assert read_frame(ask).body == bytes.fromhex("0014 01 0002".replace(" ", ""))
    assert len(proven.receive(parts[1], NOON + dt.timedelta(seconds=7)).asked.positions) == 30


def test_a_taken_back_code_ends_the_connection(proven):
    heard = proven.receive(wire(0x0200, at_place()), NOON)
    proven.reported(heard.asked, kept=False, alarm_taken=False, still_valid=False)
    assert proven.over


def test_a_peer_that_talks_nonsense_or_nothing_is_let_go(session, proven):
    for _ in range(MOST_REFUSED):
        session.receive(b"\x00" * 20, NOON)
    assert session.over
    other = Session(NOON)
    other.tick(NOON + dt.timedelta(seconds=61))
    assert other.over == "never proved itself"
    proven.over = ""
    proven.tick(NOON + dt.timedelta(minutes=6))
    assert proven.over == "silent"


def test_heartbeats_time_and_unknown_messages_are_answered(proven):
    assert results(proven.receive(wire(m.HEARTBEAT), NOON).replies) == [(m.GENERAL_ANSWER, m.Result.DONE)]
    (time,) = proven.receive(wire(m.ASK_TIME), NOON).replies
    assert read_frame(time).body == bytes.fromhex("261122040000")
    assert results(proven.receive(wire(0x0900, b"\x00"), NOON).replies) == [(m.GENERAL_ANSWER, m.Result.UNSUPPORTED)]
