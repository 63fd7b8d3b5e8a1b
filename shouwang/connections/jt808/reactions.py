"""A radio of the ledger got another terminal number: whatever registered under that number is tied to it."""

from __future__ import annotations

from shouwang.connections.jt808.models import Terminal
from shouwang.duty.equipment.reporting import tie_terminal, untied_numbers
from shouwang.journal.reactions import EntryView, on


@on("equipment.kept")
def tie_what_registered(entry: EntryView) -> None:
    rows = Terminal.objects.filter(number__in=untied_numbers(), grant__isnull=False)
    for number, grant in rows.values_list("number", "grant"):
        tie_terminal(number, grant)
