"""Who may edit a register, answer an ask and judge an emergency is what the printed page says, act by act.

Every act of the registers is tried by people of a random town on its pieces of ground. What the page forbids is refused
by the rule; what it allows gets as far as the database, which refuses in its turn, since nobody looked at the record.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from shouwang.connections.sheets import bringing
from shouwang.connections.sheets.models import Batch, BatchState
from shouwang.core import clock, keyring
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import access
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.tests import policy_page, policy_town
from shouwang.people.verbs import Verb
from shouwang.places.models import Address
from shouwang.registry import binding, declaring, editing, emergencies, registering
from shouwang.registry.lists import Register
from shouwang.registry.looking import LookRefused
from shouwang.registry.models import Emergency
from shouwang.registry.opening import Seen
from shouwang.registry.purposes import Purpose
from shouwang.registry.tests.town import lives
from tests.journeys.test_policy_agrees_in_the_database import Kept

pytestmark = [pytest.mark.timeout(600)]
NOW, N_PEOPLE, N_ASKED = 50, 90, 45
ROW = UUID(int=7)
VERBS = (
    Verb.REGISTER_COUNT, Verb.REGISTER_FILE, Verb.REGISTER_FIND, Verb.REGISTER_IMPORT, Verb.REGISTER_KEEP,
    Verb.ADDRESS_KEEP, Verb.MATTER_SEAL,
)  # fmt: skip


@dataclass(frozen=True)
class Try:
    """An act on a record that lies on `area`, by somebody, now."""

    area: Any
    by: Actor
    at: dt.datetime

    def seen(self, register: Register, **parts: Any) -> Seen:
        kept = {"area_id": str(self.area.pk), "state": "filed", "decide_by": self.at.isoformat(), "kind": "arrival"}
        return Seen(register, ROW, Purpose.VERIFICATION, kept | parts)

    def address(self) -> Address:
        return Address(id=uuid4(), number=990_000, element="room", name="402", area=self.area)

    def sheet(self, state: str) -> Batch:
        return Batch.objects.create(
            kind="residents", area=self.area, paths=[], file_name="x.csv", n_bytes=1, headings=[], columns={},
            language="zh-hans", asked_by=uuid4(), asked_at=self.at, checked_at=self.at, state=state,
        )  # fmt: skip

    def form(self, register: Register) -> editing.FromField:
        return editing.FromField(uuid4(), "correct", register, {"name": "甲"}, ROW)


LIVED = {"id": str(ROW), "relation": "tenant", "from_on": "2026-01-01"}
Act = Callable[[Try], object]
ACTS: dict[str, tuple[Verb, Act]] = {
    "resident.correct": (Verb.REGISTER_KEEP, lambda one: registering.correct_resident(
        one.seen(Register.RESIDENT), {"name": "甲"}, by=one.by, at=one.at)),
    "residence.verify": (Verb.REGISTER_KEEP, lambda one: registering.verify_residence(
        one.seen(Register.RESIDENT, residences=[LIVED]), ROW, by=one.by, at=one.at)),
    "residence.end": (Verb.REGISTER_KEEP, lambda one: registering.end_residence(
        one.seen(Register.RESIDENT, residences=[LIVED]), ROW, ended_on=clock.local_date(one.at), by=one.by, at=one.at)),
    "residence.register": (Verb.REGISTER_KEEP, lambda one: registering.register_residence(
        one.seen(Register.RESIDENT), lives(one.at), address=one.address(), by=one.by, at=one.at)),
    "resident.bind": (Verb.REGISTER_KEEP, lambda one: binding.bind_account(
        one.seen(Register.RESIDENT), ROW, by=one.by, at=one.at)),
    "resident.link": (Verb.REGISTER_FIND, lambda one: binding.link_identity(
        one.seen(Register.RESIDENT), ROW, by=one.by, at=one.at)),
    "declaration.check": (Verb.REGISTER_KEEP, lambda one: declaring.check_identity(
        one.seen(Register.DECLARATION), by=one.by, at=one.at)),
    "declaration.accept": (Verb.REGISTER_KEEP, lambda one: declaring.take_note(
        one.seen(Register.DECLARATION), by=one.by, at=one.at)),
    "declaration.refuse": (Verb.REGISTER_KEEP, lambda one: declaring.refuse(
        one.seen(Register.DECLARATION), "材料不全，请补", by=one.by, at=one.at)),
    "resident.edit": (Verb.REGISTER_KEEP, lambda one: editing.edit_known(
        one.form(Register.RESIDENT), {"name": "甲"}, address=one.address(), by=one.by, at=one.at)),
    "organisation.edit": (Verb.REGISTER_KEEP, lambda one: editing.edit_known(
        one.form(Register.ORGANISATION), {"unit_name": "甲"}, address=one.address(), by=one.by, at=one.at)),
    "edit.decide": (Verb.REGISTER_KEEP, lambda one: editing.decide(
        one.seen(Register.RESIDENT), {"name": "甲"}, by=one.by, at=one.at, area=one.area)),
    "edit.settle": (Verb.REGISTER_KEEP, lambda one: editing.leave_out(uuid4(), by=one.by, at=one.at, area=one.area)),
    "sheet.take": (Verb.REGISTER_IMPORT, lambda one: bringing.take_sheet(
        one.sheet(BatchState.CHECKED), by=one.by, at=one.at)),
    "sheet.undo": (Verb.REGISTER_IMPORT, lambda one: bringing.undo_sheet(
        one.sheet(BatchState.TAKEN), by=one.by, at=one.at)),
    "emergency.judge": (Verb.MATTER_SEAL, lambda one: emergencies.judge_emergency(
        Emergency(id=uuid4(), area=one.area, person=uuid4()), "confirmed", by=one.by, at=one.at)),
}  # fmt: skip


@pytest.fixture
def kept(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(policy_town, "EPOCH", clock.now() - dt.timedelta(hours=NOW, minutes=30))
    return Kept(policy_town.make_town(random.Random(31), n_people=N_PEOPLE, n_rows=1))


def on(area: Any, ground: tuple[str, str]) -> dict[str, Any]:
    return {"id": area.pk, "duty": ground[0], "government": ground[1], "sealed": False, "named": [],
            "excluded_persons": [], "excluded_posts": [], "excluded_offices": []}  # fmt: skip


def gets_past_the_rule(act: Act, one: Try) -> bool:
    """Whatever else stops it comes after the rule."""
    try:
        with transaction.atomic():
            act(one)
            transaction.set_rollback(True)
    except (NotAllowed, NotVisible):
        return False
    except Problem:
        return True
    return True


def answers(kept: Kept, names: list[str], n_people: int, n_places: int) -> Iterator[tuple[Any, bool, bool]]:
    """Of each act by each person on some ground: what it was, what the rule says, what the page says."""
    page, rng, at = policy_page.read(), random.Random(5), clock.now()
    for person in [one for one in kept.people if one["kind"] == "person"][:n_people]:
        by = kept.actor(person)
        for name in names:
            verb, act = ACTS[name]
            for ground in rng.sample(list(kept.areas), n_places):
                area = kept.areas[ground]
                right = policy_page.decide(page, person, verb.value, on(area, ground), NOW)
                yield (person["n"], name, area.name), gets_past_the_rule(act, Try(area, by, at)), right


@pytest.mark.item("S2")
def test_who_may_edit_and_answer_is_what_the_page_says(kept: Kept) -> None:
    found = list(answers(kept, list(ACTS), N_ASKED, 4))

    assert [what for what, got, right in found if got != right] == []
    assert sum(right for _, _, right in found) > 50


@pytest.mark.item("S2")
def test_the_rule_and_the_page_agree_on_fifty_thousand_requests_about_registers(kept: Kept) -> None:
    page, answers, allowed = policy_page.read(), 0, 0
    for at in random.Random(7).sample(range(policy_town.LAST), 6):
        when = policy_town.hour(at)
        for person in kept.people:
            by = kept.actor(person)
            for ground, area in kept.areas.items():
                for verb in VERBS:
                    right = policy_page.decide(page, person, verb.value, on(area, ground), at)
                    assert access.may(by, verb, area, when) == right, (person["n"], verb, area.name, at)
                    answers, allowed = answers + 1, allowed + right

    assert answers == 6 * N_PEOPLE * len(kept.areas) * len(VERBS) > 50_000
    assert allowed > 1_000


@pytest.mark.item("S2", "A1")
def test_what_the_rule_lets_pass_the_database_refuses_without_a_look(world: Any) -> None:
    """The second gate: an officer on his own ground edits nothing that he did not look at."""
    one = Try(world.qiaoxi_04, world.shen, clock.now())
    for name in ("resident.correct", "declaration.refuse", "edit.decide", "residence.register"):
        with pytest.raises(LookRefused), transaction.atomic():
            ACTS[name][1](one)


def anywhere_will_do(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(by, verb, None, at)


def counting_is_as_good(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(by, Verb.REGISTER_COUNT, row, at)


def the_named_post_is_forgotten(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(replace(by, post_id=None, cache={}), verb, row, at)


def the_post_of_yesterday_will_do(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(by, verb, row, at - dt.timedelta(hours=30))


def seeing_is_as_good(by: Any, verb: Verb, row: Any, at: Any) -> None:
    access.require(by, Verb.AREA_READ, row, at)


FAULTS = [
    (anywhere_will_do, "registry.registering", "resident.correct"),
    (the_named_post_is_forgotten, "registry.declaring", "declaration.refuse"),
    (anywhere_will_do, "connections.sheets.bringing", "sheet.take"),
    (counting_is_as_good, "registry.editing", "organisation.edit"),
    (seeing_is_as_good, "registry.emergencies", "emergency.judge"),
    (the_post_of_yesterday_will_do, "registry.binding", "resident.bind"),
]


@pytest.mark.control
@pytest.mark.parametrize(("fault", "module", "act"), FAULTS)
def test_a_wrong_policy_planted_in_an_edit_is_found(
    fault: Any, module: str, act: str, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"shouwang.{module}.require", fault)

    assert any(got != right for _, got, right in answers(kept, [act], N_PEOPLE, len(kept.areas)))
