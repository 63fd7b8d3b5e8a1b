"""An address check: opened at the desk when words fit no standard address, worked on foot by whoever answers there.

Ended by saying which address it is, or that there is none. Five working days. The public sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.address_check import forms
from shouwang.matters.kinds import Kind, State, Step, Taking, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb

STATES = (
    State("to_check", _("To be looked at"), Phase.NEW),
    State("found", _("Address found"), Phase.DONE),
    State("not_there", _("No such address"), Phase.DONE),
)


def _end(taking: Taking) -> None:
    matter = taking.matter
    matter.outcome = taking.step.target or ""
    matter.facts["seen"] = taking.given.get("found") or taking.given["seen"]
    taking.noted["outcome"] = matter.outcome


STEPS = (
    Step("confirm", _("Say which address it is"), ("to_check",), "found", Verb.MATTER_CLOSE, form=forms.FoundForm,
         effects=(_end,), tells=("responsible",)),
    Step("deny", _("Say that there is no such address"), ("to_check",), "not_there", Verb.MATTER_CLOSE,
         form=forms.NotThereForm, effects=(_end,), tells=("responsible",)),
)  # fmt: skip

ADDRESS_CHECK = register(
    Kind(
        name="address_check",
        label=_("Address check"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("looked_at", _("Look on the spot until"), ("open",), ("confirm", "deny"),
                     {None: Limit(5, Span.WORKING_DAY)}),
        ),
        subkinds={"address_check.not_found": Subkind("address_check.not_found", _("Address not found"), 4)},
        groups={"address_check": _("Address check")},
        channels={"own_find": _("By the system or a colleague")},
        outcomes={"found": _("Address found"), "not_there": _("No such address")},
        facts={"seen": _("What was seen"), "said": _("As it was said")},
    )
)  # fmt: skip
