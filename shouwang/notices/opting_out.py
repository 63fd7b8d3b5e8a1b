"""“Stop” as an answer (MSG-01): whoever sends it is not written to any more, and takes it back with “start”."""

from __future__ import annotations

import datetime as dt

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.core.ids import new_id
from shouwang.core.keyring import keyed_hash
from shouwang.journal.record import record
from shouwang.notices.models import OptOut

STOP = frozenset({"T", "TD", "N", "退订", "停", "STOP"})
START = frozenset({"K", "恢复", "START"})


def number_hash(number: str) -> bytes:
    return keyed_hash(number, purpose="notices_optout.number_hash")


def take_reply(number: str, text: str, *, at: dt.datetime) -> bool:
    """Whether the answer was a wish about messages; it then holds from now on."""
    word = half_width(text).strip().upper().strip("。.!！")
    if word not in STOP | START:
        return False
    by = Actor.system()
    with acting(by):
        hashed = number_hash(number)
        if word in STOP:
            OptOut.objects.get_or_create(number_hash=hashed, defaults={"since": at})
        else:
            OptOut.objects.filter(number_hash=hashed).delete()
        record(
            "notice.opt_out" if word in STOP else "notice.opt_in", topic="notice.wish", subject=("wish", new_id()),
            by=by, at=at,
        )  # fmt: skip
    return True
