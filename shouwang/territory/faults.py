"""Faults of a drawing in words, as its pages say them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.territory.tiling import Fault, Kind

FAULTS: dict[Kind, Promise] = {
    Kind.NOT_A_SHAPE: _("the border does not close, or crosses itself"),
    Kind.IN_PIECES: _("it lies in several pieces"),
    Kind.OUTSIDE: _("it reaches out of the area above it"),
    Kind.OVERLAP: _("they overlap"),
    Kind.GAP: _("this ground belongs to nobody"),
}


def fault_words(fault: Fault) -> tuple[Promise, str, Fault]:
    """What is wrong, with which areas."""
    return FAULTS[fault.kind], "、".join(fault.names), fault
