"""Each reader gets the line in his language when he reads; nothing was written as a sentence."""

import pytest
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal import sentences
from shouwang.journal.purging import erase_particulars
from shouwang.journal.record import record
from shouwang.journal.sentences import has_sentence, name_by, say
from shouwang.journal.tests.conftest import MATTER
from shouwang.journal.timeline import lines_for, public_lines_for

CREW = new_id()


@pytest.fixture
def words(monkeypatch, fang):
    """Sentences and names as higher apps would register them, and how often names were asked for."""
    monkeypatch.setattr(sentences, "_sentences", {})
    monkeypatch.setattr(sentences, "_names", {})
    asked = []

    def people(ids):
        asked.append(ids)
        return {fang.person_id: "方晓宁"} if fang.person_id in ids else {}

    name_by("person", people)
    name_by("unit", lambda ids: {CREW: "桥西1组"})
    say("matter.step.dispatch", "{who} 派出 {unit}", told=_("The system"), unit="unit")
    say("matter.step.close", "{who} 办结：{outcome}", outcome={"advised": "已劝解"})
    say("matter.note", "{who} 写了留言")
    return asked


def texts(language="zh-hans", **given):
    return [line.text for line in lines_for(MATTER, language, **given)]


def test_ids_and_codes_are_shown_as_words(words, act):
    act(unit=CREW)
    act(verb="matter.step.close", outcome="advised")

    assert texts() == ["方晓宁 办结：已劝解", "方晓宁 派出 桥西1组"]


def test_the_newest_stands_first_and_pages_go_back(words, act):
    ids = act(3, verb="matter.note")

    assert [line.entry for line in lines_for(MATTER, "en", limit=2)] == [ids[2], ids[1]]
    assert [line.entry for line in lines_for(MATTER, "en", before=ids[1])] == [ids[0]]
    assert texts(verbs=["matter.step.close"]) == []


def test_names_are_asked_for_once_however_many_lines(words, act):
    act(20, unit=CREW)
    lines_for(MATTER, "en")

    assert len(words) == 1


def test_erased_details_say_so_and_lines_without_details_stay(words, act, as_role, fang, at):
    ids = act(unit=CREW) + act(verb="matter.note")
    with as_role("jobs"):
        erase_particulars(ids, by=Actor.system(), at=at, why="person_asked")

    note, sent = lines_for(MATTER, "zh-hans")
    assert (note.text, note.erased) == ("方晓宁 写了留言", False)
    assert (sent.text, sent.erased) == ("方晓宁：这一步的细节保存到期，已清除", True)
    assert lines_for(MATTER, "en")[1].text.startswith("方晓宁: the details of this act have been erased")


def test_whoever_is_not_known_any_more_is_not_a_blank(words, db, at):
    for by in (Actor(person_id=new_id()), Actor.system(), Actor.nobody()):
        with acting(by):
            record("matter.note", topic="matter.noted", subject=MATTER, by=by, at=at)

    assert texts() == ["访客 写了留言", "系统 写了留言", "已不在册的人 写了留言"]
    assert texts("zh-hant")[1] == "系統 写了留言"


def test_a_unit_that_is_gone_and_a_detail_that_is_missing_are_a_dash(words, act):
    act(unit=new_id())
    act()

    assert texts() == ["方晓宁 派出 –", "方晓宁 派出 –"]


def test_an_act_without_words_is_still_a_line(words, act):
    act(verb="matter.unheard_of")

    assert texts() == ["方晓宁：这一步还没有说法"]
    assert not has_sentence("matter.unheard_of")


def test_the_public_reads_what_has_words_for_it_and_no_names(words, act, as_role):
    act(unit=CREW)
    act(verb="matter.note")

    with as_role("portal"):
        lines = public_lines_for(MATTER, "zh-hans")
    assert [(line.text, line.who) for line in lines] == [("系统", "")]


def test_a_verb_has_one_sentence(words):
    with pytest.raises(ValueError, match="already"):
        say("matter.note", "again")
