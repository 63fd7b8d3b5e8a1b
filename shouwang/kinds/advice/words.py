"""What is advised: topics, what a slip says on each, and what an owner checks himself before an inspection."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"slip": _("Advice slip"), "briefing": _("Briefing of whoever runs a place")}
SORTS = (
    Subkind("slip.camera", _("Camera at one's own door"), 4, ("监控", "摄像头")),
    Subkind("slip.door", _("Doors and locks"), 4, ("门锁",)),
    Subkind("slip.fraud", _("Fraud by telephone and online"), 4, ("诈骗",)),
    Subkind("slip.fire", _("Fire at home"), 4, ("用火", "用电")),
    Subkind("slip.bicycle", _("Charging electric bicycles"), 4, ("电动车",)),
    Subkind("briefing.premises", _("Safety check of premises"), 3),
)
SUBKINDS = {sort.name: sort for sort in SORTS}

CHANNELS: dict[str, Promise] = {"own_find": _("On the spot"), "counter": _("Counter")}

SAYS: dict[str, tuple[Promise, ...]] = {  # what is printed on the slip
    "slip.camera": (
        _("Let it see your own door and nothing else: no neighbour’s door, no window, no stairs that all use."),
        _("Put up a sign that it films. Nobody may be listened to."),
        _("Keep what it took to yourself. Show it to nobody but who is in danger by it, and never put it online."),
        _("Ask the neighbours first. Who feels watched may ask you to turn it, and may go to court."),
    ),
    "slip.door": (
        _("Lock the door when you go, even for a minute. Change the lock when a key is lost."),
        _("Tell the property manager when the gate of the stairs does not close."),
    ),
    "slip.fraud": (
        _("No office asks for money, a code or a transfer by telephone. Put the phone down and call 96110."),
        _("Nothing is earned by clicking and liking. Who pays first never sees it again."),
    ),
    "slip.fire": (
        _("Keep the stairs free. Know where the extinguisher is and until when it is good."),
        _("Turn off gas and irons when you go. One socket, one strong device."),
    ),
    "slip.bicycle": (
        _("Charge outside, never on the stairs or indoors, and not through the night."),
        _("Use the battery and charger that came with it. A swollen battery goes back to the shop."),
    ),
    "briefing.premises": (
        _("Escape ways are free and open while anybody is inside."),
        _("Extinguishers are in their place, the pressure in the green, the date not over."),
        _("Nobody sleeps where goods are stored."),
        _("Wires are fixed, nothing is charged overnight."),
        _("Whoever works here can call 119 and use an extinguisher."),
    ),
}
CHECKS: dict[str, Promise] = {  # the owner fills this before the inspection
    "escape": _("Escape ways free and open"),
    "extinguisher": _("Extinguishers good, date not over"),
    "wiring": _("Wires fixed, nothing charged overnight"),
    "gas": _("Gas hose and valve tight"),
    "nobody_sleeps": _("Nobody sleeps among goods"),
    "staff_trained": _("Staff can call 119 and use an extinguisher"),
}
OUTCOMES: dict[str, Promise] = {
    "acknowledged": _("Read and understood"),
    "followed": _("Advice was followed"),
    "left": _("Left with the person"),
}
FACTS: dict[str, Promise] = {
    "acknowledged_by": _("Acknowledged by (the shop or unit, no name)"),
    "checked": _("Checked by the owner"),
    "in_order": _("In order, the owner says"),
    "found": _("What was found later"),
}
