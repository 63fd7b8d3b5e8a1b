"""Checks and effects of the steps of a joint task: the office that leads begins and ends it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.joint_task.models import JointMember
from shouwang.matters.kinds import Taking


class NobodyJoined(Problem):
    code, status = "joint_task.nobody_joined", 409
    says = _("No other office has said yet that it takes part.")


def others_joined(taking: Taking) -> None:
    """Raises NobodyJoined"""
    rows = JointMember.objects.filter(matter=taking.matter, lead=False, joined_at__isnull=False, left_at__isnull=True)
    if not rows.exists():
        raise NobodyJoined


def end_as_given(taking: Taking) -> None:
    taking.matter.outcome = taking.noted["outcome"] = taking.given["ended_as"]


def end_as_withdrawn(taking: Taking) -> None:
    taking.matter.outcome = taking.noted["outcome"] = "withdrawn"
