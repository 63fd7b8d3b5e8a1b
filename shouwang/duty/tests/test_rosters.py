"""Duty models and rosters: chosen, asked for, worked out by a job, changed by hand, put in force."""

import datetime as dt

import pytest

from shouwang.core import clock
from shouwang.duty.models import Absence, DutyModel, Roster, RosterState, Turn
from shouwang.duty.rosters.adapting import change_model, choose_model, strength_of
from shouwang.duty.rosters.asking import Limits, RosterUnusable, ask_roster, question_of, visible_rosters
from shouwang.duty.rosters.editing import RosterNotOpen, RulesBroken, approve, put_turn
from shouwang.duty.rosters.presets import PRESETS
from shouwang.duty.rosters.showing import show
from shouwang.duty.rosters.slots import SlotsUnusable
from shouwang.duty.rosters.solving import work_out
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.solvers.rostering_apart import in_own_process
from shouwang.solvers.rostering_rules import answer

LINE = {"name": "值班", "begins": "08:00", "hours": "12", "number": "1", "needs": "sworn"}
NIGHT = LINE | {"name": "夜班", "begins": "20:00"}


def quickly(question, told):
    return answer(question, seconds=5, workers=1, told=told)


@pytest.fixture
def office(world, noon):
    """A function: a duty model of the station with these lines."""

    def made(*lines) -> DutyModel:
        row = choose_model("2+1", area=world.station, by=world.lin, at=noon)
        return change_model(row, name="值班室", partners="", lines=lines, by=world.lin, at=noon)

    return made


@pytest.fixture
def worked_out(world, noon, as_role):
    """A function: a roster of that model, worked out by the job."""

    def made(model: DutyModel, days: int = 7, **more) -> Roster:
        first = clock.local_date(noon) + dt.timedelta(days=1)
        row = ask_roster(model, first_on=first, days=days, limits=Limits(**more), by=world.zhou, at=noon)
        with as_role("jobs"):
            work_out(row.pk, at=noon, solving=quickly)
        return Roster.objects.select_related("area", "model").get(pk=row.pk)

    return made


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_every_preset_becomes_rows_that_the_office_can_change(world, noon, preset):
    row = choose_model(preset, area=world.station, by=world.lin, at=noon)

    assert row.slots == [slot.as_json() for slot in PRESETS[preset].slots]
    assert len({slot["code"] for slot in row.slots}) == len(row.slots)
    assert len(strength_of(row, noon)) == len(row.slots)


def test_the_presets_are_what_their_names_say():
    def number(preset: str, needs: str) -> int:
        return sum(slot.number for slot in PRESETS[preset].slots if slot.needs == needs)

    assert (number("1412", "head"), number("1412", "community"), number("1412", "unsworn")) == (1, 4, 12)
    four = PRESETS["4+X"].slots
    assert [(slot.needs, slot.number) for slot in four] == [
        ("community", 1), ("unsworn", 2), ("unsworn", 1), ("unsworn", 12)
    ]  # fmt: skip
    assert {slot.team for slot in PRESETS["4x16"].slots} == {"第一片区", "第二片区", "第三片区", "第四片区"}
    assert sum(slot.minutes for slot in PRESETS["4x16"].slots) == 4 * 24 * 60
    assert PRESETS["half"].slots[0].ends == PRESETS["half"].slots[2].begins == "00:30"  # PAT-05


