import datetime as dt
import json

import pytest

from shouwang.matters.replay import NotAStep, Sent, corrected

GOOD = {
    "id": "0198f000-0000-7000-8000-000000000001",
    "device": "0198f000-0000-7000-8000-000000000002",
    "matter": None,
    "act": "shift.start",
    "given": {},
    "claimed_at": "2026-11-22T08:00:00+08:00",
    "form": 1,
}
NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


def test_a_well_formed_step_is_read():
    sent = Sent.read(json.dumps(GOOD))

    assert sent.act == "shift.start"
    assert sent.claimed_at == dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"id": "17"}, "id"),
        ({"matter": "x"}, "matter"),
        ({"claimed_at": "yesterday"}, "claimed_at"),
        ({"claimed_at": "2026-11-22T08:00:00"}, "claimed_at"),
        ({"given": 5}, "given"),
        ({"form": "new"}, "form"),
    ],
)
def test_a_malformed_step_names_the_part_that_is_wrong(change, what):
    with pytest.raises(NotAStep) as refused:
        Sent.read(json.dumps(GOOD | change))

    assert refused.value.given == {"what": what}


@pytest.mark.parametrize(
    ("claimed_s", "offset_ms", "expected_s"),
    [(-60, 0, -60), (-60, 30_000, -90), (-60, -30_000, -30), (600, 0, 0), (540, 600_000, -60)],
)
def test_the_phones_time_is_corrected_by_its_offset_and_never_lies_ahead(claimed_s, offset_ms, expected_s):
    claimed = NOON + dt.timedelta(seconds=claimed_s)

    assert corrected(claimed, offset_ms, NOON) == NOON + dt.timedelta(seconds=expected_s)
