"""Finding at the desk and on the phone: what was found goes when the next search is refused; the refusal is read."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from shouwang.registry.tests.town import id_number
from tests.journeys.browsing import CHROMIUM, bind_phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PHONE = {"width": 390, "height": 844}
PLACE, NAME = "桥西路72号1单元101", "欧阳雪"
A_RESIDENT = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.registry.tests.town import register
register(load_world(), now(), place=sys.argv[1], name=sys.argv[2], doc_no=sys.argv[3])
"""
SITTINGS = (
    "UPDATE registry_sitting SET began_at = began_at - interval '1 hour', ends_at = ends_at - interval '1 hour'"
    " WHERE person = (SELECT id FROM people_person WHERE name = %s)"
)
SEARCHES = (
    "UPDATE registry_search SET began_at = began_at - interval '2 days'"
    " WHERE person = (SELECT id FROM people_person WHERE name = %s)"
)
MANY = (
    "INSERT INTO registry_search (id, person, sitting, register, purpose, terms_check, paths, began_at, transaction,"
    " shown) SELECT gen_random_uuid(), p.id, gen_random_uuid(), 'resident', 'visit', '', '{}', now(), 1, '{}'"
    " FROM people_person AS p, generate_series(1, 120) WHERE p.name = %s"
)
TOO_SHORT, NO_PURPOSE, LIMIT = "线索太少", "请先说明", "已达上限"


def change(town: Any, statement: str, name: str) -> None:
    with town.connect("owner") as owner:
        owner.execute(statement, [name])


@pytest.mark.item("S-REG-003")
def test_a_refused_search_leaves_no_earlier_answer_on_the_page(own_town: Any, browser: Any) -> None:
    own_town.run_python(A_RESIDENT, PLACE, NAME, id_number(31))
    desk = browser.member(own_town, "沈知行", viewport={"width": 1440, "height": 900})
    desk.goto(f"{own_town.address}/desk/find/")
    desk.get_by_label("上门", exact=False).first.check()
    desk.get_by_role("button", name="去查找").click()

    refusals = (("雪", "", TOO_SHORT), (NAME, MANY, LIMIT), (NAME, SITTINGS, NO_PURPOSE))
    for words, makes_it_refused, said in refusals:
        desk.locator("#id_who").fill(NAME)
        desk.keyboard.press("Enter")
        expect(desk.locator("#found .find-one")).to_have_count(1)
        expect(desk.locator("[data-problem-box]")).to_be_empty()
        if makes_it_refused:
            change(own_town, makes_it_refused, "沈知行")
        desk.locator("#id_who").fill(words)
        desk.keyboard.press("Enter")
        expect(desk.locator("[data-problem-box]")).to_contain_text(said)
        expect(desk.locator("#found")).to_be_empty()
        change(own_town, SEARCHES, "沈知行")


@pytest.mark.item("S-REG-003")
def test_an_answer_goes_as_soon_as_other_words_are_typed(own_town: Any, browser: Any) -> None:
    own_town.run_python(A_RESIDENT, PLACE.replace("72", "70"), "欧阳星", id_number(33))
    desk = browser.member(own_town, "沈知行", viewport={"width": 1440, "height": 900})
    desk.goto(f"{own_town.address}/desk/find/")
    desk.get_by_label("上门", exact=False).first.check()
    desk.get_by_role("button", name="去查找").click()
    for typed in (
        lambda: desk.locator("#id_who").press("End+x"),
        lambda: desk.get_by_label("单位", exact=False).check(),
    ):
        desk.locator("#id_who").fill("欧阳星")
        desk.keyboard.press("Enter")
        expect(desk.locator("#found .find-one")).to_have_count(1)
        typed()
        expect(desk.locator("#found")).to_be_empty()


@pytest.mark.item("S-REG-003")
def test_nor_on_the_phone(own_town: Any, browser: Any) -> None:
    own_town.run_python(A_RESIDENT, PLACE.replace("72", "74"), "欧阳月", id_number(32))
    change(own_town, SITTINGS, "沈知行")  # what he said at the desk holds on the phone too
    phone = browser.somebody("phone", viewport=PHONE, has_touch=True)
    bind_phone(phone, browser, own_town, "沈知行", "不在岗")
    phone.locator("[data-part=finding]").click()
    phone.locator("[data-part=purposes] input[value=visit]").check()
    phone.locator("[data-part=begin]").click()

    for words, makes_it_refused in (("月", ""), ("欧阳月", SITTINGS)):
        phone.locator("[data-part=who]").fill("欧阳月")
        phone.locator("[data-part=go]").click()
        expect(phone.locator("[data-part=rows] [data-part=open]")).to_have_count(1)
        if makes_it_refused:
            change(own_town, makes_it_refused, "沈知行")
        phone.locator("[data-part=who]").fill(words)
        expect(phone.locator("[data-part=rows] [data-part=open]")).to_have_count(0)
        phone.locator("[data-part=go]").click()
        expect(phone.locator("[data-part=said]")).not_to_be_empty()
        expect(phone.locator("[data-part=rows] [data-part=open]")).to_have_count(0)
    expect(phone.locator("[data-part=why]")).to_be_visible()
