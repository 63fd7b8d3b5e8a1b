"""Before the town relies on a channel somebody tries it, and sees whether the peer took the message."""

from typing import Any

import pytest

from shouwang.connections.sms.simulator import Simulator
from shouwang.journal.models import Entry
from shouwang.notices.models import Channel
from shouwang.notices.rehearsing import ChannelNotSetUp, RehearsalFailed, rehearse
from shouwang.notices.tests.conftest import NOON
from shouwang.people.access import NotAllowed


def test_the_system_administrator_sends_a_test_message(phones: Simulator, world: Any) -> None:
    rehearse(Channel.SMS, "13800002086", by=world.xi.administering(), at=NOON)

    assert [one.to for one in phones.messages.values()] == ["13800002086"]
    assert Entry.objects.filter(verb="notice.rehearse").count() == 1


def test_nobody_else_does(phones: Simulator, world: Any) -> None:
    with pytest.raises(NotAllowed):
        rehearse(Channel.SMS, "13800002086", by=world.fang, at=NOON)

    assert phones.messages == {}


def test_a_channel_that_is_not_set_up_is_said_to_be_so(world: Any) -> None:
    with pytest.raises(ChannelNotSetUp):
        rehearse(Channel.MAIL, "a@example.cn", by=world.xi.administering(), at=NOON)


@pytest.mark.parametrize("number", ["13800000001", "13800000004"])
def test_a_refusal_is_told(number: str, phones: Simulator, world: Any) -> None:
    with pytest.raises(RehearsalFailed):
        rehearse(Channel.SMS, number, by=world.xi.administering(), at=NOON)
