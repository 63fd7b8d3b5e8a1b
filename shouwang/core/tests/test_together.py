"""Many who ask the same at once get one answer, and never one that was begun before they asked."""

from __future__ import annotations

import threading
import time

import pytest

from shouwang.core.together import Together


def test_who_waits_for_his_turn_gets_what_was_begun_after_he_asked() -> None:
    together: Together[int] = Together()
    made: list[float] = []
    got: list[tuple[float, int]] = []

    def make() -> int:
        made.append(time.monotonic())
        time.sleep(0.05)
        return len(made)

    def ask() -> None:
        asked = time.monotonic()
        got.append((asked, together.ask("units", make)))

    asking = [threading.Thread(target=ask) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()

    assert len(made) < 8
    assert all(made[number - 1] >= asked for asked, number in got)


def test_who_waited_elsewhere_gets_what_was_begun_since_he_asked() -> None:
    together: Together[int] = Together()
    asked = time.monotonic()
    first = together.ask("units", lambda: 1)

    waited = together.ask("units", lambda: 2, asked)
    later = together.ask("units", lambda: 3)

    assert (first, waited, later) == (1, 1, 3)


def test_one_after_the_other_each_gets_his_own() -> None:
    together: Together[int] = Together()

    assert [together.ask("units", lambda n=n: n) for n in range(3)] == [0, 1, 2]


def test_a_failed_one_fails_for_himself_alone() -> None:
    together: Together[int] = Together()

    def fail() -> int:
        raise ValueError("no units")

    with pytest.raises(ValueError, match="no units"):
        together.ask("units", fail)
    assert together.ask("units", lambda: 7) == 7


def test_other_questions_do_not_wait() -> None:
    together: Together[str] = Together()

    assert together.ask("a", lambda: together.ask("b", lambda: "inside")) == "inside"
