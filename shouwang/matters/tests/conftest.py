"""A small kind of matter for the tests of the engine, and errands in the town."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span
from shouwang.core.problem import Problem
from shouwang.matters import kinds
from shouwang.matters.intake import open_matter
from shouwang.matters.kinds import OPEN, Kind, State, Step
from shouwang.matters.models.matter import Phase
from shouwang.matters.sorts import Deadline, Subkind
from shouwang.people.verbs import Verb

QIAOXI_04, QIAOXI_02, HEBU_01, OUTSIDE = (111.427, 27.686), (111.427, 27.694), (111.432, 27.690), (111.5, 27.69)


class NotYet(Problem):
    code, status = "test.not_yet", 409
    says = "not yet"


class WordForm(forms.Form):
    word = forms.CharField(label=_("Gist"), max_length=20)
    times = forms.IntegerField(label=_("Number"), required=False)


def _needs_mark(taking):
    if not taking.matter.facts.get("marked"):
        raise NotYet()


def _keep_word(taking):
    taking.matter.gist = taking.given["word"]


def _mark(taking):
    taking.matter.facts["marked"] = True


def errand_kind(**changes) -> Kind:
    return Kind(
        **{
            "name": "errand",
            "label": _("Call for service"),
            "states": (
                State("asked", _("Received"), Phase.NEW, Limit(1, Span.HOUR)),
                State("going", _("Accepted"), Phase.ACTIVE),
                State("ready", _("Closed"), Phase.DONE),
            ),
            "own_steps": (
                Step("go", _("Accept"), ("asked",), "going", Verb.MATTER_TRIAGE, tells=("parties",)),
                Step("say", _("Change the gist"), (OPEN,), None, Verb.MATTER_WORK, form=WordForm,
                     effects=(_keep_word,)),
                Step("mark", _("Mark as read"), ("going",), None, Verb.MATTER_WORK, effects=(_mark,)),
                Step("end", _("Close"), ("going",), "ready", Verb.MATTER_CLOSE, check=(_needs_mark,)),
                Step("drop", _("Withdraw"), (OPEN,), "ready", Verb.MATTER_TRIAGE, urgent=True),
            ),
            "deadlines": (
                Deadline("answer", _("To be dealt with"), ("open",), ("end",),
                         {1: Limit(10, Span.MINUTE), None: Limit(3, Span.WORKING_DAY)}),
            ),
            "subkinds": {"home.cat": Subkind("home.cat", _("Help"), 4, ("猫上树",))},
            "channels": {"counter": _("Counter"), "online": _("Online report")},
            "facts": {"marked": _("Remark")},
        }
        | changes
    )  # fmt: skip


@pytest.fixture(autouse=True)
def errand(monkeypatch) -> Kind:
    kind = errand_kind()
    monkeypatch.setitem(kinds._kinds, "errand", kind)
    return kind


@pytest.fixture
def noon() -> dt.datetime:
    return dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)  # a Tuesday, 12:00 in Shanghai


@pytest.fixture
def an_errand(world, noon):
    """A function that opens an errand; on the ground of Qiaoxi 04, by Fang, unless said otherwise."""

    def make(**given):
        told = {"by": world.fang, "at": noon, "point": QIAOXI_04, "gist": "猫上树", "place_text": "桥西路12号"} | given
        return open_matter(kind="errand", **told)

    return make
