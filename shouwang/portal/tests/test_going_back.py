"""Going back in the report form, without scripts: nothing that was typed is lost."""

import re

import pytest
from django.test import Client

WORDS = "楼上半夜装修，吵得睡不着"


@pytest.fixture
def resident(world, as_role):
    with as_role("portal"):
        yield Client(headers={"accept": "text/html", "accept-language": "zh-hans"})


def kept(response):
    return re.search(r'name="kept" value="([^"]+)"', response.content.decode()).group(1)


def test_going_back_keeps_what_was_typed_right_or_wrong(resident):
    page = resident.post("/report/", {"kept": kept(resident.get("/report/")), "page": "now", "happening": "no"})
    where = {"page": "where", "place_text": "桥西路12号", "place": ""}
    page = resident.post("/report/", where | {"kept": kept(page)})

    back = resident.post("/report/", {"kept": kept(page), "page": "what", "words": WORDS, "silent": "on", "back": "1"})
    assert 'value="桥西路12号"' in back.content.decode()
    again = resident.post("/report/", where | {"kept": kept(back)})

    assert WORDS in again.content.decode()
    assert re.search(r'name="silent"[^>]*checked', again.content.decode())
    wrong = {"page": "who", "leave": "number", "number": "12", "name": "王", "back": "1"}
    page = resident.post("/report/", {"kept": kept(again), "page": "what", "words": WORDS})
    back = resident.post("/report/", wrong | {"kept": kept(page)})
    there = resident.post("/report/", {"kept": kept(back), "page": "what", "words": "不一样的话"})
    assert 'value="12"' in there.content.decode()
    assert 'value="王"' in there.content.decode()


def test_words_changed_after_going_back_twice_are_the_ones_handed_in(resident):
    page = resident.get("/report/")
    for name, given in [("now", {"happening": "no"}), ("where", {"place_text": "桥西路12号", "place": ""}),
                        ("what", {"words": "旧的话"})]:  # fmt: skip
        page = resident.post("/report/", {"kept": kept(page), "page": name} | given)
    page = resident.post("/report/", {"kept": kept(page), "page": "who", "back": "1"})
    page = resident.post("/report/", {"kept": kept(page), "page": "what", "words": WORDS, "back": "1"})

    page = resident.post("/report/", {"kept": kept(page), "page": "where", "place_text": "桥西路12号", "place": ""})

    assert WORDS in page.content.decode()
    assert "旧的话" not in page.content.decode()


def test_enter_goes_on_and_not_back(resident):
    page = resident.post("/report/", {"kept": kept(resident.get("/report/")), "page": "now", "happening": "no"})

    form = page.content.decode().partition('class="one"')[2]
    assert 'name="back"' not in re.search(r"<button[^>]*>", form).group(0)
