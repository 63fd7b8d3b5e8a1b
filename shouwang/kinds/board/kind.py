"""A posted board is out of date (GRD-07): opened by the system for the responsible post of the grid, within the hour.

Ended by printing and posting a new one; three working days, then it climbs. The public sees nothing of the task.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.matters.kinds import Kind, State, Step, Taking, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb
from shouwang.territory.boards import note_posted

STATES = (
    State("to_post", _("Board to be renewed"), Phase.NEW),
    State("posted", _("New board posted"), Phase.DONE),
)


def _posted(taking: Taking) -> None:
    note_posted(taking.matter.area, by=taking.by, at=taking.at)
    taking.matter.outcome = taking.noted["outcome"] = "posted"


STEPS = (
    Step("post", _("A new board was printed and posted"), ("to_post",), "posted", Verb.MATTER_CLOSE,
         effects=(_posted,), tells=("responsible",)),
)  # fmt: skip

BOARD = register(
    Kind(
        name="board",
        label=_("Board of a grid"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("posted", _("Renewed until"), ("open",), ("post",), {None: Limit(3, Span.WORKING_DAY, "GRD-07")}),
        ),
        subkinds={"board.out_of_date": Subkind("board.out_of_date", _("The board that hangs is out of date"), 4)},
        groups={"board": _("Board of a grid")},
        channels={"own_find": _("By the system or a colleague")},
        outcomes={"posted": _("New board posted")},
    )
)
