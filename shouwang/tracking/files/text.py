"""The bytes of a file as text, whatever an editor or a logger made of them, without ever failing.

Only numbers and times are taken from it, and those are ASCII in every encoding; names that come out wrong are not read.
"""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"$\0", "utf-16-le"),
    (b"\0$", "utf-16-be"),
)
DECLARED = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,20})", re.IGNORECASE)
CHINESE = ("gb2312", "gbk", "gb18030", "big5")


def as_text(data: bytes) -> str:
    """The text without its byte order mark; what cannot be read is replaced."""
    name = next((name for mark, name in MARKS if data.startswith(mark)), None) or _declared(data)
    return data.decode(name, errors="replace").removeprefix("\ufeff")


def _declared(data: bytes) -> str:
    found = DECLARED.search(data[:200])
    name = found[1].decode().lower() if found else "utf-8"
    return name if name in CHINESE else "utf-8"
