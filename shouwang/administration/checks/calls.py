"""Units that can be sent, and one call that was brought to its end."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.administration.lines import Line, State
from shouwang.duty.models import Unit
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import Phase

REHEARSAL = "/new 纠纷 演练：两人争吵，无人受伤"


def units(at: dt.datetime) -> list[Line]:
    """Set up by whoever leads the station; the list only says whether there are any."""
    title, n = _("Units"), Unit.objects.filter(active=True).count()
    if not n:
        says = _("None is set up. The station head does it: People and posts, Units.")
        return [Line("security_admin", title, State.LATER, says)]
    says = ngettext("{n} unit is set up.", "{n} units are set up.", n).format(n=n)
    return [Line("security_admin", title, State.DONE, says)]


def rehearsal(at: dt.datetime) -> list[Line]:
    title, mine = _("A rehearsal call"), "security_admin"
    if Matter.objects.filter(kind="incident", phase=Phase.DONE).exists():
        return [Line(mine, title, State.DONE, _("A call was taken and brought to its end."))]
    if Matter.objects.filter(kind="incident").exists():
        says = _("A call was taken; it is not closed yet.")
        return [Line(mine, title, State.OPEN, says)]
    says = _("None was taken yet. Let a dispatcher type this at the desk, save it and close it:")
    return [Line(mine, title, State.OPEN, says, command=REHEARSAL)]
