"""Short messages and mail: set up, and tried."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from shouwang.administration.lines import Line, State
from shouwang.core.clock import local_date
from shouwang.journal.models import Particulars
from shouwang.notices.channels import is_open
from shouwang.notices.models import Channel
from shouwang.notices.rehearsing import REHEARSALS

MINE = "system_admin"
LOOKED_AT = 50  # tests; older ones say little
SETTINGS = {Channel.SMS: "SHOUWANG_SMS_URL, SHOUWANG_SMS_SECRET", Channel.MAIL: "SHOUWANG_MAIL_URL, SHOUWANG_MAIL_FROM"}


def lines(at: dt.datetime) -> list[Line]:
    titles = {Channel.SMS: _("Short messages"), Channel.MAIL: _("Mail")}
    return [_line(channel, title) for channel, title in titles.items()]


def _line(channel: Channel, title: str) -> Line:
    if not is_open(channel):
        return Line(MINE, title, State.LATER, _("Not set up: nothing is sent. Set, and start anew:"),
                    command=SETTINGS[channel])  # fmt: skip
    tried = last_try(channel)

    def line(state: State, says: str) -> Line:
        return Line(MINE, title, state, says, "administration:messages", _("Send a test"))

    if tried is None:
        return line(State.OPEN, _("Set up, and never tried."))
    day, taken = tried
    if not taken:
        return line(State.OPEN, _("The last test, {day}, was not taken.").format(day=day))
    return line(State.DONE, _("The last test, {day}, was taken by the other side.").format(day=day))


def last_try(channel: Channel) -> tuple[dt.date, bool] | None:
    """The day of the newest test of this way of sending, and whether the other side took it."""
    told = Particulars.objects.filter(entry__subject=REHEARSALS, entry__verb="notice.rehearsal_end")
    for row in told.select_related("entry").order_by("-entry")[:LOOKED_AT]:
        if row.values.get("by_way") == channel.value:
            return local_date(row.entry.at), row.values.get("answer") == "taken"
    return None
