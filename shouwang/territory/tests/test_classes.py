"""The urban–rural class of a community (C3): set on its page or by a sheet, shown on what lies in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.journal.models import Entry
from shouwang.people import sessions
from shouwang.places.models import Address, Area
from shouwang.territory.classes import ClassOfCommunities, NoSuchClass, read_class, set_class
from shouwang.territory.laying import lay_by_sheet, look_over
from shouwang.territory.plots import Line


def page(who) -> Client:
    client = Client()
    client.cookies["sw_session"] = sessions.open_session(who.person, label="test", at=clock.now(), proven=True)[1]
    return client


def line(**given: str) -> Line:
    told = {"code": "431399001002", "name": "河埠社区", "tier": "社区", "parent": "431399001000", "layer": "政府"}
    return Line(2, **(told | given))


def test_a_class_is_read_by_its_code_its_word_or_our_name():
    assert [read_class(said).value for said in ("112", "城乡结合区", "urban_fringe")] == ["urban_fringe"] * 3
    for said in ("110", "城市", "", "11", "222"):
        with pytest.raises(NoSuchClass):
            read_class(said)


def test_an_officer_sets_it_on_the_page_of_the_community_and_reads_it_on_its_grids_and_addresses(world):
    address = Address.objects.create(
        number=901, path="/901/", element="street", name="桥西路", full_text="桥西路", area=world.qiaoxi_04
    )
    kept = page(world.shen).post(reverse("desk:grid_class", args=[world.qiaoxi.code]), {"class": "122"})

    assert kept.status_code == 302
    assert Area.objects.get(pk=world.qiaoxi.pk).urban_rural == "town_fringe"
    for where in (
        reverse("desk:grid", args=[world.qiaoxi.code]), reverse("desk:grid", args=[world.qiaoxi_04.code]),
        reverse("desk:address", args=[address.pk]),
    ):  # fmt: skip
        shown = page(world.shen).get(where).content.decode()
        assert "镇乡结合区" in shown
        assert ">122<" in shown
    assert Entry.objects.filter(verb="area.class", subject=world.qiaoxi.pk).count() == 1


def test_only_communities_have_one_and_only_whoever_draws_sets_it(world):
    with pytest.raises(ClassOfCommunities):
        set_class(world.qiaoxi_04, "111", by=world.shen, at=clock.now())
    client = page(world.shen)
    assert client.post(reverse("desk:grid_class", args=[world.qiaoxi.code]), {"class": "999"}).status_code == 422
    assert (
        page(world.lu).post(reverse("desk:grid_class", args=[world.qiaoxi.code]), {"class": "111"}).status_code == 403
    )


@pytest.mark.parametrize("said", ["220", "村庄", "２２０"])
def test_a_sheet_sets_the_class_even_of_a_community_in_use(world, said):
    known = line(urban_rural=said, households="1130")
    laying = lay_by_sheet([known], by=world.xi.administering(), at=clock.now())

    assert [one.name for one in laying.classed] == ["河埠社区"]
    assert Area.objects.get(pk=world.hebu.pk).urban_rural == "village"
    assert lay_by_sheet([known], by=world.xi.administering(), at=clock.now()).classed == []


def test_a_sheet_with_a_class_that_is_none_or_where_none_belongs_says_so(world):
    wrong = look_over([line(urban_rural="333")], at=clock.now())
    grid = look_over(
        [line(code="431399001002001", name="河埠01网格", tier="网格", parent="431399001002", urban_rural="111")],
        at=clock.now(),
    )

    assert [(one.column, one.number) for one in wrong.faults] == [("urban_rural", 2)]
    assert [one.column for one in grid.faults] == ["urban_rural"]
