"""How a higher app hears of what happened below: one job for all handlers, queued in the transaction of the act.

    @on("matter.done")
    def tell_the_parties(entry: EntryView) -> None: ...

`@on("matter.*")` hears every topic that begins with `matter.`. A handler runs in one transaction together with the
row that says it has run: whatever it writes happens once for each entry, however often the job is tried. One that
fails is tried again by a job of its own, and keeps no other waiting.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import now

QUEUE = "reactions"
RETRY = RetryStrategy(max_attempts=10, wait=1, exponential_wait=3)  # the last after some eight hours


@dataclass(frozen=True)
class EntryView:
    """An entry as handlers and timelines see it. `particulars` is None once they have been erased."""

    id: UUID
    verb: str
    topic: str
    subject: UUID
    subject_kind: str
    by: Actor
    at: dt.datetime
    received_at: dt.datetime
    area: UUID | None
    particulars: Mapping[str, Any] | None


Handler = Callable[[EntryView], None]
log = logging.getLogger(__name__)
_handlers: dict[str, tuple[tuple[str, ...], Handler]] = {}


def on(*topics: str) -> Callable[[Handler], Handler]:
    """Register a handler for topics, each exact or ending in `.*`."""

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__qualname__}"
        if _handlers.get(name, (topics, handler))[1] is not handler:
            raise ValueError(f"two handlers are called {name}")
        _handlers[name] = (topics, handler)
        return handler

    return register


def handlers_of(topic: str) -> list[str]:
    """Names of the handlers that hear `topic`."""
    return [name for name, (topics, _) in _handlers.items() if any(_matches(wanted, topic) for wanted in topics)]


def defer_reactions(entry: UUID, topic: str) -> None:
    """One job for all handlers that hear `topic`, in the current transaction."""
    if handlers := handlers_of(topic):
        react_all.defer(handlers=handlers, entry=str(entry))


@queue.task(name="journal.react_all", queue=QUEUE, retry=RETRY)
def react_all(handlers: list[str], entry: str) -> None:
    """The job: one handler after the other. What fails gets a job for itself."""
    for handler in handlers:
        try:
            run_handler(handler, UUID(entry))
        except Exception:  # whatever it is: the others have their turn, and its own job says so again
            log.exception("%s failed for entry %s and is tried again by itself", handler, entry)
            react.defer(handler=handler, entry=entry)


@queue.task(name="journal.react", queue=QUEUE, retry=RETRY)
def react(handler: str, entry: str) -> None:
    """The job of a handler that failed: once more."""
    run_handler(handler, UUID(entry))


def run_handler(name: str, entry_id: UUID) -> bool:
    """Run the handler unless it has dealt with the entry already; whether it ran now."""
    from shouwang.journal.models import Reacted  # models are not loaded yet when tasks register themselves

    if name not in _handlers:
        raise LookupError(f"no handler is called {name}: the job waits for the version that has it")
    with acting(Actor.system()):
        marks = Reacted.objects.bulk_create([Reacted(handler=name, entry=entry_id, at=now())], ignore_conflicts=True)
        if not Reacted.objects.filter(id=marks[0].id).exists():
            return False
        _handlers[name][1](view_of(entry_id))
    return True


def view_of(entry_id: UUID) -> EntryView:
    from shouwang.journal.models import Entry

    return entry_view(Entry.objects.select_related("particulars").get(id=entry_id))


def entry_view(entry: Any) -> EntryView:
    """What handlers see of an `Entry` loaded with its particulars."""
    particulars = getattr(entry, "particulars", None)
    return EntryView(
        id=entry.id,
        verb=entry.verb,
        topic=entry.topic,
        subject=entry.subject,
        subject_kind=entry.subject_kind,
        by=entry.by,
        at=entry.at,
        received_at=entry.received_at,
        area=entry.area,
        particulars=particulars.values if particulars else None,
    )


def _matches(wanted: str, topic: str) -> bool:
    return topic.startswith(wanted[:-1]) if wanted.endswith(".*") else topic == wanted
