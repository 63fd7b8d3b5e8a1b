"""Standard addresses at the desk, walked through their pages."""

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.matters.models import Matter
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from shouwang.places.models import Address
from shouwang.territory.addresses import plan_address

HERE = (111.427, 27.686)


@pytest.fixture
def sign_in():
    def sign_in(actor):
        client = Client()
        client.cookies[SESSION] = open_session(actor.person, label="test", at=clock.now(), proven=True)[1]
        return client

    return sign_in


@pytest.fixture
def street(world):
    noon = clock.now()
    county = plan_address(parent=None, element="county", name="青石县", point=HERE, by=world.shen, at=noon, in_use=True)
    office = plan_address(parent=county, element="street_office", name="水门街道", by=world.shen, at=noon, in_use=True)
    street = plan_address(parent=office, element="street", name="桥西路", by=world.shen, at=noon, in_use=True)
    for name in ("12号", "14号"):
        plan_address(parent=street, element="building", name=name, by=world.shen, at=noon, in_use=True)
    return street


@pytest.fixture
def shen(sign_in, world):
    return sign_in(world.shen)


def page_of(name):
    return reverse("desk:address", args=[Address.objects.get(name=name).pk])


def act(client, which, **told):
    return client.post(f"{page_of(which)}acts/", told)


def test_one_browses_from_the_street_to_the_building(shen, street):
    assert "桥西路" in shen.get(reverse("desk:addresses")).content.decode()

    page = shen.get(page_of("桥西路")).content.decode()

    assert "12号" in page
    assert page_of("14号") in page


@pytest.mark.parametrize("said", ["桥西路12号", "桥西路十二号", "桥西路１２号"])
def test_words_find_the_address_and_what_did_not_match_is_shown(shen, street, said):
    page = shen.get(reverse("desk:addresses"), {"q": f"{said}9单元"}).content.decode()

    assert "青石县水门街道桥西路12号" in page
    assert "<mark>9单元</mark>" in page


@pytest.mark.item("S-REG-013")
def test_an_address_is_entered_renamed_and_ended_on_its_page(shen, street):
    act(shen, "12号", act="enter", element="room", name="402室", in_use="1")
    act(shen, "12号", act="rename", name="12号甲")

    page = shen.get(page_of("402室")).content.decode()
    assert "青石县水门街道桥西路12号甲402室" in page

    act(shen, "12号甲", act="demolish")
    assert Address.objects.get(name="402室").status == "demolished"
    assert "已拆除" in shen.get(page_of("402室")).content.decode()


def test_a_refused_act_says_why_and_changes_nothing(shen, street):
    answer = act(shen, "12号", act="rename", name="14号")

    assert answer.status_code == 409
    assert "已经有14号了" in answer.content.decode()
    assert Address.objects.filter(name="12号").exists()


@pytest.mark.parametrize("told", [{}, {"act": "nonsense"}])
def test_an_unknown_act_is_not_found(shen, street, told):
    assert act(shen, "12号", **told).status_code == 404


@pytest.mark.parametrize(
    "told",
    [
        {"act": "merge"}, {"act": "merge", "into": "x"}, {"act": "move", "lon": "x", "lat": ""}, {"act": "split"},
        {"act": "enter"}, {"act": "enter", "element": "building", "name": "3号"}, {"act": "rename", "name": " "},
        {"act": "call", "name": "长" * 500}, {"act": "move", "lon": "10", "lat": "10"},
    ],
)  # fmt: skip
def test_a_form_that_was_tampered_with_is_refused_without_a_fault(shen, street, told):
    assert act(shen, "12号", **told).status_code in (400, 404, 409, 422)


def test_a_colleague_next_door_does_not_see_the_address(sign_in, world, street):
    zhao = sign_in(world.zhao)

    assert zhao.get(page_of("12号")).status_code == 404
    assert "桥西路12号" not in zhao.get(reverse("desk:addresses"), {"q": "桥西路12号"}).content.decode().replace(
        'value="桥西路12号"', ""
    )


def test_who_only_reads_gets_no_acts(sign_in, world, street):
    he = sign_in(world.he)

    assert "acts/" not in he.get(page_of("12号")).content.decode()
    assert act(he, "12号", act="demolish").status_code == 403


def test_plates_are_printed_for_every_building_of_a_street(shen, street):
    page = shen.get(reverse("desk:plates", args=[street.pk])).content.decode()

    assert page.count('class="plate"') == 2
    assert page.count("<svg") >= 2


def test_words_that_nothing_fits_become_a_task_on_the_spot(sign_in, world, street):
    fang = sign_in(world.fang)

    answer = fang.post(reverse("desk:address_check"), {"said": "桥西路999号"})

    matter = Matter.objects.get(kind="address_check")
    assert answer.status_code == 302
    assert (matter.place_text, matter.facts["said"]) == ("桥西路999号", "桥西路999号")
    assert matter.area.name.startswith("桥西")
