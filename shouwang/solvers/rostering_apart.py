"""A roster worked out in a process of its own; each better one is told as it is found."""

from __future__ import annotations

import os
from multiprocessing import get_context
from multiprocessing.connection import Connection

from shouwang.solvers.rostering_rules import Answer, Question, Told, answer

SECONDS = 30.0


def in_own_process(question: Question, told: Told) -> Answer:
    """Why a process: the search would keep the clocks of the other jobs waiting."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_answer, args=(question, there), daemon=True)
    worker.start()
    there.close()
    try:
        while not isinstance(said := here.recv(), Answer):
            told(*said)
    except EOFError:  # it was killed
        return Answer({})
    finally:
        worker.join(timeout=5)
    return said


def _answer(question: Question, to: Connection) -> None:
    os.nice(15)  # whoever waits at a desk goes first
    to.send(answer(question, seconds=SECONDS, told=lambda cost, bound: to.send((cost, bound))))
