"""The pages of people: who opens which, what they say, and that they cost the same with more rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people.giving import give_post
from shouwang.people.models import Person, Post, RoleNarrowing
from shouwang.people.models.person import Standing

EVERY_PAGE = {  # page → who of these opens it
    "people:me": {"lin", "zhou", "fang", "shen", "he", "su", "lu", "peng", "an", "wang", "stranger"},
    "people:policy": {"lin", "zhou", "fang", "shen", "he", "su", "lu", "peng", "an", "wang", "stranger"},
    "people:chain": {"lin", "zhou", "fang", "shen", "he", "su", "lu", "an"},
    "people:people": {"lin", "zhou", "fang", "shen", "he", "su", "an"},
    "people:invite": {"lin", "su"},
    "people:post_give": {"lin", "su"},
    "people:screens": {"lin", "zhou"},
    "people:workstations": {"lin", "zhou"},
}
EVERYBODY = EVERY_PAGE["people:me"]


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_each_page_opens_to_its_roles_and_to_nobody_else(world, signed_in, page):
    answers = {who: signed_in(getattr(world, who).person).get(reverse(page)).status_code for who in EVERYBODY}

    assert answers == {who: 200 if who in EVERY_PAGE[page] else 403 for who in EVERYBODY}
    assert Client().get(reverse(page)).status_code == 302


def test_a_list_shows_colleagues_on_ones_own_ground_only(world, signed_in):
    page = signed_in(world.su.person).get(reverse("people:people")).content.decode()

    assert "陆禾" in page
    assert "沈知行" in page
    for elsewhere in ("赵启明", "林正平", "王女士", "石磊"):
        assert elsewhere not in page


def test_a_post_is_given_and_ended_on_the_pages(world, signed_in):
    lin = signed_in(world.lin.person)
    given = lin.post(
        reverse("people:post_give"),
        {"person": world.stranger.person_id, "role": "dispatcher", "area": world.station.pk, "until": "2031-05-01"},
    )
    post = Post.objects.get(person=world.stranger.person)
    lin.post(reverse("people:post_end", args=[post.pk]))

    assert given["Location"] == reverse("people:people")
    assert str(post.during.upper) == "2031-05-01 16:00:00+00:00"
    assert Post.objects.get(pk=post.pk).during.upper <= clock.now()


def test_a_refusal_stands_at_the_form_and_what_was_typed_is_kept(world, signed_in):
    page = signed_in(world.lin.person).post(
        reverse("people:post_give"),
        {"person": world.shen.person_id, "role": "community_officer", "area": world.qiaoxi.pk, "responsible": "on"},
    )

    assert page.status_code == 422
    assert 'value="community_officer" selected' in page.content.decode()


def test_a_cover_is_given_and_roles_above_ones_own_are_not_offered(world, signed_in):
    lin = signed_in(world.lin.person)
    form = lin.get(reverse("people:post_give")).content.decode()
    lin.post(
        reverse("people:post_cover", args=[world.shen.post.pk]), {"person": world.zhao.person_id, "until": "2031-05-01"}
    )

    assert 'value="dispatcher"' in form
    assert 'value="bureau_head"' not in form
    assert 'value="system_admin"' not in form
    assert Post.objects.get(acting_for=world.shen.post).person == world.zhao.person


@pytest.mark.parametrize("door", ["people:post_end", "people:post_cover", "people:invite_again", "people:person_close"])
def test_what_lies_next_door_is_not_found(world, signed_in, door):
    """A grid head of Qiaoxi and a post, a person of Hebu."""
    key = world.shi.post.pk if "post" in door else world.shi.person_id

    assert signed_in(world.su.person).post(reverse(door, args=[key])).status_code == 404


def test_one_signs_for_ones_post_on_ones_own_page(world, signed_in):
    ma = signed_in(world.ma.person)
    ma.post(reverse("people:post_accept", args=[world.ma.post.pk]), {"passing": ""})

    assert Post.objects.get(pk=world.ma.post.pk).accepted_at is not None
    assert ma.post(reverse("people:post_accept", args=[world.lu.post.pk])).status_code == 404


def test_a_role_is_narrowed_on_the_policy_page_in_administration(world, signed_in):
    given = {
        "role": "auxiliary", "verb": "matter.note", "area": world.station.pk, "until": "2031-05-01", "reason": "试用期",
    }  # fmt: skip
    refused = signed_in(world.bao.person).post(reverse("people:policy"), given)
    done = signed_in(world.bao.person, admin=True).post(reverse("people:policy"), given)
    wrong = signed_in(world.bao.person, admin=True).post(reverse("people:policy"), given | {"verb": "unit.send"})

    assert (refused.status_code, done.status_code, wrong.status_code) == (403, 302, 422)
    assert RoleNarrowing.objects.get().verb == "matter.note"
    assert "试用期" in signed_in(world.he.person).get(reverse("people:policy")).content.decode()


def test_an_administrator_is_led_to_the_switch_and_from_there_to_where_he_was_going(world, signed_in):
    bao, wanted = signed_in(world.bao.person), reverse("administration:staff")
    switch = bao.get(wanted)["Location"]
    page = bao.get(switch).content.decode()
    given = {"reason": "", "next": wanted}
    wrong = bao.post(reverse("people:administration"), given)
    on = bao.post(reverse("people:administration"), given | {"reason": "给新同事发邀请"})

    assert switch == f"{reverse('people:me')}?next=%2Fadministration%2Fstaff%2F"
    assert all(f'name="next" value="{wanted}"' in one for one in (page, wrong.content.decode()))
    assert on["Location"] == wanted
    assert signed_in(world.bao.person).post(wanted).status_code == 403
    assert signed_in(world.xi.person).get(wanted).status_code == 403


def test_a_word_that_is_no_path_leads_to_the_start_of_administration(world, signed_in):
    given = {"reason": "给新同事发邀请", "next": "2999-12-31T00:00"}
    on = signed_in(world.bao.person).post(reverse("people:administration"), given)
    assert on["Location"] == reverse("administration:ready")


def test_a_screen_is_made_and_taken_back_on_its_page(world, signed_in):
    zhou = signed_in(world.zhou.person)
    page = zhou.post(reverse("people:screens"), {"area": world.qiaoxi.pk}).content.decode()

    assert "/people/screen/" in page
    assert zhou.post(reverse("people:screens"), {"area": "garbled"}).status_code == 404
    assert zhou.post(reverse("people:screens"), {"area": world.bureau.pk}).status_code == 404
    assert Entry.objects.filter(verb="grant.give").count() == 1


def test_the_chain_page_names_holders_and_gaps(world, signed_in):
    page = signed_in(world.lin.person).get(reverse("people:chain")).content.decode()

    assert "沈知行" in page
    assert page.count("河埠03网格") == 2  # in the tree, and among the gaps


@pytest.mark.item("S-GRD-005")
def test_the_station_head_puts_other_tiers_in_force(world, signed_in):
    lin = signed_in(world.lin.person)
    lin.post(reverse("people:tiers_adopt"), {"area": world.qiaoxi.pk, "preset": "T5"})

    assert "副网格长" in lin.get(reverse("people:chain")).content.decode()
    assert lin.post(reverse("people:tiers_adopt"), {"area": world.qiaoxi.pk, "preset": "T9"}).status_code == 422
    assert lin.post(reverse("people:tiers_adopt"), {"area": world.street.pk, "preset": "T5"}).status_code == 404
    refused = signed_in(world.shen.person).post(reverse("people:tiers_adopt"), {"area": world.qiaoxi.pk})
    assert refused.status_code == 403


@pytest.mark.parametrize("page", ["people:people", "people:chain"])
def test_a_page_costs_the_same_with_twenty_more_rows(world, signed_in, page):
    browser = signed_in(world.lin.person)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(reverse(page)).status_code == 200
        return len(counted)

    before, at = queries(), clock.now()
    for n in range(20):
        person = Person.objects.create(name=f"网格员{n}", login=f"worker{n}", created_at=at, standing=Standing.STAFF)
        give_post(person=person, role="grid_worker", area=world.hebu_03, by=Actor.system(), at=at)

    assert queries() == before


def test_the_language_is_kept_with_the_person(world, signed_in):
    browser = signed_in(world.fang.person)
    browser.post(reverse("people:language"), {"language": "en"})

    assert Person.objects.get(pk=world.fang.person_id).language == "en"
    assert "My posts" in browser.get(reverse("people:me")).content.decode()
    assert browser.post(reverse("people:language"), {"language": "xx"}).status_code == 404
