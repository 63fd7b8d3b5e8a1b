"""Signing on and off, with a crew."""

import pytest

from shouwang.duty import shifts
from shouwang.duty.models import Crew
from shouwang.duty.shifts import (
    CrewMember,
    NobodyOnCrew,
    NotOfThisUnit,
    NotOnDuty,
    OnAnotherUnit,
    OnDutyAlready,
    RecorderMissing,
)
from shouwang.duty.units import UnitNameMissing, UnitNameTaken, set_up_unit, units_seen_by
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible


def test_somebody_of_the_crew_signs_the_unit_on(world, noon):
    crew = [CrewMember(world.shen.person, recorder="５１２０４９９", lead=True)]
    shift = shifts.start_shift(unit=world.qx2, crew=crew, by=world.shen, at=noon)

    assert shifts.on_shift([world.qx2.pk], noon) == {world.qx2.pk: shift}
    assert shifts.sworn_on(shift, noon) == 1
    row = shifts.crews([shift.pk], noon)[shift.pk][0]
    assert (row.recorder, row.lead) == ("5120499", True)
    assert Entry.objects.get(verb="shift.start").subject == world.qx2.pk


def test_the_duty_lead_signs_others_on(world, noon):
    crew = [CrewMember(world.shen.person, no_recorder="送修")]

    assert shifts.start_shift(unit=world.qx2, crew=crew, by=world.zhou, at=noon)


@pytest.mark.parametrize("who", ["lu", "su", "fang", "stranger", "wang"])
def test_nobody_else_does(world, noon, who):
    crew = [CrewMember(world.shen.person, recorder="5120499")]

    with pytest.raises((NotOfThisUnit, NotAllowed, NotVisible)):
        shifts.start_shift(unit=world.qx2, crew=crew, by=world.cast[who], at=noon)


def test_a_unit_goes_on_duty_once_with_somebody_and_a_recorder_or_a_reason(world, noon):
    with pytest.raises(NobodyOnCrew):
        shifts.start_shift(unit=world.qx2, crew=[], by=world.zhou, at=noon)
    with pytest.raises(RecorderMissing):
        shifts.start_shift(unit=world.qx2, crew=[CrewMember(world.shen.person)], by=world.zhou, at=noon)
    crew = [CrewMember(world.shen.person, recorder="1")]
    with pytest.raises(OnDutyAlready):
        shifts.start_shift(unit=world.qx1, crew=crew, by=world.zhou, at=noon)


def test_a_person_is_on_one_unit_at_a_time(world, noon):
    with pytest.raises(OnAnotherUnit) as refused:
        shifts.start_shift(unit=world.qx2, crew=[CrewMember(world.ming.person, "1")], by=world.zhou, at=noon)
    assert refused.value.given["who"] == "周明远"
    assert str(refused.value.given["unit"]) == "桥西1组"


def test_signing_off_ends_the_crews_time_too(world, noon, later):
    shift = shifts.end_shift(unit=world.qx1, by=world.ming, at=later(60))

    assert shift.during.upper == later(60)
    assert not Crew.objects.filter(shift=shift, during__endswith__isnull=True).exists()
    assert shifts.on_shift([world.qx1.pk], later(61)) == {}
    assert shifts.on_shift([world.qx1.pk], later(59)) == {world.qx1.pk: shift}
    with pytest.raises(NotOnDuty):
        shifts.end_shift(unit=world.qx1, by=world.ming, at=later(120))


def test_a_crew_changes_while_the_unit_is_on_duty(world, noon, later):
    shifts.leave_crew(unit=world.qx1, person=world.he.person, by=world.ming, at=later(10))
    shifts.join_crew(unit=world.qx1, member=CrewMember(world.shen.person, "5120499"), by=world.shen, at=later(20))

    shift = shifts.on_shift([world.qx1.pk], later(30))[world.qx1.pk]
    assert {row.person_id for row in shifts.crews([shift.pk], later(30))[shift.pk]} == {
        world.ming.person_id,
        world.li.person_id,
        world.shen.person_id,
    }
    with pytest.raises(NobodyOnCrew):
        shifts.leave_crew(unit=world.hb1, person=world.guan.person, by=world.guan, at=later(30))


def test_away_and_free_again(world, noon, later):
    away = shifts.set_away(unit=world.qx1, reason="用餐", by=world.li, at=noon)
    assert (away.availability, away.away_reason) == ("away", "用餐")
    free = shifts.set_free(unit=world.qx1, by=world.zhou, at=later(60))
    assert (free.availability, free.since) == ("free", later(60))
    with pytest.raises(NotOfThisUnit):
        shifts.set_away(unit=world.qx1, reason="用餐", by=world.guan, at=noon)


def test_booths_and_rapid_posts_stand_in_the_same_list_as_cars(world, noon):
    rapid = set_up_unit(
        home=world.station,
        name="广场快警平台",
        form="rapid",
        by=world.lin,
        at=noon,
        initials="GC",
        point=(111.43, 27.69),
    )

    assert rapid.initials == "gc"
    names = [unit.name for unit in units_seen_by(world.fang, noon)]
    assert {"广场快警平台", "东门岗亭", "桥西1组"} <= set(names)
    with pytest.raises(UnitNameTaken):
        set_up_unit(home=world.station, name="广场快警平台", form="rapid", by=world.lin, at=noon)
    with pytest.raises(UnitNameMissing):
        set_up_unit(home=world.station, name="  ", form="car", by=world.lin, at=noon)
    with pytest.raises((NotAllowed, NotVisible)):
        set_up_unit(home=world.station, name="桥西9组", form="car", by=world.fang, at=noon)
