"""Working out a plan: the ground is read, the division is looked for in a process of its own, the result is kept."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.planning.atoms import atoms_of
from shouwang.planning.keeping import kept
from shouwang.planning.models import Plan, PlanState
from shouwang.planning.presets import Limits, limits_from
from shouwang.planning.proposing import SECONDS, Proposal, Task, propose
from shouwang.planning.reading import read_ground
from shouwang.solvers.partition import CannotDivide

Propose = Callable[[Task, Limits], Proposal]


def in_own_process(task: Task, limits: Limits, seconds: float = SECONDS) -> Proposal:
    """Why a process: the search would keep the clocks of the other jobs waiting."""
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (15,)) as pool:  # whoever waits at a desk goes first
        return pool.submit(propose, task, limits, seconds=seconds).result()


def work_out(key: UUID, *, at: dt.datetime, proposing: Propose = in_own_process) -> None:
    """Fill in a plan that waits; one that is worked out already stays as it is."""
    plan = Plan.objects.select_related("area").filter(pk=key).first()
    if plan is None or plan.state not in (PlanState.WAITING, PlanState.WORKING):
        return
    limits = limits_from(plan.limits)
    _say(plan, "ground")
    try:
        ground, flat = read_ground(plan.area, at)
        plan.ground = kept(atoms_of(ground, limits), ground, flat)
        _say(plan, "dividing")
        proposal = proposing(task_of(plan.ground), limits)
    except (Problem, CannotDivide) as problem:
        plan.state, plan.problem = PlanState.FAILED, str(getattr(problem, "message", problem))[:300]
    else:
        plan.state = PlanState.READY
        plan.alternatives = [vars(one) for one in proposal.alternatives]
        if proposal.relaxed is not None:
            changed = list(proposal.relaxed.changed)
            plan.relaxed = {"limits": proposal.relaxed.limits.as_json(), "changed": changed}
    plan.progress, plan.ready_at = "", at
    by = Actor.system()
    with acting(by):
        plan.save()
        record("plan.work_out", topic="plan.worked_out", subject=plan, area=plan.area, by=by, at=at,
               alternatives=len(plan.alternatives))  # fmt: skip


def task_of(kept_ground: dict[str, Any]) -> Task:
    atoms = kept_ground["atoms"]
    codes = sorted({atom["today"] for atom in atoms if atom["today"]})
    return Task(
        [atom["households"] for atom in atoms],
        [(a, b) for a, b in kept_ground["edges"]],
        kept_ground["costs"],
        [codes.index(atom["today"]) if atom["today"] else None for atom in atoms],
    )


def _say(plan: Plan, progress: str) -> None:
    plan.state, plan.progress = PlanState.WORKING, progress
    with acting(Actor.system()):
        plan.save(update_fields=["state", "progress"])
