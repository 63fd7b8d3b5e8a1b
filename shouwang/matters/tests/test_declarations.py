"""Kinds are checked at start-up: nothing gets stuck, nothing is named that there is not, no row is lost."""

from __future__ import annotations

import dataclasses

import pytest
from django.utils.translation import gettext_lazy as _

from shouwang.config.environment import ROOT
from shouwang.matters import kinds
from shouwang.matters.checking import faults_of, lost_states, words_missing
from shouwang.matters.kinds import State, Step, UnknownKind
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import Phase
from shouwang.matters.reference import reference_page
from shouwang.matters.tests.conftest import errand_kind
from shouwang.people.verbs import Verb


def test_the_kinds_of_this_town_have_no_fault():
    assert [fault for kind in kinds.kinds() for fault in faults_of(kind)] == []


def test_every_label_of_every_kind_is_translated():
    assert [fault for kind in kinds.kinds() if kind.name != "errand" for fault in words_missing(kind)] == []


def with_step(**changes):
    plain = errand_kind()
    step = dataclasses.replace(plain.own_steps[0], **changes)
    return errand_kind(own_steps=(step, *plain.own_steps[1:]))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (with_step(target="flying"), "names the state “flying”"),
        (with_step(source=("lost",)), "names the state “lost”"),
        (errand_kind(states=(*errand_kind().states, State("limbo", _("Closed"), Phase.DONE))), "nothing leads to"),
        (
            errand_kind(
                states=(*errand_kind().states, State("trap", _("Closed"), Phase.WAITING)),
                own_steps=(
                    *errand_kind().own_steps[:-1],
                    Step("fall", _("Close"), ("going",), "trap", Verb.MATTER_WORK),
                ),
            ),
            "from “trap” no step leads to an end",
        ),
        (errand_kind(crewed={"signed": "nod"}), "names the step “nod”"),
        (errand_kind(own_steps=(*errand_kind().own_steps, errand_kind().own_steps[0])), "two steps have one name"),
        (errand_kind(states=tuple(reversed(errand_kind().states))), "must be of the phase “new”"),
    ],
)
def test_a_wrong_declaration_is_named_in_a_sentence(kind, says):
    assert any(says in fault for fault in faults_of(kind)), faults_of(kind)


def test_a_plain_string_and_an_untranslated_label_are_found():
    assert words_missing(errand_kind(label="Errand"))
    assert any("no Chinese" in fault for fault in words_missing(errand_kind(label=_("Errand of nobody"))))


def test_a_removed_state_is_found_while_a_row_holds_it(world, an_errand):
    matter = an_errand()
    assert lost_states() == []

    Matter.objects.filter(pk=matter.pk).update(state="abolished")

    assert any("abolished" in fault for fault in lost_states())


def test_an_unknown_kind_is_told_so():
    with pytest.raises(UnknownKind):
        kinds.kind_of("parade")


def test_the_reference_page_shows_states_steps_and_a_diagram():
    page = reference_page(errand_kind())

    assert "stateDiagram-v2" in page
    assert "asked --> going" in page
    assert "`matter.triage`" in page
    assert "3 working days" in page


@pytest.mark.parametrize("name", ["incident", "promise"])
def test_the_reference_lies_in_docs_as_the_code_has_it(name):
    page = ROOT / "docs" / "reference" / f"kind-{name}.md"

    assert page.read_text(encoding="utf-8") == reference_page(kinds.kind_of(name)), "run `bin/shouwang kinds`"
