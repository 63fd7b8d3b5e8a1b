"""What acts on sheets are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.models import SheetKind
from shouwang.journal.sentences import say

_KINDS = dict(SheetKind.choices)

say("sheet.bring", _("{who} brought a sheet: {kind}"), kind=_KINDS)
say("sheet.check", _("{who} confirmed the columns of a sheet: {kind}"), kind=_KINDS)
say("sheet.look_over", _("A sheet was looked over ({kind}): {new} new, {known} there already, {faulty} to be mended"),
    kind=_KINDS)  # fmt: skip
say("sheet.ask_take", _("{who} had a sheet taken over: {kind}"), kind=_KINDS)
say("sheet.take_over", _("A sheet was taken over ({kind}): {new} new, {known} there already"), kind=_KINDS)
say("sheet.take_faults", _("{who} took the lines of a sheet that are to be mended: {n_lines}"))
say("sheet.ask_undo", _("{who} had a sheet undone: {kind}"), kind=_KINDS)
say("sheet.undo", _("A sheet was undone ({kind}): {undone} taken back, {left} left, since somebody worked on them"),
    kind=_KINDS)  # fmt: skip
say("sheet.drop", _("{who} dropped a sheet: {kind}"), kind=_KINDS)
say("sheet.stop", _("The work on a sheet stopped: {kind}"), kind=_KINDS)
