"""The check list: each line's state is read from the town itself, whenever somebody looks. Nothing is ticked off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shouwang.administration.checks import calls, ground, keeping, messages, staff
from shouwang.administration.lines import Line, Words


@dataclass(frozen=True)
class Section:
    title: Words
    lines: list[Line]


def check_list(at: dt.datetime) -> list[Section]:
    """Every line, from the ground up to the first call."""
    return [
        Section(_("People and ground"), [*staff.seats(at), *ground.lines(at)]),
        Section(_("Colleagues and units"), [*staff.lines(at), *calls.units(at)]),
        Section(_("Messages"), messages.lines(at)),
        Section(_("Keeping what is kept"), keeping.lines(at)),
        Section(_("The first call"), calls.rehearsal(at)),
    ]
