"""The report bins of C13: what belongs to which, to the second, and what a call without a time counts as."""

import datetime as dt

import pytest

from shouwang.dispatch.workload import spreads_of

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)


def call(sign: float = -1, depart: float = -1, feedback: float = -1) -> dict[str, dt.datetime]:
    """The stamps of a call: seconds from being sent, from signing, from being sent; below 0: no stamp."""
    times = {"dispatched_at": NOON}
    if sign >= 0:
        times["acknowledged_at"] = NOON + dt.timedelta(seconds=sign)
    if depart >= 0:
        times["departed_at"] = times["acknowledged_at"] + dt.timedelta(seconds=depart)
    if feedback >= 0:
        times["fed_back_at"] = NOON + dt.timedelta(seconds=feedback)
    return times


@pytest.mark.parametrize(
    ("spread", "stage", "edges"),
    [(0, "sign", (30, 60, 120, 180)), (1, "depart", (300, 600, 900, 1800)),
     (2, "feedback", (1800, 3600, 7200, 14400))],
)  # fmt: skip
def test_a_time_at_an_edge_belongs_to_the_bin_it_ends(spread, stage, edges):
    given = {"sign": 1.0} if stage == "depart" else {}
    calls = [call(**given, **{stage: edge + more}) for edge in edges for more in (0, 1)]

    found = spreads_of(calls)[spread]
    assert [(one.above_s, one.until_s) for one in found.bins] == list(zip((0, *edges), (*edges, None), strict=True))
    assert [one.n for one in found.bins] == [1, 2, 2, 2, 1]
    assert found.n == 8


def test_what_has_no_second_time_is_in_no_bin_and_an_end_of_handling_stands_for_feedback():
    handled = call(sign=5) | {"handled_at": NOON + dt.timedelta(hours=5)}
    sign, depart, feedback = spreads_of([call(), call(sign=10), handled])

    assert (sign.n, depart.n, feedback.n) == (2, 0, 1)
    assert [one.n for one in feedback.bins] == [0, 0, 0, 0, 1]
