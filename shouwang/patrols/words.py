"""What each party may do, what a security worker may be asked, and when places of each kind want a patrol."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.patrols.models.kinds import Branch, Party

POWERS: dict[str, Promise] = {
    Party.PARTY: _("Go along, advise and report to the lead. No check of identity, no enforcement."),
    Party.GOVERNMENT: _("Lead their shift and care for order. No check of identity, no enforcement."),
    Party.POLICE: _("Sworn officers alone check identity and enforce; auxiliaries help beside one, never alone."),
    Party.GUARDS: _("Watch and keep order on their ground. No look-ups, no check of identity; tell the lead."),
    Party.PEOPLE: _("Walk in pairs, advise, tell the lead. They are given the place and the time, nothing more."),
}
TASKS: dict[str, Promise] = {
    "walk": _("Walk the beat"), "gate": _("Stand at a gate"), "fire": _("Look after fire points"),
    "traffic": _("Help people across"), "leaflet": _("Hand out advice"), "report": _("Report to the lead"),
}  # fmt: skip
POLICE_BRANCHES = frozenset({Branch.STATION, Branch.SPECIAL, Branch.TRAFFIC, Branch.CRIMINAL})


@dataclass(frozen=True)
class PlaceWindow:
    """A kind of place and its usual evening hours (S-PAT-011)."""

    label: Promise
    begins: dt.time
    ends: dt.time


PLACE_WINDOWS: dict[str, PlaceWindow] = {
    "road": PlaceWindow(_("Main road"), dt.time(19, 0), dt.time(22, 0)),
    "shops": PlaceWindow(_("Shops and squares"), dt.time(18, 30), dt.time(22, 30)),
    "crowd": PlaceWindow(_("Where many people are"), dt.time(19, 0), dt.time(23, 0)),
    "hub": PlaceWindow(_("Station square"), dt.time(17, 30), dt.time(23, 30)),
    "estate": PlaceWindow(_("Old estate"), dt.time(20, 0), dt.time(23, 0)),
}
