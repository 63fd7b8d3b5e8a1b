"""The promises of the dispatch core, tried on nights made up at random; any failure names the seed to replay it."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from shouwang.dispatch import core, dispatching
from shouwang.dispatch.tests.faults import FAULTS, Fault
from shouwang.dispatch.tests.nights import Night
from shouwang.dispatch.tests.promises import PROMISES, Broken

DESKS = 2  # that act in every simulated hour


@pytest.mark.item("R6")
@pytest.mark.parametrize("seed", range(15))
def test_ten_hours_at_two_desks_break_no_promise(seed: int) -> None:
    night = Night(seed, n_units=4 + seed % 9).run(hours=10)

    assert night.n_events > 5000
    assert night.n_refused > 100


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", range(1000, 1250, 10))
def test_ten_thousand_dispatcher_hours_break_no_promise(first: int, record_property: Any) -> None:
    """25 lots of ten nights of 20 hours at two desks."""
    for seed in range(first, first + 10):
        assert Night(seed, n_units=3 + seed % 12).run(hours=20).n_events > 10_000
    record_property("size", 10 * 20 * DESKS)
    record_property("unit", "dispatcher-hours")


def test_there_are_at_least_thirty_promises_and_twenty_five_faults() -> None:
    assert len(PROMISES) >= 30
    assert len({promise.__name__ for promise in PROMISES}) == len(PROMISES)
    assert len(FAULTS) >= 25


def test_the_desk_asks_the_very_core_in_which_faults_are_planted() -> None:
    assert dispatching.decide is core.decide


@pytest.mark.parametrize("seed", [3])
def test_the_same_seed_makes_the_same_night(seed: int) -> None:
    first, second = Night(seed).run(hours=1), Night(seed).run(hours=1)

    assert first.board == second.board


@pytest.mark.control
@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_planted_fault_is_found(fault: Fault) -> None:
    faulty = planted(fault.right, fault.wrong)

    assert broken_within(faulty, nights=40)


def broken_within(faulty: ModuleType, nights: int) -> bool:
    try:
        for seed in range(nights):
            Night(seed, n_units=4, deciding=faulty).run(hours=4)
    except (Broken, ValueError):
        return True
    return False


def planted(right: str, wrong: str) -> ModuleType:
    """The core with one piece of its text replaced."""
    text = Path(str(core.__file__)).read_text(encoding="utf-8")
    assert text.count(right) == 1, f"stands {text.count(right)} times in the core: {right}"
    spec = importlib.util.spec_from_loader("planted_core", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    exec(compile(text.replace(right, wrong), "planted_core", "exec"), module.__dict__)
    return module
