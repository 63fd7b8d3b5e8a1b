"""Taking a call: places that may be meant, a tap on the map, likely duplicates on every path, and joining at once."""

import re

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session

HERE = (111.427, 27.686)


@pytest.fixture
def desk(world):
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(world.fang.person, label="test", at=clock.now(), proven=True)[1]
    return browser


@pytest.fixture
def earlier(world):
    return open_matter(kind="incident", by=world.fang, at=clock.now(), channel="phone", subkind="order.fight",
                       place_text="桥西路12号", point=HERE)  # fmt: skip


def form(**given):
    base = {"key": str(new_id()), "subkind": "order.fight", "urgency": "3", "channel": "phone", "place_text": "桥西路"}
    return base | given


def read(desk, **given):
    return desk.post("/desk/intake/places/", form(**given)).content.decode()


def test_a_tap_on_the_map_is_taken_as_the_place_and_twins_are_shown(desk, earlier):
    shown = read(desk, tap="111.427,27.686")

    assert re.search(r'value="111\.4270000,27\.6860000\|\|[^"]+" checked', shown)
    assert f"合并到 {earlier.number}" in shown
    assert str(earlier.pk) in shown


@pytest.mark.parametrize("tap", ["", "nonsense", "300,400", "nan,nan"])
def test_a_tap_that_is_no_position_changes_nothing(desk, earlier, tap):
    assert "checked" not in read(desk, tap=tap, place_text="没有这个地方").replace('value="" checked', "")


def test_other_words_for_the_place_drop_what_was_tapped_before(desk):
    tapped = "111.4270000,27.6860000||地图上的一处"

    assert tapped in read(desk, chosen=tapped)
    assert tapped not in read(desk, chosen=tapped, typed="1")


def test_the_chosen_place_is_kept_with_the_callers_words_beside_it(desk):
    desk.post("/desk/intake/", form(place_text="大桥那头", chosen="111.4270000,27.6860000||桥西路12号旁 20 米"))

    kept = Matter.objects.get()
    assert (kept.lon, kept.lat) == HERE
    assert (kept.place_text, kept.facts["place_said"]) == ("桥西路12号旁 20 米", "大桥那头")


def test_a_call_is_joined_before_it_is_kept_apart(desk, earlier):
    answer = desk.post("/desk/intake/", form(chosen="111.4270000,27.6860000||x", into=str(earlier.pk)))

    assert f'data-chosen="{earlier.pk}"' in answer.content.decode()
    joined = Matter.objects.exclude(pk=earlier.pk).get()
    assert (joined.merged_into, joined.phase) == (earlier, "void")


def test_joining_to_what_has_ended_keeps_nothing(desk, earlier):
    Matter.objects.filter(pk=earlier.pk).update(phase="done", state="closed")

    assert desk.post("/desk/intake/", form(chosen="111.427,27.686||x", into=str(earlier.pk))).status_code == 409
    assert Matter.objects.count() == 1
