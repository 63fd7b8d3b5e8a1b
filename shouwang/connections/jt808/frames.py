"""JT/T 808 frames: bytes between two 0x7E, escaped, with a header and an exclusive-or check. Pure.

    7E · id 2 · attributes 2 · [version 1] · phone BCD 6 or 10 · serial 2 · [total 2 · index 2] · body · check 1 · 7E

Source  JT/T 808-2011/2013/2019, section 4.4; DEV-01. Everything is big-endian, text is GBK.
"""

from __future__ import annotations

from dataclasses import dataclass

MARK = b"\x7e"
LARGEST = 2048  # on the wire: a body has at most 1023 bytes, and each may be escaped
_LENGTH, _CIPHER, _SPLIT, _VERSIONED = 0x03FF, 0x1C00, 0x2000, 0x4000


class FrameError(ValueError):
    """Bytes that are no frame. `code` is one of: empty, too_long, escape, short, check, length, ciphered, part."""

    def __init__(self, code: str, says: str) -> None:
        self.code = code
        super().__init__(says)


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Frame:
    """One message or, with `total` > 1, part `index` (from 1) of it. `version` None: a terminal of 2011 or 2013."""

    msg_id: int
    phone: str
    serial: int
    body: bytes
    version: int | None = None
    total: int = 1
    index: int = 1


def read_frame(wire: bytes) -> Frame:
    """A frame from its bytes on the wire, with or without the marks around it. Raises FrameError."""
    if len(wire) > LARGEST:
        raise FrameError("too_long", f"{len(wire)} bytes; a frame has at most {LARGEST}")
    inner = unescape(wire.strip(MARK))
    if not inner:
        raise FrameError("empty", "nothing between the marks")
    if len(inner) < 13:
        raise FrameError("short", f"{len(inner)} bytes; a header and its check have at least 13")
    if checksum(inner[:-1]) != inner[-1]:
        raise FrameError("check", f"the check is {inner[-1]:02x} and should be {checksum(inner[:-1]):02x}")
    return _opened(inner[:-1])


def _opened(inner: bytes) -> Frame:
    attributes = int.from_bytes(inner[2:4], "big")
    if attributes & _CIPHER:
        raise FrameError("ciphered", "the body is enciphered; this server has no key of the terminal")
    version, start = (inner[4], 5) if attributes & _VERSIONED else (None, 4)
    phone_end = start + (10 if version is not None else 6)
    body_start = phone_end + (6 if attributes & _SPLIT else 2)
    body = inner[body_start:]
    if len(inner) < body_start or len(body) != attributes & _LENGTH:
        raise FrameError("length", f"the header says {attributes & _LENGTH} bytes of body, there are {len(body)}")
    total = index = 1
    if attributes & _SPLIT:
        total, index = (int.from_bytes(inner[i : i + 2], "big") for i in (phone_end + 2, phone_end + 4))
        if not 1 <= index <= total:
            raise FrameError("part", f"part {index} of {total}")
    return Frame(
        msg_id=int.from_bytes(inner[:2], "big"),
        phone=read_bcd(inner[start:phone_end]),
        serial=int.from_bytes(inner[phone_end : phone_end + 2], "big"),
        body=body,
        version=version,
        total=total,
        index=index,
    )


def write_frame(frame: Frame) -> bytes:
    """The bytes for the wire. Raises FrameError(length) for a body of more than 1023 bytes."""
    if len(frame.body) > _LENGTH:
        raise FrameError("length", f"{len(frame.body)} bytes of body; a frame holds {_LENGTH}")
    attributes = len(frame.body)
    if frame.version is None:
        phone = write_bcd(frame.phone, 6)
    else:
        attributes |= _VERSIONED
        phone = bytes([frame.version]) + write_bcd(frame.phone, 10)
    parts = b""
    if frame.total > 1:
        attributes |= _SPLIT
        parts = frame.total.to_bytes(2, "big") + frame.index.to_bytes(2, "big")
    head = frame.msg_id.to_bytes(2, "big") + attributes.to_bytes(2, "big") + phone + frame.serial.to_bytes(2, "big")
    inner = head + parts + frame.body
    return MARK + escape(inner + bytes([checksum(inner)])) + MARK


def checksum(data: bytes) -> int:
    """All bytes joined by exclusive or: one half over the other until one byte is left, a third of a loop's time."""
    number, bits = int.from_bytes(data, "big"), 8
    while bits < len(data) * 8:
        bits *= 2
    while bits > 8:
        bits //= 2
        number = (number >> bits) ^ (number & ((1 << bits) - 1))
    return number


def escape(data: bytes) -> bytes:
    return data.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def unescape(data: bytes) -> bytes:
    """Raises FrameError(escape) for 7D followed by anything but 01 or 02."""
    if b"\x7d" not in data:
        return data
    first, *others = data.split(b"\x7d")
    plain = [first]
    for piece in others:
        if piece[:1] == b"\x02":
            plain.append(b"\x7e" + piece[1:])
        elif piece[:1] == b"\x01":
            plain.append(b"\x7d" + piece[1:])
        else:
            raise FrameError("escape", f"7d is followed by {piece[:1].hex() or 'nothing'}")
    return b"".join(plain)


def read_bcd(data: bytes) -> str:
    """Digits of a terminal's number, without the zeros that fill it up in front."""
    return data.hex().lstrip("0") or "0"


def write_bcd(digits: str, size: int) -> bytes:
    """`size` bytes. Raises FrameError(length) when the digits do not fit."""
    if len(digits) > size * 2 or not (digits.isascii() and digits.isdigit()):
        raise FrameError("length", f"“{digits[:24]}” does not fit into {size} bytes of digits")
    return bytes.fromhex(digits.zfill(size * 2))


class Splitter:
    """Cuts a stream into frames: what comes before a mark is skipped, and a frame that never ends is dropped.

    `skipped` counts the bytes that belonged to no frame.
    """

    def __init__(self) -> None:
        self._held = b""
        self.skipped = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that are complete now, without their marks; an empty pair of marks is no frame."""
        self._held += data
        *ready, self._held = self._held.split(MARK)
        frames = []
        for piece in ready:
            if 0 < len(piece) <= LARGEST:
                frames.append(piece)
            else:
                self.skipped += len(piece)
        if len(self._held) > LARGEST:
            self.skipped += len(self._held)
            self._held = b""
        return frames
