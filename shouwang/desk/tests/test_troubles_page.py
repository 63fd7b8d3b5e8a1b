"""Troubles, joint actions, observations and advice at the desk; and what a grid worker notes and sees."""

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.matters.models import Matter

PLACE = {"place_text": "桥西路12号", "chosen": "0"}


@pytest.fixture
def shen(world, desk_of) -> Client:
    return desk_of(world.shen)


@pytest.fixture
def lu(world, desk_of) -> Client:
    return desk_of(world.lu)


def note(browser: Client, what: str, **given: object) -> int:
    return browser.post(reverse("desk:note_new", args=[what]), PLACE | given).status_code


def step(browser: Client, matter: Matter, name: str, **given: object) -> int:
    return browser.post(reverse("desk:step", args=[matter.pk, name]), given).status_code


@pytest.mark.item("S-VIS-021")
def test_a_trouble_is_one_line_due_in_five_working_days_and_the_resident_confirms(world, desk_of, lu, shen):
    assert note(lu, "trouble", gist="三单元路灯不亮", subkind="small.public_space") == 302
    trouble = Matter.objects.get(kind="trouble")
    assert list(trouble.clocks.values_list("rule", flat=True)) == ["solved"]
    assert trouble.responsible is not None
    assert "三单元路灯不亮" in lu.get(reverse("desk:troubles")).content.decode()

    assert step(shen, trouble, "take") == 302
    assert step(shen, trouble, "solve", solved_by="换了灯泡") == 302
    assert step(shen, trouble, "confirm", heard_by="met") == 409
    assert step(desk_of(world.lin), trouble, "confirm", heard_by="phone") == 302

    trouble.refresh_from_db()
    assert (trouble.phase, trouble.outcome) == ("done", "confirmed")
    assert "本人确认办好" in lu.get(reverse("desk:troubles")).content.decode()


@pytest.mark.item("S-VIS-013")
def test_a_signal_becomes_a_joint_action_in_one_step_and_the_first_act_is_timed(shen):
    note(shen, "trouble", gist="楼下反复堆油桶", subkind="small.neighbours")
    signal = Matter.objects.get(kind="trouble")
    given = {"gist": "联合清理油桶", "subkind": "joint.safety", "signal": str(signal.number)}
    assert note(shen, "joint", **given) == 422
    assert note(shen, "joint", **given, partners=["fire_rescue", "property"]) == 302
    joint = Matter.objects.get(kind="trouble", subkind="joint.safety")
    assert (joint.parent_id, joint.facts["partners"]) == (signal.pk, ["fire_rescue", "property"])

    step(shen, joint, "take")

    joint.refresh_from_db()
    assert joint.facts["acted_after"] == "0:00 h"
    page = shen.get(reverse("desk:troubles")).content.decode()
    assert "物业" in page
    assert "到动手 0:00 h" in page


@pytest.mark.item("S-VIS-019")
def test_what_was_seen_is_screened_by_another_within_a_day_and_never_about_who_somebody_is(world, desk_of, lu, shen):
    said = {"gist": "空房夜里有人进出", "words": "22 点后两次", "subkind": "place.vacant", "basis": "again"}
    assert note(lu, "observation", **said | {"words": "听口音是外地人"}) == 422
    assert note(lu, "observation", **said) == 302
    seen = Matter.objects.get(kind="observation")
    hours = (seen.clocks.get(rule="screened").due_at - seen.opened_at).total_seconds() / 3600
    assert hours == pytest.approx(24)
    form = lu.get(reverse("desk:note_new", args=["observation"])).content.decode()
    assert not any(word in form for word in ("民族", "宗教", "姓名"))

    assert step(desk_of(world.zhao), seen, "ticket") == 404
    assert step(shen, seen, "ticket") == 302

    seen.refresh_from_db()
    assert (seen.outcome, Matter.objects.get(kind="trouble").parent_id) == ("ticketed", seen.pk)
    note(shen, "observation", **said)
    own = Matter.objects.get(kind="observation", phase="new")
    assert step(shen, own, "close_it", reason="没事") == 409
    assert step(desk_of(world.lin), own, "hand_on", unit="刑侦大队", reference="XZ-01") == 302


@pytest.mark.item("S-VIS-014")
def test_a_slip_on_a_camera_says_where_its_limits_are_and_names_nobody(lu):
    assert note(lu, "slip", subkind="slip.camera") == 302
    slip = Matter.objects.get(kind="advice")
    assert (slip.outcome, slip.parties.count()) == ("left", 0)
    page = lu.get(reverse("desk:slip", args=[slip.pk])).content.decode()
    assert "不拍邻居的门" in page
    note(lu, "slip", subkind="slip.fire", again="on")
    assert Matter.objects.get(subkind="slip.fire").clocks.get().rule == "looked"


@pytest.mark.item("S-VIS-016")
def test_whoever_runs_a_place_is_briefed_acknowledges_it_and_checks_himself_first(shen):
    assert note(shen, "briefing", premises="川味小馆", subkind="briefing.premises") == 302
    row = Matter.objects.get(kind="advice")
    sheet = shen.get(reverse("desk:slip", args=[row.pk])).content.decode()
    assert "☐ 疏散通道畅通" in sheet

    assert step(shen, row, "acknowledge", acknowledged_by="川味小馆") == 302
    assert step(shen, row, "self_check", in_order=["escape", "wiring"]) == 302
    assert step(shen, row, "follow", found="都改好了") == 302

    row.refresh_from_db()
    assert (row.facts["checked"], row.outcome) == ("2 / 6", "followed")


def test_the_next_grid_and_a_contact_note_nothing_here(world, desk_of):
    assert note(desk_of(world.shi), "trouble", gist="灯不亮", subkind="small.help") == 422
    assert note(desk_of(world.peng), "trouble", gist="灯不亮", subkind="small.help") == 403
    assert note(desk_of(world.lu), "joint", gist="x", subkind="joint.order", partners=["property"]) == 403
    assert desk_of(world.lu).get("/desk/troubles/new/nothing/").status_code == 404
