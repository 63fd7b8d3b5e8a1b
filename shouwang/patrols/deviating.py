"""Places left out on a patrol: whoever orders it takes note of each, with the reason that was given."""

from __future__ import annotations

import datetime as dt

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.patrols.models import Mark, Sort
from shouwang.patrols.moving import StepNotOpen
from shouwang.patrols.ordering import hold
from shouwang.patrols.signs import SignUnknown
from shouwang.patrols.walking import told
from shouwang.people.access import NotAllowed
from shouwang.people.verbs import Verb


def take_note(mark: Mark, *, by: Actor, at: dt.datetime) -> Mark:
    """Never of his own. Raises NotAllowed, NotVisible, StepNotOpen where it was known already"""
    with acting(by):
        order = hold(mark.slot.leg.order, None, Verb.PATROL_ORDER, by, at)
        row = Mark.objects.select_for_update(of=("self",)).select_related("slot", "point").get(pk=mark.pk)
        if row.sort != Sort.SKIPPED or row.point is None:
            raise SignUnknown
        if row.slot.person_id == by.person_id:
            raise NotAllowed
        if row.known_at is not None:
            raise StepNotOpen(state=row.get_sort_display())
        row.known_at, row.known_by = at, by.person_id
        row.save(update_fields=["known_at", "known_by"])
        told(order, "patrol.know", by, at, whom=row.slot.whom, point=row.point.label)
    return row
