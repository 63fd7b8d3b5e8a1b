"""What is declared has a receipt and a clock, and is read by whoever filed it and by the officer of the ground."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shouwang.core import clock
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.registry import declaring
from shouwang.registry.declaring import AlreadyAnswered, NotYetHappened, NotYoursToDeclare, ReasonMissing, declare
from shouwang.registry.lists import Register
from shouwang.registry.looking import LookRefused, NoGround
from shouwang.registry.opening import open_here
from shouwang.registry.tests.town import find_by, lay_address, lives, told

pytestmark = [pytest.mark.committed]
TOLD = {"name": "王晓明", "doc_no": "11010519491231002X", "phone": "13800002086"}


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def filed(world: Any, ring: Path, now: dt.datetime) -> Any:
    """By a grid worker for a tenant of his grid."""
    world.room = lay_address(world.qiaoxi_04)
    return declare(
        "arrival", TOLD, address=world.room, declarer="officer", happened_on=now.date() - dt.timedelta(days=1),
        by=world.lu, at=now,
    )  # fmt: skip


def _open(filed: Any, by: Any, now: dt.datetime, purpose: str = "registration") -> Any:
    (seen,) = open_here([filed.declaration], register=Register.DECLARATION, purpose=purpose, by=by, at=now)
    return seen


@pytest.mark.item("REG-07", "REG-08", "S-REG-005")
def test_a_receipt_says_by_when_it_had_to_be_and_by_when_it_is_answered(filed: Any, now: dt.datetime) -> None:
    assert len(filed.receipt_no) == 8
    assert not filed.late
    assert now < filed.decide_by < now + dt.timedelta(days=5)


def test_the_officer_of_the_ground_sees_it_waiting_without_a_name_and_registers_it(
    filed: Any, world: Any, now: dt.datetime
) -> None:
    (line,) = declaring.waiting(world.shen, now)
    assert (line.id, line.grid) == (filed.declaration, "桥西04网格")
    assert declaring.waiting(world.zhao, now) == []
    seen = _open(filed, world.shen, now)
    assert '"doc_no": "11010519491231002X"' in seen["told"]

    done = declaring.accept(seen, told(), lives(now), by=world.shen, at=now)

    assert done.receipt_no == filed.receipt_no
    assert find_by(world.shen, now, "王晓明").candidates
    assert declaring.waiting(world.shen, now) == []
    with pytest.raises(AlreadyAnswered):
        declaring.refuse(_open(filed, world.shen, now), "重复", by=world.shen, at=now)


@pytest.mark.item("ETH-10")
def test_a_grid_worker_opens_what_he_filed_and_nothing_else(filed: Any, world: Any, now: dt.datetime) -> None:
    assert _open(filed, world.lu, now)["receipt_no"] == filed.receipt_no
    assert [one["receipt_no"] for one in declaring.own(world.lu)] == [filed.receipt_no]
    assert declaring.own(world.su) == []
    for other in (world.zhao, world.an, world.stranger):
        with pytest.raises((LookRefused, NoGround)):
            _open(filed, other, now)


def test_a_refusal_has_its_reason(filed: Any, world: Any, now: dt.datetime) -> None:
    seen = _open(filed, world.shen, now)
    with pytest.raises(ReasonMissing):
        declaring.refuse(seen, " ", by=world.shen, at=now)

    declaring.refuse(seen, "这里没有人住，请核对门牌后再报", by=world.shen, at=now)

    (line,) = declaring.own(world.lu)
    assert (line["state"], line["reason"]) == ("refused", "这里没有人住，请核对门牌后再报")


def test_each_kind_is_declared_by_those_whom_the_rule_names(world: Any, ring: Path, now: dt.datetime) -> None:
    address, today = lay_address(world.qiaoxi_04), now.date()

    with pytest.raises(NotYoursToDeclare):
        declare("tenancy", TOLD, address=address, declarer="self", happened_on=today, by=world.wang, at=now)
    with pytest.raises(NotYetHappened):
        declare(
            "arrival", TOLD, address=address, declarer="self", happened_on=today + dt.timedelta(days=3), by=world.wang,
            at=now,
        )  # fmt: skip
    with pytest.raises((NotAllowed, NotVisible)):
        declare("arrival", TOLD, address=lay_address(world.hebu_01, "河埠街3号101"), declarer="officer",
                happened_on=today, by=world.lu, at=now)  # fmt: skip
    late = declare(
        "foreign_lodging", TOLD, address=address, declarer="host", happened_on=today - dt.timedelta(days=3),
        by=world.wang, at=now,
    )  # fmt: skip
    assert late.late
