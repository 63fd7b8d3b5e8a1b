"""What speaks against an act on a beat or a zone, told beside its form."""

from __future__ import annotations

from collections.abc import Callable

from shouwang.core.problem import Problem
from shouwang.people.access import NotAllowed, NotVisible


def refused(act: Callable[[], None]) -> Problem | None:
    """None: it is done. Raises what is no matter of the form (403, 404)"""
    try:
        act()
    except NotVisible:  # he sees it from below, and it is another's to change
        raise NotAllowed from None
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return problem
    return None
