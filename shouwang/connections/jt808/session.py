"""One terminal's conversation, without sockets, clocks or a database: frames in, acts out. Pure.

    session.receive(wire, at)       → replies to send, and what to ask the town (`Enrol`, `Prove`, `Report`)
    session.enrolled / proven / reported(…)   what the town said → replies to send

A position is answered only when the town has it (`reported`): a terminal that hears nothing sends it again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from shouwang.connections.jt808 import messages as m
from shouwang.connections.jt808.assembly import Assembly
from shouwang.connections.jt808.frames import Frame, FrameError, read_frame, write_frame
from shouwang.connections.jt808.positions import Position, read_batch, read_position
from shouwang.connections.jt808.reading import BATCH, POSITION

MOST_REFUSED = 20
PROVE_WITHIN = dt.timedelta(seconds=60)
SILENT_AFTER = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Enrol:
    """It registers: may this number have a code?"""

    frame: Frame
    number: str
    registration: m.Registration


@dataclass(frozen=True, slots=True)
class Prove:
    """It shows its code: whose is it?"""

    frame: Frame
    number: str
    code: str


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Report:
    """Positions to keep; `alarm`: an emergency that it did not report before."""

    frame: Frame
    code: str
    positions: tuple[Position, ...]
    alarm: bool


Asked = Enrol | Prove | Report


@dataclass(slots=True)
class Heard:
    """What one frame leads to."""

    replies: list[bytes] = field(default_factory=list)
    asked: Asked | None = None


class Session:
    """`over` says why the connection must be closed, once it must."""

    def __init__(self, at: dt.datetime) -> None:
        self.code = ""
        self.number = ""
        self.over = ""
        self.last_heard = self._began = at
        self._serial = 0
        self._refused = 0
        self._spoke: Frame | None = None  # the last one heard: its number and version are those to answer in
        self._alarmed = False
        self._parts = Assembly()

    def receive(self, wire: bytes, at: dt.datetime) -> Heard:
        """One frame from the stream. Never raises: what cannot be read is counted, and too much of it ends it."""
        self.last_heard = at
        try:
            part = read_frame(wire)
        except FrameError:
            return self._refuse()
        self._spoke = part
        frame = self._parts.add(part, at)
        if frame is None:
            return Heard([self._say(m.GENERAL_ANSWER, m.general_answer(part, m.Result.DONE))])
        try:
            return self._answer(frame, at)
        except FrameError:
            return self._refuse(frame, m.Result.UNREADABLE)

    def tick(self, at: dt.datetime) -> list[bytes]:
        """Every few seconds: ask for missing parts, and end what is silent or never proves itself."""
        if at - self.last_heard > SILENT_AFTER:
            self.over = "silent"
        elif not self.code and at - self._began > PROVE_WITHIN:
            self.over = "never proved itself"
        return [self._say(m.SEND_AGAIN, m.send_again(*one)) for one in self._parts.due(at)]

    def enrolled(self, asked: Enrol, code: str) -> list[bytes]:
        """`code` empty: it is not to be registered."""
        result = m.Enrolled.DONE if code else m.Enrolled.NO_TERMINAL
        if not code:
            self._count_refusal()
        return [self._say(m.REGISTER_ANSWER, m.register_answer(asked.frame, result, code))]

    def proven(self, asked: Prove, *, accepted: bool) -> list[bytes]:
        self.code, self.number = (asked.code, asked.number) if accepted else ("", "")
        if not accepted:
            self._count_refusal()
        return [self._result(asked.frame, m.Result.DONE if accepted else m.Result.FAILED)]

    def reported(self, asked: Report, *, kept: bool, alarm_taken: bool, still_valid: bool = True) -> list[bytes]:
        """`kept` is also true for what is dropped by design (off shift): sent again, it would be dropped again."""
        if not still_valid:
            self.code, self.over = "", "its code was taken back"
        self._alarmed = self._alarmed or alarm_taken
        result = m.Result.ALARM if alarm_taken else m.Result.DONE if kept else m.Result.FAILED
        return [self._result(asked.frame, result)]

    def _answer(self, frame: Frame, at: dt.datetime) -> Heard:
        match frame.msg_id:
            case m.REGISTER:
                return Heard(asked=Enrol(frame, frame.phone, m.read_registration(frame)))
            case m.PROVE:
                return Heard(asked=Prove(frame, frame.phone, m.read_code(frame)))
            case m.HEARTBEAT:
                return Heard([self._result(frame, m.Result.DONE)])
            case m.ASK_TIME:
                return Heard([self._say(m.TIME_ANSWER, m.time_answer(at))])
            case m.LOGOUT:
                self.code, self.over = "", "signed out"
                return Heard([self._result(frame, m.Result.DONE)])
            case _ if frame.msg_id in m.TERMINAL_ANSWERS:
                return Heard()
            case _ if not self.code or frame.phone != self.number:
                return self._refuse(frame, m.Result.FAILED)
            case _ if frame.msg_id in (POSITION, BATCH):
                return Heard(asked=self._report(frame))
            case _:
                return Heard([self._result(frame, m.Result.UNSUPPORTED)])

    def _report(self, frame: Frame) -> Report:
        """A batch tells of the past and raises no alarm (DEV-03)."""
        if frame.msg_id == BATCH:
            return Report(frame, self.code, tuple(read_batch(frame.body)), alarm=False)
        position = read_position(frame.body)
        self._alarmed = self._alarmed and position.emergency
        return Report(frame, self.code, (position,), alarm=position.emergency and not self._alarmed)

    def _refuse(self, frame: Frame | None = None, result: m.Result = m.Result.FAILED) -> Heard:
        self._count_refusal()
        return Heard([self._result(frame, result)] if frame else [])

    def _count_refusal(self) -> None:
        self._refused += 1
        if self._refused >= MOST_REFUSED:
            self.over = "too much that was refused"

    def _result(self, frame: Frame, result: m.Result) -> bytes:
        return self._say(m.GENERAL_ANSWER, m.general_answer(frame, result))

    def _say(self, msg_id: int, body: bytes) -> bytes:
        self._serial = (self._serial + 1) & 0xFFFF
        number, version = (self._spoke.phone, self._spoke.version) if self._spoke else ("0", None)
        return write_frame(Frame(msg_id, number, self._serial, body, version))
