"""One matter as the desk shows it: header, stamps, candidates, likely twins, what happened. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from shouwang.core.actor import Actor
from shouwang.desk.board import Row, label_of, row_of
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.matters.models import Matter
from shouwang.matters.steps import OpenStep, steps_open_to


@dataclass(frozen=True)
class Panel:
    matter: Matter
    row: Row
    kind: str
    assignments: list[Assignment]
    steps: list[OpenStep]
    parties: list[Any]

    @property
    def live(self) -> list[Assignment]:
        return [crew for crew in self.assignments if crew.state not in ENDED_STATES]


def panel_of(matter: Matter, by: Actor, at: dt.datetime) -> Panel:
    assignments = list(Assignment.objects.filter(matter=matter).select_related("unit").order_by("sent_at"))
    live = [crew for crew in assignments if crew.state not in ENDED_STATES]
    return Panel(
        matter=matter,
        row=row_of(matter, live, at),
        kind=label_of(matter),
        assignments=assignments,
        steps=steps_open_to(matter, by, at),
        parties=list(matter.parties.all()),
    )
