"""A request about one's own record: filed in the portal by an account that was joined to its resident.

Worked by the responsible post of the ground, who opens the request, and ended by doing it, by deleting, or by a
reasoned no with its remedy. Fifteen working days. The public sees nothing of it; the person reads the answer.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.kinds.own_request import effects, forms
from shouwang.matters.kinds import Kind, State, Step, register
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb
from shouwang.registry.lists import RequestKind
from shouwang.registry.requests import ANSWER

TO_ANSWER = ("asked", "looked_into")
ENDS = ("fulfil", "delete", "refuse")

STATES = (
    State("asked", _("Asked for"), Phase.NEW),
    State("looked_into", _("Looked into"), Phase.ACTIVE),
    State("fulfilled", _("Done as asked"), Phase.DONE),
    State("deleted", _("Record deleted"), Phase.DONE),
    State("refused", _("Refused with reasons"), Phase.DONE),
)

STEPS = (
    Step("look_into", _("Look into the request"), ("asked",), "looked_into", Verb.REGISTER_KEEP),
    Step("fulfil", _("Say what was done"), TO_ANSWER, "fulfilled", Verb.REGISTER_KEEP, form=forms.DoneForm,
         check=(effects.asks_for_something_else,), effects=(effects.done,), tells=("parties",)),
    Step("delete", _("Delete the record"), TO_ANSWER, "deleted", Verb.REGISTER_KEEP, form=forms.DoneForm,
         check=(effects.asks_to_delete,), effects=(effects.deleted,), tells=("parties",)),
    Step("refuse", _("Refuse, with reason and remedy"), TO_ANSWER, "refused", Verb.REGISTER_KEEP,
         form=forms.RefuseForm, effects=(effects.refused,), tells=("parties",)),
)  # fmt: skip

OWN_REQUEST = register(
    Kind(
        name="own_request",
        label=_("Request about one’s own record"),
        states=STATES,
        own_steps=STEPS,
        deadlines=(Deadline("answered", _("Answered until"), ("open",), ENDS, {None: ANSWER}),),
        subkinds={f"own_request.{one.value}": Subkind(f"own_request.{one.value}", one.label, 4) for one in RequestKind},
        groups={"own_request": _("Request about one’s own record")},
        channels={"online": _("Online")},
        outcomes={
            "fulfilled": _("Done as asked"), "deleted": _("Record deleted"), "refused": _("Refused with reasons"),
        },
    )
)  # fmt: skip
