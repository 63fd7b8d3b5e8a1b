"""What terminals say about themselves and what the platform answers. Pure.

Source  JT/T 808-2013 8.1–8.8, JT/T 808-2019 8.1–8.8: answers 0x8001, 0x8003, 0x8004, 0x8100; DEV-02
"""

from __future__ import annotations

import datetime as dt
import enum
import struct
from dataclasses import dataclass

from shouwang.connections.jt808.frames import Frame, FrameError

HEARTBEAT, LOGOUT, ASK_TIME = 0x0002, 0x0003, 0x0004
REGISTER, PROVE = 0x0100, 0x0102
GENERAL_ANSWER, SEND_AGAIN, TIME_ANSWER, REGISTER_ANSWER = 0x8001, 0x8003, 0x8004, 0x8100
TERMINAL_ANSWERS = (0x0001,)
_RESULT = struct.Struct(">HHB")
SIZES = {2011: (5, 8, 7), 2013: (5, 20, 7), 2019: (11, 30, 30)}  # maker, model, number of the terminal


class Result(enum.IntEnum):
    """Of a general answer. ALARM: the alarm in the position has been taken; the terminal may stop it."""

    DONE = 0
    FAILED = 1
    UNREADABLE = 2
    UNSUPPORTED = 3
    ALARM = 4


class Enrolled(enum.IntEnum):
    """Of a registration. NO_TERMINAL also when it is not open for this number: a stranger learns nothing."""

    DONE = 0
    NO_TERMINAL = 4


@dataclass(frozen=True, slots=True)
class Registration:
    """Who makes it, which model, its own number and the plate it says (bytes that are no GBK become `�`)."""

    maker: str
    model: str
    terminal: str
    plate: str


def read_registration(frame: Frame) -> Registration:
    """The body of 0x0100 in all three versions. Raises FrameError(short)."""
    body = frame.body
    sizes = SIZES[2019 if frame.version is not None else 2013 if len(body) >= 37 else 2011]
    if len(body) < 4 + sum(sizes) + 1:
        raise FrameError("short", f"{len(body)} bytes are too few for a registration")
    maker, model = 4 + sizes[0], 4 + sizes[0] + sizes[1]  # province and city come first
    terminal = model + sizes[2]
    return Registration(
        maker=_text(body[4:maker]),
        model=_text(body[maker:model]),
        terminal=_text(body[model:terminal]),
        plate=_text(body[terminal + 1 :]),
    )


def write_registration(given: Registration, *, version: int | None) -> bytes:
    """What a terminal of 2013 (`version` None) or 2019 sends."""
    sizes = SIZES[2013 if version is None else 2019]
    fields = (given.maker, given.model, given.terminal)
    parts = [text.encode("gbk")[:size].ljust(size, b"\0") for text, size in zip(fields, sizes, strict=True)]
    return bytes(4) + b"".join(parts) + b"\x01" + given.plate.encode("gbk")


def read_code(frame: Frame) -> str:
    """The authentication code of 0x0102; from 2019 on its length comes first, and other things behind."""
    body = frame.body
    if frame.version is not None and body:
        body = body[1 : 1 + body[0]]
    return _text(body)[:128]


def write_code(code: str, *, version: int | None) -> bytes:
    raw = code.encode("ascii")
    return raw if version is None else bytes([len(raw)]) + raw + bytes(15 + 20)  # IMEI, version of the software


def general_answer(frame: Frame, result: Result) -> bytes:
    return _RESULT.pack(frame.serial, frame.msg_id, result)


def register_answer(frame: Frame, result: Enrolled, code: str = "") -> bytes:
    return frame.serial.to_bytes(2, "big") + bytes([result]) + (code.encode("ascii") if result == 0 else b"")


def send_again(first_serial: int, missing: list[int]) -> bytes:
    """0x8003: the serial of the first part, and which parts did not come."""
    parts = missing[:255]
    return first_serial.to_bytes(2, "big") + bytes([len(parts)]) + b"".join(n.to_bytes(2, "big") for n in parts)


def time_answer(at: dt.datetime) -> bytes:
    """0x8004, in UTC as the standard says."""
    return bytes.fromhex(f"{at.astimezone(dt.UTC):%y%m%d%H%M%S}")


def _text(raw: bytes) -> str:
    return raw.strip(b"\0 ").decode("gbk", "replace").replace("\0", "")
