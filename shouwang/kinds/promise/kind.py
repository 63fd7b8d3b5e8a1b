"""A promise: opened when somebody was told that something will be done, or when a caller was not satisfied.

Worked by the responsible post, ended by keeping it or by saying openly why not, and the person is told either way.
Three working days, five if the station head extends it in time. The public sees nothing of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.kinds.promise import forms
from shouwang.matters.kinds import Kind, State, Step, Taking, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb

STATES = (
    State("made", _("Promised"), Phase.NEW),
    State("in_hand", _("Being done"), Phase.ACTIVE),
    State("kept", _("Promise kept"), Phase.DONE),
    State("broken", _("Promise not kept"), Phase.DONE),
)


def _end(taking: Taking) -> None:
    matter = taking.matter
    matter.outcome = taking.step.target or ""
    matter.facts["remark"] = taking.given.get("done") or taking.given["reason"]
    taking.noted["outcome"] = matter.outcome


STEPS = (
    Step("begin", _("Begin with the promise"), ("made",), "in_hand", Verb.MATTER_WORK),
    Step("keep", _("Mark the promise as kept"), ("made", "in_hand"), "kept", Verb.MATTER_CLOSE, form=forms.KeepForm,
         effects=(_end,), tells=("parties",)),
    Step("break", _("Say why the promise is not kept"), ("made", "in_hand"), "broken", Verb.MATTER_CLOSE,
         form=forms.BreakForm, effects=(_end,), tells=("parties", "responsible")),
)  # fmt: skip

PROMISE = register(
    Kind(
        name="promise",
        label=_("Promise"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(
            Deadline("promised", _("Promised until"), ("open",), ("keep", "break"),
                     {None: Limit(3, Span.WORKING_DAY, extendable_by=2, approver_role="station_head")}),
        ),
        subkinds={
            "promise.follow_up": Subkind("promise.follow_up", _("Follow-up of a bad answer"), 3),
            "promise.given": Subkind("promise.given", _("Something promised"), 3),
        },
        groups={"promise": _("Promise")},
        channels={"counter": _("Counter"), "phone": _("Telephone"), "own_find": _("By the system or a colleague")},
        outcomes={"kept": _("Promise kept"), "broken": _("Promise not kept")},
        facts={"remark": _("Remark"), "rating": _("Rating of the caller"), "why": _("Occasion")},
    )
)  # fmt: skip
