"""A gateway and a mail server that accept and say nothing: from call to close the desk asks neither (R5)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shouwang.core import clock
from shouwang.dispatch import dispatching
from tests.journeys.test_calls_at_the_desk import crew_at_the_scene, step, taken_down


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[socket.socket]]:
    """SMS and mail are set up, and their peers never answer."""
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as gateway,
        closing(socket.create_server(("127.0.0.1", 0))) as post_office,
    ):
        given = {
            "sms_url": f"http://127.0.0.1:{gateway.getsockname()[1]}", "sms_secret": "x",
            "mail_url": f"smtp://127.0.0.1:{post_office.getsockname()[1]}", "mail_from": "noreply@qingshi.example",
        }  # fmt: skip
        monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, **given))
        yield [gateway, post_office]


def was_called(peer: socket.socket) -> bool:
    peer.setblocking(False)
    try:
        peer.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.mark.item("R5")
def test_from_call_to_close_nobody_is_waited_for(world: Any, desk: Any, silent: list[socket.socket]) -> None:
    fang: Client = desk("fang")

    call = taken_down(world, fang, number="13800000021", subkind="help.illness", gist="老人昏迷")
    assignment = crew_at_the_scene(world, fang, call)
    dispatching.clear(assignment=assignment, by=world.ming.afresh(), at=clock.now())
    call = step(fang, call, "close", outcome="handed_over")

    assert call.phase == "done"
    assert [was_called(peer) for peer in silent] == [False, False]


def test_control_a_peer_that_is_asked_is_noticed(silent: list[socket.socket]) -> None:
    with closing(socket.create_connection(silent[0].getsockname())):
        assert was_called(silent[0])
