"""Rules a finding may rest on: a closed list of duties of posts, by the ids of the rules."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: dict[str, Promise] = {
    "CAL-12": _("Time limits: extended before they end, explained after"),
    "CFS-01": _("Every step of a call is stamped, and amended only by adding"),
    "CFS-03": _("A crew signs at once and feeds back"),
    "CFS-04": _("Arrival in the set time; the desk is told of what blocks the way"),
    "CFS-06": _("A report is accepted at once, or passed on in time and explained"),
    "CFS-08": _("Two sworn officers, or a recording throughout"),
    "GRD-11": _("One responsible person at any instant"),
    "GRD-13": _("What one cannot settle goes to whoever can, promptly"),
    "GRD-14": _("The whole handling is on record"),
    "SEC-03": _("Identities are looked at only as far as the matter needs"),
}
