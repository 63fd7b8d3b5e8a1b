"""What may be done with a thing in which state, and where it stands afterwards. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from shouwang.duty.models import ItemState

STOCK, ISSUED, FAULT, REPAIR, LOST = (
    ItemState.STOCK, ItemState.ISSUED, ItemState.FAULT, ItemState.REPAIR, ItemState.LOST,
)  # fmt: skip


@dataclass(frozen=True)
class ItemAct:
    """`target` None: it stays where it is, with whoever has it. `asks_why`: words must be given."""

    label: Promise
    sources: frozenset[str]
    target: str | None
    asks_why: bool = False


ACTS: dict[str, ItemAct] = {
    "issue": ItemAct(pgettext_lazy("equipment", "Issue"), frozenset({STOCK}), ISSUED),
    "return": ItemAct(pgettext_lazy("equipment", "Take back"), frozenset({ISSUED}), STOCK),
    "fault": ItemAct(pgettext_lazy("equipment", "Note a fault"), frozenset({STOCK, ISSUED}), FAULT, asks_why=True),
    "repair": ItemAct(pgettext_lazy("equipment", "Send to repair"), frozenset({FAULT}), REPAIR),
    "repaired": ItemAct(pgettext_lazy("equipment", "Back from repair"), frozenset({FAULT, REPAIR}), STOCK),
    "lose": ItemAct(
        pgettext_lazy("equipment", "Note as lost"), frozenset({STOCK, ISSUED, FAULT, REPAIR}), LOST, asks_why=True
    ),
    "find": ItemAct(pgettext_lazy("equipment", "Found again"), frozenset({LOST}), STOCK),
    "battery": ItemAct(pgettext_lazy("equipment", "Battery test"), frozenset({STOCK, ISSUED}), None),
    "test": ItemAct(pgettext_lazy("equipment", "Tested, in order"), frozenset({STOCK, ISSUED}), None),
    "retire": ItemAct(
        pgettext_lazy("equipment", "Write off"), frozenset({STOCK, FAULT, REPAIR, LOST}), ItemState.RETIRED,
        asks_why=True,
    ),
}  # fmt: skip
TAKEN_IN, CORRECTED = "take_in", "correct"  # lines that `keeping` writes
LINE_LABELS: dict[str, Promise] = {name: act.label for name, act in ACTS.items()} | {
    TAKEN_IN: pgettext_lazy("equipment", "Taken in"),
    CORRECTED: pgettext_lazy("equipment", "Corrected"),
}


def open_to(state: str) -> dict[str, ItemAct]:
    """The acts for a thing in that state."""
    return {name: act for name, act in ACTS.items() if state in act.sources}
