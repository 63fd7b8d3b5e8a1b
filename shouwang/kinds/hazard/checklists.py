"""What is looked at in which kind of premises, and which hazard each lack is."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """One line of a list; `leads_to` is the sort of hazard when it is lacking."""

    label: Promise
    leads_to: str


@dataclass(frozen=True)
class Checklist:
    """`by_two`: two inspectors, one of them sworn, as a supervisory visit needs.

    basis  the rule by which everybody may read the result (INS-01); without one it is not published
    """

    label: Promise
    items: dict[str, Item] = field(default_factory=dict)
    by_two: bool = False
    basis: Promise | None = None


CHECKLISTS = {
    "fire": Checklist(
        _("Fire safety"),
        {
            "escape": Item(_("Escape ways free and open"), "fire.exit_blocked"),
            "extinguisher": Item(_("Extinguishers good, date not over"), "fire.extinguisher"),
            "equipment": Item(_("Alarms, hydrants, escape lights work"), "fire.equipment"),
            "wiring": Item(_("Wires fixed, nothing charged overnight"), "fire.wiring"),
            "charging": Item(_("No electric bicycle inside"), "fire.charging"),
            "gas": Item(_("Gas hose and valve tight"), "building.gas"),
        },
    ),
    "building": Checklist(
        _("Building and letting"),
        {
            "structure": Item(_("Nothing may fall from walls and signs"), "building.structure"),
            "lift": Item(_("Lift inspected, date not over"), "building.lift"),
            "letting": Item(_("Rooms not partitioned for letting"), "building.group_letting"),
            "gate": Item(_("Gate and doors lock"), "order.unlocked"),
        },
    ),
    "guard_company": Checklist(
        _("Guard or escort company (supervisory visit)"),
        {
            "licence": Item(_("Licence and scope are valid"), "order.key_unit"),
            "staff": Item(_("Guards are certified and trained this year"), "order.key_unit"),
            "vehicles": Item(_("Escort vehicles are inspected and locked"), "order.key_unit"),
            "store": Item(_("Store: two keys, register complete"), "order.key_unit"),
            "plan": Item(_("Emergency plan was practised"), "order.key_unit"),
        },
        by_two=True,
        basis=_("Business-Environment Regulation, article 54: what was inspected and what came of it is published."),
    ),
}
