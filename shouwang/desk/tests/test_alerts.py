"""Alerts on the desk: shown until somebody takes notice, then silent everywhere."""

from shouwang.core import clock
from shouwang.duty.alerts import call_for_help, open_alerts


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
