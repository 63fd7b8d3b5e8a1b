"""Keys and codes."""

from __future__ import annotations

import os
import secrets
import threading
import time
from uuid import UUID

RECEIPT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: read aloud and copied from paper
RECEIPT_LENGTH = 8


class _Ticks:
    """Milliseconds and a 12-bit counter that never repeat and never run back in this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ms = 0
        self.counter = 0

    def next(self) -> tuple[int, int]:
        with self.lock:
            now_ms = time.time_ns() // 1_000_000
            self.counter += 1
            if now_ms > self.ms or self.counter > 0xFFF:
                self.ms, self.counter = max(now_ms, self.ms + 1), secrets.randbits(11)
            return self.ms, self.counter


_ticks = _Ticks()


def new_id() -> UUID:
    """A UUIDv7, strictly increasing within this process.

    Source  RFC 9562 section 5.7, with the 12-bit counter of section 6.2 method 1
    """
    ms, counter = _ticks.next()
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return UUID(int=(ms << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | tail)


def receipt_code() -> str:
    """Eight characters that can be read aloud: 32^8 possibilities."""
    drawn = int.from_bytes(os.urandom(RECEIPT_LENGTH))
    return "".join(RECEIPT_ALPHABET[drawn >> 8 * place & 31] for place in range(RECEIPT_LENGTH))
