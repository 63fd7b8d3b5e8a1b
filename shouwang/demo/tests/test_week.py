"""The week before the demo's shift: every page of the offices has something on it, and nobody in it is real."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from shouwang.core import clock, keyring
from shouwang.demo import noted, registered, rostered, week
from shouwang.demo.scenario import play
from shouwang.duty.models import RosterState
from shouwang.duty.rosters.solving import work_out
from shouwang.kinds.hazard.models import Premises, SafetyItem
from shouwang.kinds.visit.models import Wish
from shouwang.matters.models import Matter
from shouwang.places.models import Address
from shouwang.registry.declaring import waiting
from shouwang.registry.models import Declaration, Emergency, Organisation
from shouwang.registry.requests import requests_waiting
from shouwang.registry.tests.town import lay_address, traces
from shouwang.rounds.models import Round
from shouwang.solvers.rostering_rules import answer

OF_NOBODY = "1380000"  # a range that nobody is given


@pytest.fixture(autouse=True)
def _ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


def test_matters_of_every_sort_lie_there_in_several_states(world: Any) -> None:
    week.play(world, clock.now())

    rows = Matter.objects.filter(kind__in=["visit", "hazard", "trouble", "advice", "observation", "vehicle"])
    assert set(rows.values_list("kind", flat=True)) == {
        "visit", "hazard", "trouble", "advice", "observation", "vehicle",
    }  # fmt: skip
    states = {kind: set(rows.filter(kind=kind).values_list("state", flat=True)) for kind in ("hazard", "trouble")}
    assert states["hazard"] >= {"found", "notified", "mended", "closed"}
    assert states["trouble"] >= {"told", "in_hand", "solved"}
    assert Wish.objects.filter(matter__isnull=False).count() >= 3
    assert SafetyItem.objects.count() == len(noted.ITEMS)
    assert {one.seen_at is None for one in Premises.objects.all()} == {True, False}
    assert {one.ended_at is None for one in Round.objects.all()} == {True, False}


@pytest.mark.committed
def test_declarations_requests_and_an_emergency_lie_in_every_state(world: Any, tmp_path: Path) -> None:
    for number in range(400):
        lay_address(world.qiaoxi_04, f"桥西里{number // 8 + 1}幢{number % 8 + 1}01", "桥西里")
    at = clock.now()
    with override_settings(VAR=tmp_path):
        play(at, at - dt.timedelta(hours=2))

    registered.keep(world, at)

    assert {one.state for one in traces(Declaration)} == {"filed", "checked", "accepted", "refused"}
    assert len(waiting(world.shen, at)) == 3
    assert {one.kind for one in requests_waiting(world.shen, at)} == {"correct", "explain"}
    (emergency,) = traces(Emergency)
    assert (emergency.verdict, emergency.kin_reached_at is None) == ("confirmed", False)
    assert {one.special_trade for one in traces(Organisation)} >= {"", "lodging_trade", "locksmith"}


@pytest.mark.committed
def test_on_ground_without_homes_no_register_is_made(world: Any) -> None:
    assert not Address.objects.filter(element="room").exists()

    registered.keep(world, clock.now())

    assert traces(Declaration) == []


@pytest.mark.item("S-ORG-005")
def test_the_station_is_proposed_a_fortnight_and_one_community_alone_is_told_why_not(world: Any, desk: Any) -> None:
    together, alone = rostered.ask(world, clock.now())
    for row in (together, alone):
        work_out(row.pk, at=clock.now(), solving=lambda asked, _told: answer(asked))
        row.refresh_from_db()

    assert (together.state, alone.state) == (RosterState.PROPOSED, RosterState.CONFLICT)
    proposed, refused = (desk("zhou").get(f"/desk/rosters/{row.pk}/").content.decode() for row in (together, alone))
    assert all(name in proposed for name in ("沈知行", "赵启明", "何川"))
    assert "希望" in proposed
    assert "辅警" in refused
    assert "合适的有 0 人" in refused


def test_nobody_in_it_is_real() -> None:
    numbers = [note.number for note in noted.NOTES if note.number] + [wish[2] for wish in noted.WISHES]
    numbers += [told["phone"] for *_, told in noted.DECLARED if "phone" in told]

    assert all(number.startswith(OF_NOBODY) for number in numbers)
    assert registered.WANG.doc_no.startswith("431399")  # a division that is nobody's
