"""From a duty model to a day on duty, on pages: chosen, worked out, approved, swapped, missed, in a calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.models import Absence, DutyModel, Roster, RosterState, Swap, Turn
from shouwang.duty.rosters.solving import work_out
from shouwang.duty.shifts import end_shift
from shouwang.people.models import Grant
from shouwang.solvers.rostering_rules import answer

ASKED = {"days": 7, "rest_h": 11, "nights": 3, "running": 6, "week_h": 48}


def quickly(question, told):
    return answer(question, seconds=5, workers=1, told=told)


def page(desk, who, address):
    found = desk(who).get(address)
    assert found.status_code == 200, (address, found.status_code)
    return found.content.decode()


def line(n: int, **told: str) -> dict[str, str]:
    return {f"{name}-{n}": value for name, value in told.items()}


@pytest.fixture
def model(world, desk):
    """值班室 of the station: one sworn officer by day on 桥西2组, one by night, set up on the page."""
    chosen = desk("lin").post(reverse("desk:duty_model_new"), {"preset": "2+1", "area": world.station.code})
    day = line(0, name="白班", begins="08:00", hours="12", number="1", needs="sworn", unit=str(world.qx2.pk))
    told = day | line(1, name="夜班", begins="20:00", hours="12", number="1", needs="sworn")
    assert desk("lin").post(chosen.url, {"name": "值班室", "partners": "物业"} | told).status_code == 302
    return DutyModel.objects.get()


@pytest.fixture
def roster(model, desk, as_role):
    """Worked out from today on, not approved yet; its address."""

    def made(first=None) -> str:
        first = first or clock.local_date(clock.now()) + dt.timedelta(days=1)
        asked = desk("zhou").post(reverse("desk:duty_rosters"), ASKED | {"model": str(model.pk), "first_on": first})
        assert asked.status_code == 302, asked.content.decode()
        with as_role("jobs"):
            work_out(Roster.objects.latest("asked_at").pk, at=clock.now(), solving=quickly)
        return asked.url

    return made


@pytest.mark.item("S-ORG-005", "S-ORG-020", "S-ORG-023")
@pytest.mark.parametrize("preset", ["1+4", "1412", "4+X"])
def test_a_station_picks_a_template_and_sees_what_its_staff_lacks(world, desk, preset):
    text = page(desk, "lin", reverse("desk:duty_rosters"))
    assert "1+4融合勤务" in text
    chosen = desk("lin").post(reverse("desk:duty_model_new"), {"preset": preset, "area": world.station.code})

    shown = page(desk, "lin", chosen.url)
    assert {"1+4": "志愿者", "1412": "带班副所长", "4+X": "巡逻队"}[preset] in shown
    assert {"1+4": "够", "1412": "缺 5 人", "4+X": "缺 11 人"}[preset] in shown
    assert desk("lu").get(chosen.url).status_code in (403, 404)


@pytest.mark.item("S-ORG-022", "S-ORG-024")
def test_a_roster_is_worked_out_edited_and_approved_and_below_strength_shows_on_the_day(world, desk, roster):
    address = roster()
    text = page(desk, "zhou", address)
    for words in ("待批准", "每人夜班", "白班", "夜班", "1/1"):
        assert words in text
    turn = Turn.objects.filter(slot="s2").order_by("on").first()
    after = turn.on + dt.timedelta(days=1)
    moved = {"person": str(turn.person_id), "on": after.isoformat(), "slot": "s1"}
    assert (
        "两班之间休息" in desk("zhou").post(f"{address}edits/", moved, headers={"HX-Request": "true"}).content.decode()
    )
    assert desk("zhou").post(f"{address}approval/").status_code == 409
    taken = {"person": str(turn.person_id), "on": after.isoformat(), "slot": ""}
    assert desk("zhou").post(f"{address}edits/", taken).status_code == 302
    assert desk("ming").get(address).status_code == 404

    assert desk("zhou").post(f"{address}approval/").status_code == 302
    assert "生效" in page(desk, "ming", address)
    short = Turn.objects.filter(slot="s1").order_by("-on").first()
    desk("zhou").post(f"{address}edits/", {"person": str(short.person_id), "on": short.on.isoformat(), "slot": ""})
    board = page(desk, "fang", f"{reverse('desk:duty_day')}?on={short.on.isoformat()}")
    assert "人数不足" in board
    assert "白班：0/1" in board


def test_leave_asked_by_the_person_and_granted_by_the_lead_names_itself_in_a_conflict(world, desk, roster, model):
    first = clock.local_date(clock.now()) + dt.timedelta(days=1)
    told = line(0, name="辅警", begins="08:00", hours="6", number="1", needs="unsworn")
    desk("lin").post(reverse("desk:duty_model", args=[model.pk]), {"name": "辅警班"} | told)
    asked = {"kind": "leave", "first_on": first.isoformat(), "last_on": first.isoformat()}
    assert desk("he").post(reverse("desk:own_duty"), asked).status_code == 302
    assert desk("he").post(reverse("desk:own_duty"), asked | {"last_on": "2020-01-01"}).status_code == 422
    leave = Absence.objects.get()
    decision = reverse("desk:duty_absence", args=[leave.pk])
    assert desk("ming").post(decision, {"act": "grant"}).status_code == 404
    assert "何川" in page(desk, "zhou", reverse("desk:duty_rosters"))
    assert desk("zhou").post(decision, {"act": "grant"}).status_code == 302
    assert desk("zhou").post(decision, {"act": "refuse"}).status_code == 409

    text = page(desk, "zhou", roster(first))
    assert Roster.objects.get().state == RosterState.CONFLICT
    assert "何川休假" in text
    assert "需要 1 人" in text


def test_a_swap_needs_the_other_and_the_lead_and_keeps_the_rules(world, desk, roster):
    address = roster()
    desk("zhou").post(f"{address}approval/")
    turns = list(Turn.objects.order_by("on", "slot").select_related("person"))
    given = turns[0]
    taken = next(
        one for one in turns
        if one.person_id != given.person_id and one.on != given.on
        and not Turn.objects.filter(person=one.person_id, on__range=_around(given.on)).exclude(pk=one.pk).exists()
        and not Turn.objects.filter(person=given.person_id, on__range=_around(one.on)).exclude(pk=given.pk).exists()
    )  # fmt: skip
    giver, taker = given.person.login, taken.person.login
    asked = {"given": str(given.pk), "taken": str(taken.pk)}
    assert desk(taker).post(reverse("desk:duty_swap_new"), asked).status_code == 404  # not his to give
    assert desk(giver).post(reverse("desk:duty_swap_new"), asked).status_code == 302
    swap = reverse("desk:duty_swap", args=[Swap.objects.get().pk])
    lead = next(who for who in ("zhou", "lin", "cheng") if who not in (giver, taker))
    assert desk(lead).post(swap, {"act": "approve"}).status_code == 409  # the other has not agreed
    assert desk(giver).post(swap, {"act": "agree"}).status_code == 404
    assert desk(taker).post(swap, {"act": "agree"}).status_code == 302
    assert "待批的调班" in page(desk, lead, reverse("desk:duty_day"))
    assert desk(lead).post(swap, {"act": "approve"}).status_code == 302

    assert Turn.objects.get(pk=given.pk).person_id == taken.person_id
    assert Turn.objects.get(pk=taken.pk).person_id == given.person_id
    assert Turn.objects.get(pk=taken.pk).on == taken.on


def _around(day: dt.date) -> tuple[dt.date, dt.date]:
    return day - dt.timedelta(days=1), day + dt.timedelta(days=1)


def test_a_no_show_is_noted_with_what_was_done_and_the_rostered_crew_signs_on(world, desk, roster):
    now = clock.now()
    address = roster()
    desk("zhou").post(f"{address}approval/")
    turn = Turn.objects.filter(slot="s1").select_related("person").first()
    begun = (now - dt.timedelta(hours=1), now + dt.timedelta(hours=5))
    Turn.objects.filter(slot="s1").exclude(pk=turn.pk).delete()
    Turn.objects.filter(pk=turn.pk).update(on=clock.local_date(now), during=begun)
    for unit in (world.qx1, world.hb1):
        end_shift(unit=unit, by=world.zhou, at=now)

    board = page(desk, "zhou", reverse("desk:duty_day"))
    assert "还没上岗" in board
    assert "桥西2组" in board
    on = reverse("desk:duty_sign_on", args=[world.qx2.pk])
    assert desk("zhou").post(on, {}).status_code == 400  # recorder
    assert desk("zhou").post(on, {f"recorder-{turn.person_id}": "5120499"}).status_code == 302
    assert "已上岗" in page(desk, "zhou", reverse("desk:duty_day"))

    missed = reverse("desk:duty_missed", args=[turn.pk])
    assert desk("zhou").post(missed, {"done": " "}).status_code == 422
    assert desk("ming").post(missed, {"done": "李想顶班"}).status_code == 403
    assert desk("zhou").post(missed, {"done": "李想顶班"}).status_code == 302
    assert "李想顶班" in page(desk, "zhou", reverse("desk:duty_day"))


def test_a_calendar_opens_by_its_secret_alone_and_not_after_it_was_taken_back(world, desk, roster):
    client = Client()
    desk("zhou").post(f"{roster()}approval/")
    turn = Turn.objects.order_by("on").select_related("person").first()
    who = turn.person.login
    shown = desk(who).post(reverse("desk:duty_feed")).content.decode()
    address = shown[shown.index("/desk/calendar/") :].split("<")[0]

    told = client.get(address)
    assert told.headers["Content-Type"].startswith("text/calendar")
    text = told.content.decode()
    assert text.count("BEGIN:VEVENT") == Turn.objects.filter(person=turn.person_id).count()
    assert f"DTSTART:{turn.during.lower.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in text
    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))
    assert turn.person.name not in text
    assert Grant.objects.get(kind="calendar").token_hash not in (None, b"")

    desk(who).post(reverse("desk:duty_feed"), {"act": "end"})
    assert client.get(address).status_code == 404
    assert client.get("/desk/calendar/guessed.ics").status_code == 404
