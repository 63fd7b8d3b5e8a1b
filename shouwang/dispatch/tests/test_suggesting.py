"""Which crew goes, and why: nearest first, stale ones never, the community officer for a dispute nearby."""

import datetime as dt

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shouwang.dispatch import dispatching
from shouwang.dispatch.suggesting import suggest
from shouwang.dispatch.wording import duration
from shouwang.duty import shifts
from shouwang.duty.models import Crew, Shift, Unit
from shouwang.matters.steps import take_step
from shouwang.people.models import Person
from shouwang.tracking.models import LastFix

NEAR_QIAOXI = (111.4215, 27.6905)
NEAR_HEBU = (111.4370, 27.6905)


@pytest.fixture
def put(noon):  # type: ignore[no-untyped-def]
    """`put(unit, (lon, lat))`: where the unit is, as of `age_s` ago."""

    def place(unit: Unit, where: tuple[float, float], age_s: float = 5) -> None:
        shift = shifts.on_shift([unit.pk], noon)[unit.pk]
        LastFix.objects.update_or_create(
            unit=unit.pk,
            defaults={
                "shift": shift.pk,
                "at": noon - dt.timedelta(seconds=age_s),
                "lon": where[0],
                "lat": where[1],
                "duty_path": unit.duty_path,
            },
        )

    return place


def codes(words) -> list[str]:  # type: ignore[no-untyped-def]
    return [word.code for word in words]


def test_the_nearest_free_crew_is_first_with_its_reasons(world, call, noon, put):
    put(world.qx1, NEAR_QIAOXI)
    put(world.hb1, NEAR_HEBU)

    first, second = suggest(call, by=world.fang, at=noon)
    assert [first.unit.name, second.unit.name] == ["桥西1组", "河埠1组"]
    assert (first.rank, second.rank) == (1, 2)
    assert first.seconds < second.seconds
    assert {"own_ground", "two_sworn", "recorder", "free_for"} <= set(codes(first.reasons))
    assert "one_sworn" in codes(second.cautions)
    assert first.crew_line
    assert all(str(word) for word in (*first.reasons, *first.cautions))


def test_a_position_too_old_is_in_no_suggestion(world, call, noon, put):
    put(world.qx1, NEAR_QIAOXI, age_s=121)
    put(world.hb1, NEAR_HEBU)

    assert [one.unit.name for one in suggest(call, by=world.fang, at=noon)] == ["河埠1组"]


def test_a_crew_on_another_matter_comes_after_the_free_ones_and_says_so(world, call, other_call, noon, put, later):
    put(world.qx1, NEAR_QIAOXI)
    put(world.hb1, NEAR_HEBU)
    dispatching.send_unit(matter=other_call, unit=world.qx1, by=world.fang, at=noon)

    first, second = suggest(call, by=world.fang, at=noon)
    assert first.unit.name == "河埠1组"
    assert codes(second.cautions)[0] == "busy"
    assert second.cautions[0].figures["number"] == other_call.number


def test_a_crew_that_is_on_the_matter_is_not_suggested_for_it(world, call, noon, put):
    put(world.qx1, NEAR_QIAOXI)
    put(world.hb1, NEAR_HEBU)
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)

    assert [one.unit.name for one in suggest(call, by=world.fang, at=noon)] == ["河埠1组"]


def test_an_away_crew_says_why(world, call, noon, put):
    put(world.qx1, NEAR_QIAOXI)
    shifts.set_away(unit=world.qx1, reason="用餐", by=world.ming, at=noon)

    (only,) = suggest(call, by=world.fang, at=noon)
    assert only.caution_words[0].endswith("用餐")


def test_the_community_officer_goes_to_a_dispute_of_his_ground_though_another_is_nearer(world, open_call, noon, put):
    dispute = open_call(subkind="order.domestic")
    put(world.qx1, NEAR_QIAOXI)
    on_duty_with(world.shen.person, world.qx2, noon)
    put(world.qx2, (111.4230, 27.6915))

    first = suggest(dispute, by=world.fang, at=noon)[0]
    assert first.unit.name == "桥西2组"
    assert codes(first.reasons)[0] == "community_officer"
    fight = suggest(open_call(subkind="order.fight"), by=world.fang, at=noon)[0]
    assert fight.unit.name == "桥西1组"


def test_the_neighbouring_communitys_officer_has_no_such_preference(world, open_call, noon, put):
    dispute = open_call(subkind="order.domestic")
    put(world.qx1, NEAR_QIAOXI)
    on_duty_with(world.zhao.person, world.qx2, noon)
    put(world.qx2, (111.4230, 27.6915))

    assert suggest(dispute, by=world.fang, at=noon)[0].unit.name == "桥西1组"


def test_a_crew_whom_the_matter_concerns_is_not_suggested(world, open_call, noon, put):
    put(world.qx1, NEAR_QIAOXI)
    about_ming = open_call(not_persons=[world.ming.person_id])

    assert suggest(about_ming, by=world.fang, at=noon) == []


def test_an_alarm_level_names_who_goes_until_it_has_its_crews(world, call, noon, put, later):
    for unit, place in ((world.qx1, NEAR_QIAOXI), (world.hb1, NEAR_HEBU)):
        put(unit, place)
    take_step(call, "set_alarm", by=world.fang, at=noon, alarm_level=2, reason="人手不够")
    call.refresh_from_db()
    assert ["alarm_level" in codes(one.reasons) for one in suggest(call, by=world.fang, at=noon)] == [True, True]

    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    call.refresh_from_db()
    rest = suggest(call, by=world.fang, at=noon)
    assert [word.figures["number"] for word in rest[0].reasons if word.code == "alarm_level"] == [2]

    take_step(call, "set_alarm", by=world.fang, at=noon, alarm_level=1, reason="已控制")
    call.refresh_from_db()
    assert "alarm_level" not in codes(suggest(call, by=world.fang, at=noon)[0].reasons)


def test_taking_the_last_free_crew_is_said(world, call, noon, put):
    put(world.qx1, NEAR_QIAOXI)

    (only,) = suggest(call, by=world.fang, at=noon)
    assert "nobody_left" in codes(only.cautions)


def test_suggestions_ask_the_same_number_of_questions_for_one_unit_and_for_sixty(world, call, noon, put):
    put(world.qx1, NEAR_QIAOXI)
    with CaptureQueriesContext(connection) as few:
        suggest(call, by=world.fang.afresh(), at=noon)
    more_units(world, noon, 60, put)
    with CaptureQueriesContext(connection) as many:
        found = suggest(call, by=world.fang.afresh(), at=noon)

    assert len(found) == 9
    assert len(many) <= len(few)


def test_durations_are_written_as_people_say_them():
    with translation.override("zh-hans"):
        assert [duration(s) for s in (45, 130, 1560, 11_400)] == ["45秒", "2分10秒", "26分", "3小时10分"]


def on_duty_with(person: Person, unit: Unit, noon) -> None:  # type: ignore[no-untyped-def]
    shift = Shift.objects.create(unit=unit, during=DateTimeTZRange(noon, None), since=noon)
    Crew.objects.create(
        shift=shift, person=person, during=DateTimeTZRange(noon, None), sworn=person.sworn, recorder="5120499"
    )


def more_units(world, noon, n: int, put) -> None:  # type: ignore[no-untyped-def]
    for number in range(n):
        unit = Unit.objects.create(
            name=f"机动{number}组", form="car", home=world.station, duty_path=world.station.duty_path
        )
        Shift.objects.create(unit=unit, during=DateTimeTZRange(noon, None), since=noon)
        put(unit, (111.4190 + number * 0.0003, 27.6900))
