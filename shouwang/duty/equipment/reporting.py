"""Which token a thing reports its position with: known once its terminal has registered at the door."""

from __future__ import annotations

from uuid import UUID

from shouwang.duty.models import Item


def tie_terminal(number: str, grant: UUID | None) -> None:
    """The thing with that terminal number reports with this token, or with none any more. Inside an act."""
    Item.objects.filter(terminal=number).update(grant=grant)


def untied_numbers() -> list[str]:
    """Terminal numbers in the ledger behind which no token is known."""
    return list(Item.objects.filter(grant__isnull=True).exclude(terminal="").values_list("terminal", flat=True))
