"""How gunicorn hands out its threads: to whoever came back last."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

Work = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class LastBackFirst(Executor):
    """At most so many threads, begun when they are needed; work goes to the one that was busy last.

    Each thread has a connection of its own, and each connection remembers the tables it met. Python's own pool sends
    work round all of them: sixteen connections learned what three can know, and each kept memory for it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._begun = 0
        self._idle: list[SimpleQueue[Work | None]] = []
        self._waiting: deque[Work] = deque()
        self._closed = False

    def submit(self, act: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Raises RuntimeError after `shutdown`"""
        work: Work = (Future(), act, given, named)
        with self._lock:
            if self._closed:
                raise RuntimeError("no work is taken after shutdown")
            if self._idle:
                self._idle.pop().put(work)
            elif self._begun < self._most:
                self._begun += 1
                threading.Thread(target=self._run, args=(work,), name=f"page-{self._begun}", daemon=True).start()
            else:
                self._waiting.append(work)
        return work[0]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Idle threads end, busy ones after what waits. Nobody waits here: gunicorn counts its connections itself."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                for future, *_ in self._waiting:
                    future.cancel()
            for line in self._idle:
                line.put(None)
            self._idle.clear()

    def _run(self, work: Work | None) -> None:
        line: SimpleQueue[Work | None] = SimpleQueue()
        while work is not None:
            _do(*work)
            work = self._next(line) or line.get()

    def _next(self, line: SimpleQueue[Work | None]) -> Work | None:
        """What waits; where nothing does, the thread of this line is the first to be asked."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            if self._closed:
                line.put(None)
            else:
                self._idle.append(line)
            return None


def _do(future: Future[Any], act: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(act(*given, **named))
    except BaseException as fault:  # the caller's to hear, whatever it is
        future.set_exception(fault)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    def get_thread_pool(self) -> LastBackFirst:
        return LastBackFirst(self.cfg.threads)
