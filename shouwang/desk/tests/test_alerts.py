"""Alerts on the desk: shown until somebody takes notice, then silent everywhere."""

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.duty.alerts import call_for_help, open_alerts
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session


@pytest.fixture
def desk(world):  # type: ignore[no-untyped-def]
    """`desk("fang")`: a signed-in browser."""

    def sign_in(who: str) -> Client:
        client = Client()
        client.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
        return client

    return sign_in


def test_a_call_for_help_is_shown_and_sounds_until_somebody_takes_notice(world, desk):
    alert = call_for_help(unit=world.qx1, by=world.ming, at=clock.now())
    fang, zhou = desk("fang"), desk("zhou")

    shown = fang.get("/desk/alerts/").content.decode()
    assert 'data-open="sos"' in shown
    assert "民警求援" in shown
    silent = fang.post(f"/desk/alerts/{alert.pk}/").content.decode()
    assert 'data-open=""' in silent
    assert 'data-open=""' in zhou.get("/desk/alerts/").content.decode()
    assert zhou.post(f"/desk/alerts/{alert.pk}/").status_code == 200  # too late, and told so by what is shown
    assert open_alerts(world.fang, clock.now()) == []


def test_who_cannot_send_hears_nothing_and_settles_nothing(world, desk):
    alert = call_for_help(unit=world.qx1, by=world.ming, at=clock.now())

    assert "民警求援" not in desk("shen").get("/desk/alerts/").content.decode()
    assert desk("shen").post(f"/desk/alerts/{alert.pk}/").status_code == 403
