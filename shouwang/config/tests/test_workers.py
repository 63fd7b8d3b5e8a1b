"""Threads of the pages: the one that came back last goes first, and no more than allowed."""

import threading
from concurrent.futures import Future
from typing import Any

import pytest

from shouwang.config.workers import LastBackFirst


def named() -> str:
    return threading.current_thread().name


def test_one_request_after_the_other_is_answered_by_one_thread() -> None:
    pool = LastBackFirst(8)
    seen: set[str] = set()
    for _ in range(200):
        seen.add(pool.submit(named).result(30))
        _until_idle(pool)
    assert seen == {"page-1"}
    pool.shutdown()


def test_many_at_once_have_a_thread_each_up_to_the_limit_and_the_rest_waits_in_order() -> None:
    pool, gate = LastBackFirst(3), threading.Event()
    order: list[int] = []
    held = [pool.submit(lambda: (gate.wait(30), named())[1]) for _ in range(3)]
    waiting: list[Future[Any]] = [pool.submit(order.append, number) for number in range(50)]
    assert not any(one.done() for one in waiting)
    gate.set()
    assert {one.result(30) for one in held} == {"page-1", "page-2", "page-3"}
    for one in waiting:
        one.result(30)
    assert sorted(order) == list(range(50))
    pool.shutdown()


def test_a_fault_is_the_callers_and_the_thread_goes_on() -> None:
    pool = LastBackFirst(1)
    with pytest.raises(ZeroDivisionError):
        pool.submit(lambda: 1 / 0).result(30)
    assert pool.submit(named).result(30) == "page-1"
    pool.shutdown()


def test_after_shutdown_what_waits_is_done_and_nothing_more_is_taken() -> None:
    pool, gate = LastBackFirst(1), threading.Event()
    first, second = pool.submit(gate.wait, 30), pool.submit(named)
    pool.shutdown(wait=False)
    with pytest.raises(RuntimeError):
        pool.submit(named)
    gate.set()
    assert first.result(30)
    assert second.result(30) == "page-1"
    _until(lambda: not [one for one in threading.enumerate() if getattr(one, "_target", None) == pool._run])


def _until_idle(pool: LastBackFirst) -> None:
    _until(lambda: len(pool._idle) == pool._begun)


def _until(true: Any) -> None:
    for _ in range(30_000):
        if true():
            return
        threading.Event().wait(0.001)
    raise AssertionError("it did not happen")
