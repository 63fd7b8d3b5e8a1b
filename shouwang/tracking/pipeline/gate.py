"""Step: is the unit on shift? What comes from off shift is dropped here and stored nowhere (S-CMD-005). Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.tracking.pipeline.passing import Passing


class UnitOffDuty(Problem):
    code, status = "ingest.off_duty", 409
    says = _("The unit is not on duty, so its position was not kept. Sign on first.")


class BeforeShift(Problem):
    code, status = "ingest.before_shift", 409
    says = _("This position is from before the shift began, so it was not kept.")


def gate(passing: Passing) -> Passing:
    """Raises UnitOffDuty, BeforeShift."""
    if passing.known.shift is None or passing.known.shift_start is None:
        raise UnitOffDuty
    if passing.time < passing.known.shift_start:
        raise BeforeShift(field="timestamp")
    return passing
