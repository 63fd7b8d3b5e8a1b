"""Opening a matter: reference, area, responsible post, clocks, party, and what bad input is told."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.core.geo import PositionSwapped
from shouwang.core.ids import new_id
from shouwang.journal.models import Entry
from shouwang.matters.intake import (
    ChannelUnknown,
    IdTaken,
    OutsideTheTown,
    SubkindUnknown,
    Told,
    UrgencyUnknown,
    open_matter,
)
from shouwang.matters.kinds import UnknownKind
from shouwang.matters.models import Matter
from shouwang.matters.tests.conftest import HEBU_01, OUTSIDE
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.verbs import Verb


def test_a_matter_lies_in_the_smallest_area_and_belongs_to_whoever_can_work_there(world, an_errand):
    matter = an_errand()

    assert matter.area == world.qiaoxi_04
    assert matter.duty_path == world.qiaoxi_04.duty_path
    assert matter.responsible == world.shen.post  # the grid worker keeps the grid, the community officer its matters


def test_the_reference_holds_the_day_of_shanghai_and_numbers_run_without_gaps(an_errand, noon):
    late = dt.datetime(2026, 3, 10, 16, 30, tzinfo=dt.UTC)  # 00:30 on the 11th

    references = [an_errand().reference, an_errand().reference, an_errand(at=late).reference]

    assert references == ["2603100001", "2603100002", "2603110001"]


def test_it_starts_in_the_first_state_with_its_clocks(an_errand, noon):
    matter = an_errand(urgency=1)

    assert (matter.state, matter.phase, matter.version) == ("asked", "new", 1)
    rules = {clock.rule: clock.due_at - noon for clock in matter.clocks.all()}
    assert rules == {"answer": dt.timedelta(minutes=10), "state.asked": dt.timedelta(hours=1)}
    assert matter.due_at == noon + dt.timedelta(minutes=10)


def test_the_entry_holds_codes_and_none_of_the_words(an_errand):
    matter = an_errand(words="我家的猫在树上", told=Told(name="王女士", number="13800000000"))

    entry = Entry.objects.get(subject=matter.pk)
    assert (entry.verb, entry.topic, entry.area) == ("errand.open", "matter.new", matter.area_id)
    assert "王女士" not in entry.particulars.text
    assert "猫" not in entry.particulars.text
    assert "13800000000" not in entry.particulars.text


def test_who_told_it_goes_to_the_registry_and_only_the_key_stays(an_errand):
    matter = an_errand(told=Told(name="王女士", number="13800000000", protected=True))

    party = matter.parties.get()
    assert party.identity is not None
    assert party.protected
    assert not any("王" in str(value) for value in vars(party).values())


def test_a_reporter_without_a_number_keeps_only_his_pass_phrase(an_errand):
    party = an_errand(told=Told(role="reporter", pass_phrase="青石 桥西 春天")).parties.get()

    assert party.identity is None
    assert party.pass_phrase_hash.startswith("argon2")


def test_the_same_key_twice_is_one_matter(world, an_errand, noon):
    key = new_id()

    first, second = an_errand(id=key), an_errand(id=key, gist="另一句")

    assert first == second
    assert second.gist == "猫上树"
    with pytest.raises(IdTaken):
        an_errand(id=key, by=world.zhao, point=HEBU_01)


@pytest.mark.parametrize(
    ("who", "problem"), [("zhao", NotVisible), ("lu", NotVisible), ("an", NotAllowed), ("stranger", NotVisible)]
)
def test_only_a_post_on_that_ground_with_the_verb_opens_one(world, an_errand, who, problem):
    with pytest.raises(problem):
        an_errand(by=getattr(world, who))

    assert not Matter.objects.exists()


def test_the_community_officer_opens_one_on_his_own_ground(world, an_errand):
    assert an_errand(by=world.shen).responsible == world.shen.post


def test_without_a_point_it_lies_with_the_office_of_whoever_takes_it(world, an_errand):
    matter = an_errand(point=None)

    assert matter.area == world.station
    assert matter.responsible == world.lin.post


def test_outside_the_town_the_desk_still_takes_it_and_a_resident_is_sent_to_110(world, an_errand, noon):
    assert an_errand(point=OUTSIDE).area == world.station
    with pytest.raises(OutsideTheTown):
        an_errand(by=world.wang, point=OUTSIDE, verb=Verb.OWN_REPORT_FILE)


def test_a_resident_files_his_own_report_without_a_post(world, an_errand):
    assert an_errand(by=world.wang, verb=Verb.OWN_REPORT_FILE, channel="online").responsible == world.shen.post


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"point": (27.686, 111.427)}, PositionSwapped),
        ({"channel": "pigeon"}, ChannelUnknown),
        ({"subkind": "home.dog"}, SubkindUnknown),
        ({"urgency": 7}, UrgencyUnknown),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(an_errand, given, problem):
    with pytest.raises(problem) as caught:
        an_errand(**given)

    assert caught.value.field
    assert not Matter.objects.exists()


def test_an_unknown_kind_is_told_so(world, noon):
    with pytest.raises(UnknownKind):
        open_matter(kind="parade", by=world.fang, at=noon)


def test_invisible_characters_and_wide_digits_are_cleaned(an_errand):
    matter = an_errand(gist="两人\u202e受伤\u0000", place_text="桥西路１２号", words="快来😀")

    assert (matter.gist, matter.place_text, matter.words) == ("两人受伤", "桥西路12号", "快来😀")
