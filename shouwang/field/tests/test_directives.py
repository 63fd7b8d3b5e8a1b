"""Directives on a phone: what waits is there, and what was tapped without a network counts at the time of the tap."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from shouwang.core.ids import new_id
from shouwang.field.directives import directives_for
from shouwang.kinds.directive.issuing import Order, issue
from shouwang.matters.models import Matter
from shouwang.matters.replay import Sent, replay
from shouwang.people.models import Device

NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)


def tapped(who: Any, act: str, row: Matter, *, minutes: int, **given: str) -> str:
    device, _ = Device.objects.get_or_create(
        person=who.person, defaults={"label": "phone", "public_key": b"-", "state": "bound", "bound_at": NOON}
    )
    body = {
        "id": str(new_id()), "act": act, "matter": str(row.pk), "form": 1, "given": given,
        "claimed_at": (NOON + dt.timedelta(minutes=minutes)).isoformat(),
    }  # fmt: skip
    sent = replay(Sent.read(json.dumps(body)), device=device, by=who.afresh(), at=NOON + dt.timedelta(hours=1))
    return sent.outcome


@pytest.mark.item("S-CMD-007")
def test_signed_started_and_fed_back_without_a_network_it_counts_from_the_taps(world):
    row = issue(Order("task.check", "看充电棚", words="逐个看"), to=world.qiaoxi, by=world.zhou, at=NOON)
    waiting = directives_for(world.shen.person, world.shen, NOON)
    assert [(one["gist"], one["next"], one["said"]) for one in waiting] == [("看充电棚", "sign", ["逐个看"])]
    assert directives_for(world.zhao.person, world.zhao, NOON) == []
    assert directives_for(world.lu.person, world.lu, NOON) == []

    outcomes = [
        tapped(world.shen, "directive.sign", row, minutes=3),
        tapped(world.shen, "directive.start", row, minutes=5),
        tapped(world.shen, "directive.feed_back", row, minutes=20, effect="done", feedback="都看过"),
    ]

    row.refresh_from_db()
    assert (outcomes, row.state) == (["taken"] * 3, "fed_back")
    assert row.clocks.get(rule="sign_ground").met_at == NOON + dt.timedelta(minutes=3)
    assert directives_for(world.shen.person, world.shen, NOON) == []


def test_a_tap_that_no_longer_fits_is_kept_aside(world):
    row = issue(Order("task.check", "看充电棚"), to=world.qiaoxi, by=world.zhou, at=NOON)
    assert tapped(world.shen, "directive.start", row, minutes=3) == "quarantined"
