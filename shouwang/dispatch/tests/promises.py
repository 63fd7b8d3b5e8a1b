"""What the core promises. `nights` asks for all of it after every event; PROMISES counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from shouwang.dispatch.tests import promises_of_rows, promises_of_words

if TYPE_CHECKING:
    from shouwang.dispatch.tests.nights import Happened

Promise = Callable[["Happened"], Iterator[str]]


class Broken(AssertionError):
    """A promise of the dispatch core does not hold."""


def _promises_in(module: Any) -> list[Promise]:
    return [one for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__]


PROMISES = [*_promises_in(promises_of_rows), *_promises_in(promises_of_words)]


def check(one: Happened, decide: Callable[..., Any]) -> None:
    """Raise Broken when anything promised fails. Why not plain asserts: planted faults must be told from bugs."""
    for promise in PROMISES:
        for fault in promise(one):
            raise Broken(f"{promise.__name__}: {fault} after {one.event}")
    again = decide(one.before, one.event, one.now)
    if again != (one.refusal if one.refusal is not None else (one.after, one.effects)):
        raise Broken(f"the same question was answered differently: {one.event}")
