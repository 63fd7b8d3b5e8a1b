"""Listing terminals: by whoever manages the unit, and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.connections.jt808.models import Terminal
from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session

PAGE = reverse("administration:terminals")


@pytest.fixture
def lin(world) -> Client:
    browser = Client()
    browser.cookies[SESSION] = open_session(world.lin.person, label="test", at=clock.now(), proven=True)[1]
    return browser


def test_a_terminal_is_listed_opened_again_and_taken_off(world, lin):
    assert "还没有终端" in lin.get(PAGE).content.decode()

    listed = lin.post(PAGE, {"number": "13900000001", "unit": world.qx1.pk, "datum": "gcj02"})
    row = Terminal.objects.get()
    assert (listed.status_code, row.unit, row.datum) == (302, world.qx1, "gcj02")

    row.open_until = None
    row.save()
    lin.post(reverse("administration:terminal", args=["open"]), {"terminal": row.pk})
    row.refresh_from_db()
    assert row.open_until > clock.now()

    lin.post(reverse("administration:terminal", args=["take-off"]), {"terminal": row.pk})
    assert not Terminal.objects.exists()


def test_a_wrong_number_is_told_at_its_field(world, lin):
    answer = lin.post(PAGE, {"number": "abc", "unit": world.qx1.pk, "datum": "wgs84"})
    assert answer.status_code == 422
    assert "不是终端号" in answer.content.decode()


def test_a_terminal_of_another_ground_does_not_exist(world, lin):
    answer = lin.post(reverse("administration:terminal", args=["open"]), {"terminal": "garbled"})
    assert answer.status_code == 404