@pytest.mark.parametrize(
    "wrong",
    [{"begins": "25:00"}, {"hours": "30"}, {"number": "-1"}, {"number": "nan"}, {"needs": "wizard"}, {"name": " "}],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_reason(office, wrong):
    with pytest.raises(SlotsUnusable):
        office(LINE | wrong)


def test_only_whoever_writes_rosters_there_chooses_asks_and_approves(world, noon, office, worked_out):
    model = office(LINE)
    for who in (world.fang, world.shen, world.ming):
        with pytest.raises((NotAllowed, NotVisible)):
            choose_model("1+4", area=world.station, by=who, at=noon)
        with pytest.raises((NotAllowed, NotVisible)):
            ask_roster(model, first_on=clock.local_date(noon), days=7, limits=Limits(), by=who, at=noon)
    row = worked_out(model)
    assert list(visible_rosters(world.ming, noon)) == []  # a proposal is not told yet
    with pytest.raises((NotAllowed, NotVisible)):
        approve(row, by=world.ming, at=noon)
    approve(row, by=world.zhou, at=noon)
    assert list(visible_rosters(world.ming, noon)) == [row]
    assert list(visible_rosters(world.stranger, noon)) == []


def test_a_roster_covers_each_day_and_shares_the_nights(noon, office, worked_out):
    row = worked_out(office(LINE, NIGHT), days=14)
    shown = show(row, noon)

    assert row.state == RosterState.PROPOSED
    assert row.turns.count() == 28
    assert (shown.missing, shown.broken_words) == (0, [])
    least, most = shown.spread["nights"]
    assert most - least <= 1


def test_leave_is_kept_and_a_wish_that_is_not_granted_says_why(world, noon, office, worked_out):
    first = clock.local_date(noon) + dt.timedelta(days=1)
    for who in (world.zhou, world.lin, world.shen, world.zhao, world.ming, world.li):
        Absence.objects.create(person=who.person, kind="leave", state="granted", first_on=first, last_on=first,
                               asked_at=noon)  # fmt: skip
    Absence.objects.create(person=world.guan.person, kind="wish_off", first_on=first, last_on=first, asked_at=noon)
    row = worked_out(office(LINE))

    assert [turn.person_id for turn in row.turns.filter(on=first)] == [world.guan.person_id]
    assert [str(words) for words in show(row, noon).not_granted] == ["关振希望11-23不上：值班需要"]


def test_rules_that_conflict_are_named_as_few_as_there_are(world, noon, office, worked_out):
    first = clock.local_date(noon) + dt.timedelta(days=3)
    Absence.objects.create(person=world.he.person, kind="leave", state="granted", first_on=first, last_on=first,
                           asked_at=noon)  # fmt: skip
    row = worked_out(office(LINE | {"needs": "unsworn", "hours": "6"}), days=5)

    assert row.state == RosterState.CONFLICT
    assert row.proven
    assert [str(words) for words in show(row, noon).conflict_words] == [
        "11-25 值班：需要 1 人（辅警或治安员），合适的有 1 人",
        "何川休假或已排其他班：11-25",
    ]


def test_a_hand_edit_is_checked_at_once_and_a_broken_rule_stops_approval(world, noon, office, worked_out):
    row = worked_out(office(LINE, NIGHT))
    turn = row.turns.filter(slot="s2").order_by("on").first()
    put_turn(row, person=turn.person_id, on=turn.on + dt.timedelta(days=1), slot="s1", by=world.zhou, at=noon)

    assert any("11 小时" in str(words) for words in show(row, noon).broken_words)
    with pytest.raises(RulesBroken):
        approve(row, by=world.zhou, at=noon)
    put_turn(row, person=turn.person_id, on=turn.on + dt.timedelta(days=1), slot="", by=world.zhou, at=noon)
    Turn.objects.filter(roster=row, by_hand=True).delete()
    assert approve(row, by=world.zhou, at=noon).state == RosterState.IN_FORCE
    with pytest.raises(RosterNotOpen):
        approve(row, by=world.zhou, at=noon)


def test_a_newer_roster_of_the_same_model_takes_its_days_over(world, noon, office, worked_out):
    model = office(LINE)
    old, new = worked_out(model), worked_out(model)
    approve(old, by=world.zhou, at=noon)
    approve(new, by=world.zhou, at=noon)

    old.refresh_from_db()
    assert (old.state, old.turns.count(), new.turns.count()) == (RosterState.REPLACED, 0, 7)


def test_the_past_and_more_than_five_weeks_are_refused(world, noon, office):
    model = office(LINE)
    today = clock.local_date(noon)
    for first, days in ((today - dt.timedelta(days=1), 7), (today, 36), (today, 0)):
        with pytest.raises(RosterUnusable):
            ask_roster(model, first_on=first, days=days, limits=Limits(), by=world.zhou, at=noon)


def test_the_search_runs_in_a_process_of_its_own_and_tells_each_better_one(noon, office, worked_out):
    told = []
    found = in_own_process(question_of(worked_out(office(LINE)), noon), lambda cost, bound: told.append((cost, bound)))

    assert len(found.cells) == 7
    assert told[-1][0] == found.cost
