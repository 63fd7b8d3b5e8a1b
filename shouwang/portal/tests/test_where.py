"""Which grid am I in, and who is my officer: asked by anybody, with the rights of the portal."""

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.places.models import FoundPlace

QIAOXI = {"lon": "111.427", "lat": "27.686"}


@pytest.fixture
def asked(world, as_role):
    def asked(**given):
        with as_role("portal"):
            return Client().get(reverse("portal:where"), given).content.decode()

    return asked


@pytest.mark.item("S-GRD-003")
def test_a_tap_tells_the_grid_and_who_is_responsible_up_to_the_station(asked):
    page = asked(**QIAOXI)

    assert "桥西04网格" in page
    assert "沈知行" in page
    assert page.index("桥西04网格") < page.index("桥西社区") < page.index("青石桥派出所")


def test_an_address_tells_the_same_and_several_that_fit_are_a_choice(world, asked, as_role):
    place = FoundPlace(kind="building", is_address=True, name="桥西路12号", full_text="青石县水门街道桥西路12号")
    place.lon, place.lat, place.searched = 111.427, 27.686, "桥西路12号"
    place.grams = ["12", "2号", "桥西", "西路", "路1"]
    with as_role("web"):
        place.save(force_insert=True)

    assert "桥西04网格" in asked(place="青石县水门街道桥西路12号")
    assert "沈知行" in asked(place="桥西路十二号")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"place": ""},
        {"place": "😀"},
        {"lon": "x", "lat": "y"},
        {"lon": "181", "lat": "1"},
        {"lon": "1"},
        {"place": "路" * 900},
    ],
)
def test_nonsense_is_answered_calmly(asked, given):
    assert "网格" in asked(**given)


def test_a_place_outside_the_town_is_told_so(asked):
    assert "110" in asked(lon="100", lat="20")


def test_the_page_says_nothing_of_staff_but_who_is_responsible(world, asked):
    page = asked(**QIAOXI)

    for name in ("周明远", "关振", "席军", "鲍宁", "王女士"):
        assert name not in page
