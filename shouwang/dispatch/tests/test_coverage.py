"""How much of a ground is in time: worked out by hand on one long street."""

import pytest

from shouwang.dispatch.coverage import FreeCrew, by_hour, free_crews, if_sent, own_ground
from shouwang.dispatch.rapid import set_rapid
from shouwang.dispatch.tests.ground import laid, place
from shouwang.duty import shifts
from shouwang.people.access import Verb, spans
from shouwang.tracking.models import Fix, LastFix


@pytest.fixture
def own(world, as_role, noon):  # type: ignore[no-untyped-def]
    """The station's own ground with the street that runs through it."""
    laid(as_role, noon)
    return own_ground(world.areas["station"], noon)


def crew(world, unit, step: float) -> FreeCrew:  # type: ignore[no-untyped-def]
    return FreeCrew(unit.pk, unit.name, unit.form, True, place(step))


def test_only_the_own_ground_is_counted(own):
    nobody = own.cover([])

    assert 0 < nobody.homes < 31 * 10
    assert (nobody.homes_in, nobody.places_in, nobody.crews) == (0, 0, 0)


def test_one_crew_in_the_middle_reaches_ten_steps_each_way(world, own):
    steps = [round((own.graph.lon[node] - place(0)[0]) / 0.004) for node in own.demand.nodes]

    found = own.cover([crew(world, world.qx1, 10)])

    assert found.homes_in == sum(homes for step, homes in zip(steps, own.demand.homes, strict=True) if step <= 20)


def test_what_is_left_when_a_crew_goes_is_what_only_it_reached(world, own):
    crews = [crew(world, world.qx1, 6), crew(world, world.hb1, 10)]
    now = own.cover(crews)

    dearest, other = if_sent(own, crews, now)

    assert dearest.homes == now.homes_in - own.cover([one for one in crews if one is not dearest.crew]).homes_in
    assert dearest.homes >= other.homes


def test_a_shorter_promise_covers_less(world, own, noon):
    before = own.cover([crew(world, world.qx1, 10)])
    set_rapid(world.areas["station"], "force", {"on_street": 1, "branch": 2, "reserve": 5}, by=world.lin, at=noon)

    after = own_ground(world.areas["station"], noon).cover([crew(world, world.qx1, 10)])

    assert after.homes_in < before.homes_in


def test_earlier_hours_are_counted_by_the_fixes_of_then(world, own, noon):
    shift = shifts.on_shift([world.qx1.pk], noon)[world.qx1.pk]
    lon, lat = place(10)
    LastFix.objects.create(unit=world.qx1.pk, shift=shift.pk, at=noon, lon=lon, lat=lat, duty_path=world.qx1.duty_path)
    Fix.objects.create(unit=world.qx1.pk, shift=shift.pk, at=noon, received_at=noon, lon=lon, lat=lat, source="test")
    paths = spans(world.fang, Verb.UNIT_TRACK, noon)

    (one,) = [one for one in free_crews(paths, noon) if one.unit == world.qx1.pk]
    *_earlier, (then, last) = by_hour(own, paths, noon)

    assert then == noon
    assert last.homes_in >= own.cover([one]).homes_in > 0
