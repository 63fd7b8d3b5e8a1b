"""Backups, the journal's seal, and the worker that does what was promised for later."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.administration.backups import last_backup, last_drill
from shouwang.administration.lines import Line, State
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.journal.models import Entry, Head

MINE = "system_admin"
OLD = dt.timedelta(days=2)
DRILL_EVERY = dt.timedelta(days=92)
SEALED_WITHIN = dt.timedelta(minutes=5)
QUIET_S = 60  # a worker that has not beaten for so long is counted as gone


def lines(at: dt.datetime) -> list[Line]:
    return [_backup(at), _drill(at), _journal(at), _jobs()]


def _backup(at: dt.datetime) -> Line:
    command, title = "bin/shouwang backup /OTHER-DISK/town.tar", _("Backup")
    made = last_backup()
    if made is None:
        says = _("None was ever made. Let the machine make one every night, on another disk:")
        return Line(MINE, title, State.OPEN, says, command=command)
    hours = int((at - made).total_seconds() // 3600)
    says = ngettext("The last is {n} hour old.", "The last is {n} hours old.", hours).format(n=hours)
    return Line(MINE, title, State.DONE if at - made < OLD else State.OPEN, says, command=command)


def _drill(at: dt.datetime) -> Line:
    command, title = "bin/shouwang drill /OTHER-DISK/town.tar", _("A backup that was tried")
    tried = last_drill()
    if tried is None:
        says = _("No backup was ever put back for a try. It is done beside the town and changes nothing:")
        return Line(MINE, title, State.LATER, says, command=command)
    says = _("Put back beside the town on {day}: rows, files and journal were whole.").format(day=local_date(tried))
    return Line(MINE, title, State.DONE if at - tried < DRILL_EVERY else State.LATER, says, command=command)


def _journal(at: dt.datetime) -> Line:
    """Sealed: the oldest entry that no signed head covers is young."""
    title, mine = _("The journal is sealed"), "audit_admin"
    head = Head.objects.order_by("-size").first()
    if head is None:
        return Line(mine, title, State.OPEN, _("Nothing is signed yet. Is the sealing process running?"))
    waiting = Entry.objects.filter(pk__gt=_first_id_of(head.at - SEALED_WITHIN), leaf__isnull=True)
    unsealed = waiting.order_by("pk").first()
    if unsealed is not None and at - unsealed.received_at > SEALED_WITHIN:
        says = _("Entries have been waiting for a signature since {time}. Is the sealing process running?")
        since = unsealed.received_at.astimezone(SHANGHAI)
        return Line(mine, title, State.OPEN, says.format(time=f"{since:%Y-%m-%d %H:%M}"))
    says = _("{size} entries under one signed head.").format(size=head.size)
    return Line(mine, title, State.DONE, says, command="bin/shouwang verify-journal")


def _first_id_of(at: dt.datetime) -> UUID:
    """The smallest key that can have been made at that instant: keys begin with the time (UUIDv7)."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def _jobs() -> Line:
    title = _("Work for later")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [QUIET_S],
        )
        alive = bool(cursor.fetchone()[0])
    if alive:
        return Line(MINE, title, State.DONE, _("The worker runs: notices, clocks and deletions are on time."))
    return Line(MINE, title, State.OPEN, _("The worker is stopped: notices and clocks wait. See var/log/shouwang.log."))
