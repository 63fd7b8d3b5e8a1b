"""The command rooms of the demo: each of their pages has something on it, in different phases, and one is late."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from shouwang.command.models import LinkageRequest, LinkageRule
from shouwang.core import clock
from shouwang.demo import commanded, readied
from shouwang.demo.scenario import play
from shouwang.duty.equipment.counting import compared
from shouwang.duty.equipment.listing import ledger
from shouwang.duty.mobilising.calling import tally
from shouwang.duty.models import ItemState, LevelOrder, Mobilisation, OrderState, StockCount
from shouwang.matters.models import Matter


@pytest.fixture
def at(world: Any, tmp_path: Path) -> dt.datetime:
    now = clock.now()
    with override_settings(VAR=tmp_path):
        play(now, now - dt.timedelta(hours=2))
    return now


def test_directives_items_and_notes_lie_there_in_every_phase(world: Any, at: dt.datetime, desk: Any) -> None:
    commanded.play(world, at)

    states = {
        kind: set(Matter.objects.filter(kind=kind).values_list("state", flat=True))
        for kind in ("directive", "information", "inspection_note")
    }
    assert states["directive"] == {"issued", "signed", "started", "fed_back", "closed", "expired"}
    assert states["information"] == {"learnt", "directed", "closed"}
    assert states["inspection_note"] == {"noted", "answered", "settled"}
    (late,) = Matter.objects.filter(kind="directive", closed_at__isnull=True, due_at__lt=at)
    assert late.gist in desk("zhou").get("/desk/directives/?show=late").content.decode()
    assert LinkageRule.objects.filter(until__isnull=True).count() == 3
    assert set(LinkageRequest.objects.values_list("branch", "answer")) == {
        ("traffic", "coming"), ("criminal", "later"),
    }  # fmt: skip


def test_equipment_a_level_and_a_mobilisation_lie_there(world: Any, at: dt.datetime, desk: Any) -> None:
    readied.play(world, at)

    standing = {item.state for item in ledger(world.lin, at)}
    assert standing == {ItemState.STOCK, ItemState.ISSUED, ItemState.REPAIR, ItemState.LOST}
    assert [len(compared(row).differences) for row in StockCount.objects.order_by("month")] == [1, 1]
    ended, waits = LevelOrder.objects.order_by("number")
    assert (ended.state, waits.state) == (OrderState.APPROVED, OrderState.PROPOSED)
    assert ended.ended_at is not None
    called = tally(Mobilisation.objects.get())
    assert called["answered"] > called["open"] > 0
    assert called["exempt"] == 1
    assert "河埠广场消费节" in desk("zhou").get("/desk/mobilisations/").content.decode()
