"""A vehicle left open, in the way or a danger: found by an officer on shift, its owner told if he declared the plate.

He comes, or it is locked by him, or nobody answers; told again after ten minutes, twice at most. Closed before the
shift ends. The public sees nothing of it; the owner sees in his account who asked and why.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.core.problem import Problem
from shouwang.matters.kinds import Act, Kind, State, Step, Taking, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb
from shouwang.registry.models import VehicleAsk
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.registry.vehicles import ask_again

ENDS = ("came", "locked", "no_answer")
STATES = (
    State("found", _("Vehicle found"), Phase.NEW),
    State("contacted", _("Owner of the vehicle told"), Phase.WAITING),
    State("came", _("Owner came"), Phase.DONE),
    State("locked", _("Locked by the owner"), Phase.DONE),
    State("no_answer", _("No answer"), Phase.DONE),
)


class NobodyTold(Problem):
    code, status = "vehicle.nobody_told", 409
    says = _("Nobody declared this plate, so nobody was told. Wait, secure it, or close it as unanswered.")


def was_told(taking: Taking) -> None:
    """Raises NobodyTold"""
    if not VehicleAsk.objects.filter(matter=taking.matter.pk, vehicle__isnull=False).exists():
        raise NobodyTold


def tell_again(taking: Taking) -> None:
    ask_again(taking.matter.pk, by=taking.by, at=taking.at)


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put


STEPS = (
    Step("contact", _("Note that the owner was told"), ("found",), "contacted", Verb.MATTER_WORK, check=(was_told,)),
    Step("again", _("Tell the owner again"), ("contacted",), "contacted", Verb.MATTER_WORK, effects=(tell_again,)),
    Step("came", _("The owner came"), ("found", "contacted"), "came", Verb.MATTER_WORK, effects=(end_as("came"),)),
    Step("locked", _("Locked by the owner"), ("found", "contacted"), "locked", Verb.MATTER_WORK,
         effects=(end_as("locked"),)),
    Step("no_answer", _("Close it: no answer"), ("found", "contacted"), "no_answer", Verb.MATTER_WORK,
         effects=(end_as("no_answer"),)),
)  # fmt: skip

VEHICLE = register(
    Kind(
        name="vehicle",
        label=_("Vehicle owner"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("closed", _("Closed before the shift ends, until"), ("open",), ENDS, {None: Limit(8, Span.HOUR)}),
        ),
        subkinds={
            f"vehicle.{reason.value}": Subkind(f"vehicle.{reason.value}", reason.label, 4) for reason in VehicleReason
        },
        groups={"vehicle": _("Vehicle owner")},
        channels={"own_find": _("Found on rounds")},
        outcomes={
            "came": _("Owner came"),
            "locked": _("Locked by the owner"),
            "no_answer": _("No answer"),
        },
        facts={"declared": _("Plate declared")},
    )
)  # fmt: skip
