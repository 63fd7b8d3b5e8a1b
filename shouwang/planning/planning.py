"""Acts on plans: ask for one, move an atom by hand, make an alternative a draft of borders."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, reaches, require, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier
from shouwang.planning.figures import border_of, figures_of, going_on, graph_of
from shouwang.planning.models import Plan, PlanState
from shouwang.planning.presets import Limits, limits_from
from shouwang.planning.tasks import work_out
from shouwang.solvers.partition_graph import cost_of
from shouwang.territory.cuts import Cut
from shouwang.territory.drawing import Piece, draw_cut

HAND = "hand"
MOST_HOUSEHOLDS, MOST_GRIDS = 100_000, 60
LONGEST_REASON = 200


class NotACommunity(Problem):
    code, status = "planning.not_a_community", 422
    says = _("Grids are proposed for a community or village, not for {area}.")


class LimitsUnusable(Problem):
    code, status = "planning.limits_unusable", 422
    says = _("These limits contradict each other: the least is above the most, or nothing is left.")


class NotReady(Problem):
    code, status = "planning.not_ready", 409
    says = _("This plan is “{state}”; that does not apply now.")


class NoSuchChoice(Problem):
    code, status = "planning.no_such_choice", 422
    says = _("There is no such proposal, piece of ground or grid in this plan.")


class GridInPieces(Problem):
    code, status = "planning.grid_in_pieces", 422
    says = _("A grid of this proposal lies in several pieces. Move the ground between them too.")


class ReasonMissing(Problem):
    code, status = "planning.reason_missing", 422
    says = _("This proposal leaves the limits. Write down why; the reason stays with the borders.")


def visible_plans(by: Actor, at: dt.datetime) -> QuerySet[Plan]:
    return Plan.objects.filter(reaches(spans(by, Verb.AREA_READ, at), "area__")).select_related("area")


def visible_plan(key: UUID, by: Actor, at: dt.datetime) -> Plan:
    """Raises NotVisible."""
    found = visible_plans(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def ask_plan(area: Area, *, preset: str, limits: Limits, by: Actor, at: dt.datetime) -> Plan:
    """A plan that waits to be worked out by a job.

    Raises  NotAllowed, NotVisible, NotACommunity, LimitsUnusable
    """
    with acting(by):
        require(by, Verb.AREA_DRAW, area, at)
        if area.tier != Tier.COMMUNITY:
            raise NotACommunity(area=area.name)
        sane = 0 <= limits.lower <= limits.upper <= MOST_HOUSEHOLDS and 1 <= limits.fewest <= limits.most <= MOST_GRIDS
        if not sane or limits.upper == 0:
            raise LimitsUnusable
        plan = Plan.objects.create(
            area=area, preset=preset, limits=limits.as_json(), asked_by=by.person_id, asked_at=at
        )
        work_out.defer(plan=str(plan.pk))
        record("plan.ask", topic="plan.asked", subject=plan, area=area, by=by, at=at, **limits.as_json())
    return plan


def move(plan: Plan, alternative: int, atom: int, grid: int, *, by: Actor, at: dt.datetime) -> int:
    """Put an atom into another grid; the number of the alternative that now has it. Proposals stay as they were made:
    what is moved by hand becomes one of its own.

    Raises  NotAllowed, NotVisible, NotReady, NoSuchChoice
    """
    with acting(by):
        plan = _locked(plan, by, at)
        chosen = _alternative(plan, alternative)
        assignment = list(chosen["assignment"])
        if not 0 <= atom < len(assignment) or not 0 <= grid <= max(assignment) + 1:
            raise NoSuchChoice
        assignment[atom] = grid
        if set(assignment) != set(range(max(assignment) + 1)):
            raise NoSuchChoice
        moved = {**chosen, "kind": HAND, "assignment": assignment, "bound": 0}
        moved["cost"] = cost_of(graph_of(plan.ground), assignment)
        hand = [n for n, one in enumerate(plan.alternatives) if one["kind"] == HAND]
        if hand:
            plan.alternatives[hand[0]] = moved
        else:
            plan.alternatives.append(moved)
        plan.save(update_fields=["alternatives"])
        record("plan.move", topic="plan.moved", subject=plan, area=plan.area, by=by, at=at,
               households=plan.ground["atoms"][atom]["households"])  # fmt: skip
    return hand[0] if hand else len(plan.alternatives) - 1


def draw(plan: Plan, alternative: int, *, reason: str, by: Actor, at: dt.datetime) -> Cut:
    """Make an alternative a draft of borders; grids that go on keep their area. The draft goes its own way from there.

    Raises  NotAllowed, NotVisible, NotReady, NoSuchChoice, GridInPieces, ReasonMissing
    """
    with acting(by):
        plan = _locked(plan, by, at)
        assignment = _alternative(plan, alternative)["assignment"]
        pieces = plan.ground["atoms"]
        figures = figures_of(pieces, graph_of(plan.ground), assignment, limits_from(plan.limits))
        if not figures.whole:
            raise GridInPieces
        why = " ".join(reason.split())[:LONGEST_REASON]
        if figures.faults and not why:
            raise ReasonMissing(field="reason")
        areas = {area.code: area for area in Area.objects.filter(code__in=going_on(pieces, assignment))}
        drawn = [
            Piece(
                border_of([piece for piece, where in zip(pieces, assignment, strict=True) if where == number]),
                areas.get(grid.code), grid.households,
            )
            for number, grid in enumerate(figures.grids)
        ]  # fmt: skip
        cut = draw_cut({plan.area: drawn}, by=by, at=at)
        plan.state, plan.chosen, plan.reason, plan.cut = PlanState.DRAWN, alternative, why, cut.key
        plan.save(update_fields=["state", "chosen", "reason", "cut"])
        record("plan.draw", topic="plan.drawn", subject=plan, area=plan.area, by=by, at=at, cut=cut.key,
               grids=len(drawn))  # fmt: skip
    return cut


def _locked(plan: Plan, by: Actor, at: dt.datetime) -> Plan:
    locked = Plan.objects.select_for_update(of=("self",)).select_related("area").get(pk=plan.pk)
    require(by, Verb.AREA_DRAW, locked.area, at)
    if locked.state != PlanState.READY:
        raise NotReady(state=locked.get_state_display())
    return locked


def _alternative(plan: Plan, number: int) -> dict[str, list[int]]:
    if not 0 <= number < len(plan.alternatives):
        raise NoSuchChoice
    found: dict[str, list[int]] = plan.alternatives[number]
    return found
