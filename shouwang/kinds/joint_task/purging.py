"""What members wrote goes with the words of the task: two years after its end."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from shouwang.core.retention import purge
from shouwang.kinds.joint_task.models import JointNote


def over(before: dt.datetime) -> QuerySet[JointNote]:
    return JointNote.objects.filter(matter__closed_at__lt=before)


purge("ticket", "joint_task.JointNote", overdue=over)
