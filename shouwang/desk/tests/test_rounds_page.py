"""Rounds at the desk: planned in walking order, walked stop by stop, counted in hours; the diary writes itself."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.duty.models import Crew
from shouwang.kinds.visit.wishes import note_wish
from shouwang.kinds.visit.wishes import open_due as open_visits
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Matter
from shouwang.places.models import Address, FoundPlace
from shouwang.rounds.models import Activity, Round, Stop

PLACE = "桥西路12号"


@pytest.fixture
def shen(world, desk_of) -> Client:
    return desk_of(world.shen)


@pytest.fixture
def due(world, two_doors) -> dict[str, str]:
    """A visit with its code, and three hazards, all due within a week."""
    at = clock.now()
    point = (111.427, 27.686)
    _wish, code = note_wish(
        told=Told(name="陈奶奶", number="13800000000"), need="alone", every_days=1, place_text=PLACE, point=point,
        ends_on=clock.local_date(at) + dt.timedelta(days=90), by=world.shen, at=at,
    )  # fmt: skip
    open_visits(at)
    for n in range(3):
        open_matter(
            kind="hazard", by=world.shen, at=at, point=(111.4272 + n / 3000, 27.6862), subkind="fire.exit_blocked",
            urgency=2, gist="楼道堆物", place_text=f"桥西路{20 + n}号",
        )  # fmt: skip
    return {"code": code}


def plan(browser: Client, walker: object, **given: object) -> int:
    starts = clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    keys = [str(one.pk) for one in Matter.objects.filter(kind__in=("visit", "hazard"))]
    asked = {"walker": str(walker), "starts_at": starts, "hours": "6", "place_text": PLACE, "chosen": "0",
             "matters": keys}  # fmt: skip
    return browser.post(reverse("desk:round_new"), asked | given).status_code


@pytest.mark.item("S-VIS-008")
def test_what_is_due_is_laid_in_walking_order_and_walked_with_the_persons_code(world, shen, due):
    assert "桥西路21号" in shen.get(reverse("desk:round_new")).content.decode()
    assert plan(shen, world.shen.person_id) == 302
    row = Round.objects.get()
    assert (row.stops.count(), row.left_out) == (4, 0)
    stop = row.stops.get(kind="visit")
    page = shen.get(reverse("desk:round", args=[row.pk])).content.decode()
    assert "陈" not in page
    assert page.index(row.stops.get(place=1).place_text) < page.index(row.stops.get(place=4).place_text)

    done = reverse("desk:round_stop", args=[row.pk, stop.pk])
    assert shen.post(done, {"outcome": "done", "code": "99999"}).status_code == 400
    assert shen.post(done, {"outcome": "done", "code": due["code"]}).status_code == 302

    visit = Matter.objects.get(kind="visit")
    assert (visit.outcome, visit.facts["proof"]) == ("met", "code")


def test_a_grid_worker_walks_what_was_planned_for_her_and_sees_no_more(world, shen, due, desk_of):
    assert plan(shen, world.lu.person_id) == 302
    row, lu = Round.objects.get(), desk_of(world.lu)
    assert "陆禾" in lu.get(reverse("desk:rounds")).content.decode()
    stop = row.stops.get(kind="visit")
    lu.post(reverse("desk:round_stop", args=[row.pk, stop.pk]), {"outcome": "done", "remark": "身体都好"})
    stop.refresh_from_db()
    assert stop.outcome == "done"
    assert Matter.objects.get(kind="visit").is_open  # whoever answers for it closes it
    assert lu.get(reverse("desk:matter", args=[stop.matter])).status_code == 403
    assert desk_of(world.shi).get(reverse("desk:round", args=[row.pk])).status_code == 404


@pytest.mark.item("S-VIS-008")
def test_the_way_keeps_to_the_hours_within_which_somebody_is_there(world, shen, due):
    visit, *hazards = Matter.objects.filter(kind__in=("visit", "hazard")).order_by("kind")[::-1]
    morning = (clock.now().astimezone(clock.SHANGHAI) + dt.timedelta(days=1)).replace(hour=9, minute=0)
    given = {"starts_at": morning.strftime("%Y-%m-%dT%H:%M"), f"from_{visit.pk}": "11:30", f"until_{visit.pk}": "12:00",
             f"until_{hazards[0].pk}": "08:00"}  # fmt: skip
    assert plan(shen, world.shen.person_id, **given | {f"until_{visit.pk}": "11:00"}) == 422
    assert plan(shen, world.shen.person_id, **given | {f"until_{visit.pk}": "late"}) == 422
    assert plan(shen, world.shen.person_id, **given) == 302

    row = Round.objects.get()
    stop = row.stops.get(kind="visit")
    assert (row.stops.count(), row.left_out) == (3, 1)  # where the hours are over before one sets out, nobody goes
    assert f"{stop.expected_at.astimezone(clock.SHANGHAI):%H:%M}" >= "11:30"
    assert "11:30–12:00" in shen.get(reverse("desk:round", args=[row.pk])).content.decode()


def test_who_may_not_walk_here_and_what_does_not_fit_are_told(world, shen, due):
    assert plan(shen, world.shi.person_id) == 422
    assert plan(shen, world.shen.person_id, matters=[]) == 422
    assert plan(shen, world.shen.person_id, place_text="没有这个地方") == 422


@pytest.mark.item("S-VIS-004")
def test_hours_from_the_duty_log_and_rounds_are_told_to_the_lead_when_they_are_too_many(world, shen, due, desk_of):
    plan(shen, world.shen.person_id)
    row = Round.objects.get()
    shen.post(reverse("desk:round_act", args=[row.pk, "begin"]))
    shen.post(reverse("desk:round_act", args=[row.pk, "end"]))
    now = clock.now()
    Round.objects.filter(pk=row.pk).update(begun_at=now - dt.timedelta(hours=17), ended_at=now)

    page = desk_of(world.zhou).get(reverse("desk:hours")).content.decode()

    assert "超过 11 小时" in page
    assert "不是表扬" in page
    own = shen.get(reverse("desk:hours")).content.decode()
    assert "沈知行" in own
    assert "周明远" not in own or not Crew.objects.filter(person=world.ming.person_id).exists()


@pytest.mark.item("S-VIS-011", "S-VIS-017")
def test_a_leaflet_round_counts_numbers_and_the_share_of_other_work_is_seen(world, desk_of):
    lu = desk_of(world.lu)
    today = str(clock.local_date(clock.now()))
    leaflets = {"work": "leaflets", "on": today, "minutes": "90", "n_staff": "2", "topic": "防诈骗",
                "streets": "桥西路、染坊巷", "reached": "46", "questions": "刷单是不是诈骗"}  # fmt: skip
    assert lu.post(reverse("desk:activity_new"), leaflets).status_code == 302
    assert lu.post(reverse("desk:activity_new"), leaflets | {"work": "home_visit"}).status_code == 422
    lu.post(reverse("desk:activity_new"), {"work": "civic_drive", "on": today, "minutes": "60", "n_staff": "3"})

    page = lu.get(reverse("desk:diary")).content.decode()

    assert "染坊巷" in page
    assert "50 %" in page  # 2 × 90 and 3 × 60
    fields = {field.name for field in Activity._meta.get_fields()}
    assert not fields & {"name", "person", "identity", "address", "resident"}


@pytest.mark.item("S-VIS-012")
def test_the_diary_writes_itself_from_what_was_closed_and_walked(world, shen, due):
    plan(shen, world.shen.person_id)
    stop = Stop.objects.get(kind="visit")
    shen.post(reverse("desk:round_stop", args=[stop.round_id, stop.pk]), {"outcome": "done", "code": due["code"]})
    other = Stop.objects.filter(kind="hazard").first()
    shen.post(reverse("desk:round_stop", args=[other.round_id, other.pk]), {"outcome": "done"})

    page = shen.get(reverse("desk:diary")).content.decode()

    assert "入户走访" in page
    assert "场所检查" in page
    assert str(stop.number) in page
    assert "这一周还没有内容" in shen.get(reverse("desk:diary") + "?week=2026-01-05").content.decode()


@pytest.mark.item("S-VIS-007")
def test_the_last_kilometre_counts_households_by_their_way_to_a_police_room(world, desk_of, two_doors, as_role):
    lin = desk_of(world.lin)
    assert "现在还算不出来" in lin.get(reverse("desk:last_mile")).content.decode()
    with as_role("jobs"):
        place = Address.objects.get(full_text__endswith=PLACE)
        FoundPlace.objects.create(
            kind="police_room", name="桥西警务室", full_text="桥西警务室", searched="桥西警务室", lon=place.lon + 0.02,
            lat=place.lat, grams=[],
        )  # fmt: skip
    page = lin.get(reverse("desk:last_mile")).content.decode()
    assert "缺口" in page
