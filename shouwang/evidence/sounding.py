"""The copy of a recording: its sound alone. Titles, places, dates and device names in the container are blanked.

Sound is not encoded anew (that takes a codec library of many megabytes); what is written here is every byte of the
container that could tell something, replaced by padding that players skip.
Sources  RFC 7845 (Ogg Opus), RFC 3533 (Ogg), RFC 8794 and 9559 (Matroska), ISO 14496-12 (MP4), RIFF WAVE
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from shouwang.evidence.picturing import Unreadable

KEPT_CHUNKS = (b"fmt ", b"data", b"fact")
BLANKED_BOXES = (b"udta", b"meta", b"uuid", b"free", b"skip")
OPENED_BOXES = (b"moov", b"trak", b"mdia", b"moof", b"traf")
DATED_BOXES = (b"mvhd", b"tkhd", b"mdhd")
SEGMENT, CLUSTER, INFO, VOID = 0x18538067, 0x1F43B675, 0x1549A966, 0xEC
BLANKED_ELEMENTS = (0x1254C367, 0x1941A469, 0x1043A770)  # tags, attachments, chapters
BLANKED_INFO = (0x4461, 0x7BA9, 0x7384, 0x73A4)  # date, title, file name, identifier
EMPTY_TAGS = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)


def sound_alone(data: bytes, content_type: str) -> bytes:
    """Raises  Unreadable"""
    strip = {"audio/wav": _wav, "audio/mp4": _mp4, "audio/webm": _webm, "audio/ogg": _ogg}[content_type]
    try:
        return strip(data)
    except (struct.error, IndexError, ValueError) as fault:
        raise Unreadable from fault


def _wav(data: bytes) -> bytes:
    chunks, at = [], 12
    while at + 8 <= len(data):
        size = min(struct.unpack_from("<I", data, at + 4)[0], len(data) - at - 8)
        if data[at : at + 4] in KEPT_CHUNKS:
            body = data[at + 8 : at + 8 + size]
            chunks.append(data[at : at + 4] + struct.pack("<I", size) + body + b"\0" * (size % 2))
        at += 8 + size + size % 2
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _mp4(data: bytes) -> bytes:
    out = bytearray(data)
    _blank_boxes(out, 0, len(out))
    return bytes(out)


def _blank_boxes(out: bytearray, at: int, end: int) -> None:
    while at + 8 <= end:
        size, name, head = struct.unpack_from(">I", out, at)[0], bytes(out[at + 4 : at + 8]), 8
        if size == 1:
            size, head = struct.unpack_from(">Q", out, at + 8)[0], 16
        size = size or end - at
        if size < head or at + size > end:
            raise ValueError("a box reaches beyond its parent")
        if name in BLANKED_BOXES:
            out[at + 4 : at + 8] = b"free"
            out[at + head : at + size] = bytes(size - head)
        elif name in DATED_BOXES:  # version and flags stay; creation and modification time follow
            width = 16 if out[at + head] == 1 else 8
            out[at + head + 4 : at + head + 4 + width] = bytes(width)
        elif name in OPENED_BOXES:
            _blank_boxes(out, at + head, at + size)
        at += size


def _webm(data: bytes) -> bytes:
    out = bytearray(data)
    for element, start, body, end in _elements(out, 0, len(out)):
        if element == SEGMENT:
            _blank_elements(out, body, end)
        elif element in BLANKED_ELEMENTS:
            _void(out, start, end)
    return bytes(out)


def _blank_elements(out: bytearray, at: int, end: int) -> None:
    for element, start, body, stop in _elements(out, at, end):
        if element in BLANKED_ELEMENTS:
            _void(out, start, stop)
        elif element == INFO:
            for inner, inner_start, _, inner_stop in _elements(out, body, stop):
                if inner in BLANKED_INFO:
                    _void(out, inner_start, inner_stop)


def _elements(data: bytearray, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """(id, start, body, end) one after the other; an element of unknown size is entered, its children follow."""
    while at < end:
        start = at
        id_length = 9 - data[at].bit_length()
        element = int.from_bytes(data[at : at + id_length])
        at += id_length
        size_length = 9 - data[at].bit_length()
        raw = int.from_bytes(data[at : at + size_length])
        ones = (1 << 7 * size_length) - 1
        size, body = raw & ones, at + size_length
        if size == ones and element in (SEGMENT, CLUSTER):  # a live recording does not know how long it will be
            yield element, start, body, end
            at = end if element == SEGMENT else body
            continue
        if size == ones or id_length > 4 or size_length > 8 or body + size > end:
            raise ValueError("an element reaches beyond its parent")
        yield element, start, body, body + size
        at = body + size


def _void(out: bytearray, start: int, end: int) -> None:
    """An element of the same length that says nothing."""
    length = end - start
    if length < 10:  # one byte of id, one of size
        out[start:end] = bytes([VOID, 0x80 | (length - 2)]) + bytes(length - 2)
    else:  # one byte of id, eight of size
        out[start:end] = bytes([VOID]) + ((1 << 56) | (length - 9)).to_bytes(8) + bytes(length - 9)


def _ogg(data: bytes) -> bytes:
    pages = list(_pages(data))
    if len(pages) < 3 or not pages[0][1].startswith(b"OpusHead") or not pages[1][1].startswith(b"OpusTags"):
        raise ValueError("not one stream of Opus")
    after = 2
    while after < len(pages) and pages[after][0][5] & 1:  # the tags went on over further pages
        after += 1
    head = bytearray(pages[1][0][:26]) + bytes([1, len(EMPTY_TAGS)])
    out = [_page(pages[0][0], pages[0][1], 0), _page(head, EMPTY_TAGS, 1)]
    out += [_page(header, body, number) for number, (header, body) in enumerate(pages[after:], start=2)]
    return b"".join(out)


def _pages(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise ValueError("a page does not begin where it should")
        lengths = data[at + 27 : at + 27 + data[at + 26]]
        body = at + 27 + len(lengths)
        yield data[at:body], data[body : body + sum(lengths)]
        at = body + sum(lengths)


def _page(header: bytes | bytearray, body: bytes, number: int) -> bytes:
    page = bytearray(header) + body
    page[18:22] = struct.pack("<I", number)
    page[22:26] = bytes(4)
    page[22:26] = struct.pack("<I", _ogg_checksum(page))
    return bytes(page)


def _checksum_table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return table


_TABLE = _checksum_table()


def _ogg_checksum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[(value >> 24) ^ byte]
    return value
