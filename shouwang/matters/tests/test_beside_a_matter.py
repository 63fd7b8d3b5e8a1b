"""Notes, watchers, drafts, links, presence and openings."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.core.chinese import TextTooLong
from shouwang.core.ids import new_id
from shouwang.journal.models import Entry
from shouwang.matters import openings, presence
from shouwang.matters.drafts import DraftTooLarge, drafts_of, drop_draft, keep_draft, purge_drafts
from shouwang.matters.linking import LinkedInCircle, children_of, link, unlink
from shouwang.matters.notes import EmptyNote, add_from_reporter, add_note, notes_of
from shouwang.matters.openings import Wanted, ask_for, requests_on, settle
from shouwang.matters.presence import Present, present_at
from shouwang.matters.tests.conftest import HEBU_01
from shouwang.matters.watching import stop_watching, watch, watchers_of
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.models import Grant

DAY = dt.timedelta(days=1)


def test_a_note_is_kept_once_and_its_words_stay_out_of_the_journal(world, an_errand, noon):
    matter, key = an_errand(), new_id()

    add_note(matter, "已联系家属", by=world.ming, at=noon, key=key)
    add_note(matter, "已联系家属", by=world.ming, at=noon, key=key)

    assert [note.text for note in notes_of(matter)] == ["已联系家属"]
    entry = Entry.objects.get(verb="matter.note")
    assert entry.particulars.values["note"] == str(key)
    assert "家属" not in entry.particulars.text


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b"])
def test_an_empty_note_is_refused(world, an_errand, noon, text):
    with pytest.raises(EmptyNote):
        add_note(an_errand(), text, by=world.ming, at=noon)


def test_a_note_of_ten_megabytes_is_refused(world, an_errand, noon):
    with pytest.raises(TextTooLong):
        add_note(an_errand(), "长" * 10_000_000, by=world.ming, at=noon)


@pytest.mark.parametrize(("who", "problem"), [("zhao", NotVisible), ("an", NotAllowed), ("wang", NotVisible)])
def test_who_may_not_work_here_writes_no_note(world, an_errand, noon, who, problem):
    with pytest.raises(problem):
        add_note(an_errand(), "x", by=getattr(world, who), at=noon)


def test_the_reporter_adds_to_his_own_and_sees_only_what_he_wrote(world, an_errand, noon):
    matter = an_errand()
    Grant.objects.create(kind="filed", person=world.wang.person, subject=matter.pk, given_at=noon)
    add_note(matter, "内部", by=world.ming, at=noon)

    add_from_reporter(matter, "他们又来了", by=world.wang.afresh(), at=noon)

    assert [note.text for note in notes_of(matter, for_reporter=True)] == ["他们又来了"]
    with pytest.raises(NotVisible):
        add_from_reporter(an_errand(), "x", by=world.wang.afresh(), at=noon)


def test_a_watcher_hears_only_while_he_may_see_it(world, an_errand, noon):
    matter = an_errand()
    watch(matter, by=world.fang, at=noon)
    watch(matter, by=world.fang, at=noon)
    watch(matter, by=world.gu, at=noon)
    assert set(watchers_of(matter, noon)) == {world.fang.person_id, world.gu.person_id}

    matter.excluded_persons = [world.gu.person_id]
    matter.save()

    assert watchers_of(matter, noon) == [world.fang.person_id]
    stop_watching(matter, by=world.fang, at=noon)
    assert watchers_of(matter, noon) == []
    with pytest.raises(NotVisible):
        watch(matter, by=world.zhao, at=noon)


def test_a_draft_waits_a_day_for_the_person_who_typed_it(world, noon):
    key = new_id()
    keep_draft(key, kind="errand", typed={"gist": "打"}, by=world.fang, at=noon)
    keep_draft(key, kind="errand", typed={"gist": "打架"}, by=world.fang, at=noon)

    assert [one.typed for one in drafts_of(world.fang, noon)] == [{"gist": "打架"}]
    assert drafts_of(world.zhou, noon) == []
    with pytest.raises(NotVisible):
        keep_draft(key, kind="errand", typed={}, by=world.zhou, at=noon)
    with pytest.raises(DraftTooLarge):
        keep_draft(key, kind="errand", typed={"gist": "长" * 30_000}, by=world.fang, at=noon)
    assert drafts_of(world.fang, noon + DAY) == []
    assert purge_drafts(noon + DAY) == 1
    drop_draft(key, by=world.fang)


def test_a_child_stands_under_its_parent_and_never_in_a_circle(world, an_errand, noon):
    parent, child, grandchild = an_errand(), an_errand(), an_errand()

    link(child, parent, by=world.fang, at=noon)
    link(grandchild, child, by=world.fang, at=noon)

    assert children_of(parent, world.fang, noon) == [child]
    for below in (parent, child, grandchild):
        with pytest.raises(LinkedInCircle):
            link(parent, below, by=world.fang, at=noon)
    unlink(child, by=world.fang, at=noon)
    assert children_of(parent, world.fang, noon) == []


def test_linking_needs_both_grounds_and_a_sealed_child_stays_sealed(world, an_errand, noon):
    here, there = an_errand(), an_errand(point=HEBU_01)
    with pytest.raises(NotVisible):
        link(here, there, by=world.shen, at=noon)

    sealed = an_errand(verb=None, sealed_to=[world.shen.post.pk], parent=here)
    assert children_of(here, world.shen, noon) == [sealed]
    assert children_of(here, world.fang, noon) == []


def test_presence_asks_every_answer_and_counts_each_person_once(world, an_errand, noon, monkeypatch):
    monkeypatch.setattr(presence, "ANSWERS", [])
    ming = Present(world.ming.person_id, world.ming.post.pk, sworn=True, recorder="5120471")
    presence.presence(lambda matter, at: [ming])
    presence.presence(lambda matter, at: [ming, Present(world.he.person_id, None, sworn=False)])

    assert {one.person for one in present_at(an_errand(), noon)} == {world.ming.person_id, world.he.person_id}


@pytest.fixture
def offers(monkeypatch):
    monkeypatch.setattr(openings, "_offers", {})


def test_a_purpose_nobody_serves_stays_visible_on_the_matter(world, an_errand, noon, offers):
    matter = an_errand()

    first = ask_for(matter, Wanted("problem", "repeat_place"), by=world.fang, at=noon)
    again = ask_for(matter, Wanted("problem", "repeat_place"), by=world.fang, at=noon)

    assert first == again
    assert requests_on(matter, world.shen, noon) == [first]
    with pytest.raises(NotAllowed):
        settle(first, by=world.ming, at=noon)
    settle(first, by=world.shen, at=noon)
    assert requests_on(matter, world.shen, noon) == []


def test_a_kind_that_serves_the_purpose_opens_it_at_once(world, an_errand, noon, offers):
    @openings.serves("problem")
    def offer(matter, wanted, by, at):
        return an_errand(parent=matter, gist="反复报警", verb=None)

    request = ask_for(an_errand(), Wanted("problem", "repeat_place"), by=world.fang, at=noon)

    assert request.opened.gist == "反复报警"
    assert request.settled_at == noon


def test_a_sealed_request_is_shown_to_the_named_alone(world, an_errand, noon, offers):
    matter = an_errand()

    request = ask_for(
        matter, Wanted("problem", "repeat_place", sealed_to=(world.shen.post.pk,)), by=world.fang, at=noon
    )

    assert requests_on(matter, world.shen, noon) == [request]
    assert requests_on(matter, world.fang, noon) == []
    assert "repeat_place" not in Entry.objects.get(verb="opening.ask").particulars.text


def test_an_unknown_purpose_is_a_programmers_mistake():
    with pytest.raises(ValueError, match="parade"):
        openings.serves("parade")
