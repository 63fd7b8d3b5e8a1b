"""The alarm budget of a desk (trust U4), over shifts made up at random: see alarm_shift.py.

Short pieces of a shift in the suite; whole ones, with a surge in each, under `make prove`.
"""

import datetime as dt

import pytest

from shouwang.desk.tests import alarm_shift
from shouwang.desk.tests.alarm_shift import MORNING, Log, Shift
from shouwang.duty import alerts
from shouwang.duty.alerts import ESCALATE
from shouwang.duty.models import Alert, AlertKind
from shouwang.duty.ringing import Line, lines_of, urgency_of

TEN = dt.timedelta(minutes=10)
LOOKED_AT = dt.timedelta(seconds=5)  # how often the jobs process looks
ESCALATED = dt.timedelta(seconds=30)


def nothing_is_lost(log: Log) -> None:
    """At each moment each desk's list holds every open alert once, a call for help or support above all else."""
    for _at, _desk, lines, n_open in log.seen:
        shown = [alert.pk for line in lines for alert in line.alerts]
        assert len(shown) == len(set(shown)) == n_open
        ranks = [line.kind in (AlertKind.SOS, AlertKind.SUPPORT) for line in lines]
        assert ranks == sorted(ranks, reverse=True)


def none_waited(end: dt.datetime) -> None:
    """Somebody took notice of each, or its cause was gone, or it was passed on, all within thirty seconds."""
    assert ESCALATE + LOOKED_AT <= ESCALATED
    for alert in Alert.objects.filter(raised_at__lt=end - ESCALATED):
        dealt_with = min(filter(None, (alert.settled_at, alert.escalated_at)))
        assert dealt_with - alert.raised_at <= ESCALATED, alert


@pytest.mark.item("U4")
def test_half_an_hour_at_four_desks_rings_within_the_budget(world):
    log = Shift(world, seed=1).run(30)

    assert log.per_ten_minutes(4, MORNING, MORNING + 3 * TEN) <= 1
    nothing_is_lost(log)
    none_waited(MORNING + 3 * TEN)


@pytest.fixture
def bad_net(monkeypatch):
    """So bad that in the surge two tasks of five are not signed in time."""
    monkeypatch.setattr(alarm_shift, "UNSIGNED", 0.1)


@pytest.mark.item("U4")
@pytest.mark.usefixtures("bad_net")
def test_ten_times_as_many_calls_ring_at_no_desk_more_than_ten_times_in_ten_minutes(world):
    log = Shift(world, seed=1, surge=(0, 10)).run(12)

    assert log.most_at_a_desk(MORNING, MORNING + TEN) <= 10
    nothing_is_lost(log)
    none_waited(MORNING + 1.2 * TEN)


@pytest.mark.control
@pytest.mark.usefixtures("bad_net")
def test_control_alerts_laid_out_one_by_one_break_the_budget(world, monkeypatch):
    """Each a line of its own that rings at every desk."""
    monkeypatch.setattr(alarm_shift, "key_of", lambda line: (line.kind, str(line.first.pk)))

    log = Shift(world, seed=1, surge=(0, 10), lines=one_by_one).run(12)

    assert log.most_at_a_desk(MORNING, MORNING + TEN) > 10


@pytest.mark.control
def test_control_an_alert_that_is_not_passed_on_and_one_that_is_not_shown_are_found(world, monkeypatch):
    monkeypatch.setattr(alerts, "escalate", lambda at: 0)

    log = Shift(world, seed=1, surge=(0, 10), lines=lambda rows, who: lines_of(rows, who)[:1]).run(12)

    with pytest.raises(AssertionError):
        nothing_is_lost(log)
    with pytest.raises(AssertionError):
        none_waited(MORNING + 1.2 * TEN)


def one_by_one(rows, person):
    return [Line(one.kind, (one,), rings=True) for one in sorted(rows, key=urgency_of)]


@pytest.mark.prove
@pytest.mark.item("U4")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(3))
def test_a_whole_shift_with_a_surge_in_it_keeps_the_budget(world, seed):
    """Eight hours; from the fourth on, for ten minutes, ten times as many calls."""
    log = Shift(world, seed=100 + seed, surge=(240, 250)).run(480)

    surge = MORNING + dt.timedelta(minutes=240)
    quiet = log.per_ten_minutes(4, MORNING, surge)
    most = log.most_at_a_desk(surge, surge + TEN)
    print(f"seed {seed}: {quiet:.2f} in ten minutes at a desk, {most} in the surge, {Alert.objects.count()} in all")
    assert quiet <= 1
    assert most <= 10
    nothing_is_lost(log)
    none_waited(MORNING + 48 * TEN)
