"""The name of a place is no word about anybody; the same word about people stays refused."""

from typing import Any

import pytest

from shouwang.kinds.observation.about_who import word_about_who
from shouwang.kinds.observation.words import ABOUT_WHO
from shouwang.registry.tests.town import lay_address

PLACES = (
    "民族路口灯坏了", "民族大道 12 号门没锁", "民族东路和民族西路之间", "民族团结广场上太挤", "民族中学后门开着",
    "回族自治县界碑旁", "藏族中学门口", "民族文化宫东侧没有灯", "老乡菜馆后门", "苗族新村村口有人撬锁", "民族一巷 3 号",
    "door open at christian street 4", "宗教路 5 号院门没关",
)  # fmt: skip
PEOPLE = (
    ("有个少数民族的人在门口", "民族"), ("回族村民聚在一起", "回族"), ("听口音是外地人", "外地人"),
    ("一个藏族学生", "藏族"),
    ("民族路上有个维吾尔族男子", "维吾尔"), ("民族中学门口的苗族老人", "苗族"), ("信教的人常来", "信教"),
    ("回族街坊", "回族"),
    ("老乡会的人", "老乡"), ("基督徒聚会点", "基督徒"), ("a muslim man on the road", "muslim"), ("宗教活动", "宗教"),
)  # fmt: skip


@pytest.mark.parametrize("text", PLACES)
def test_the_name_of_a_place_is_not_refused(db: None, text: str) -> None:
    assert word_about_who(text) == ""


@pytest.mark.parametrize(("text", "word"), PEOPLE)
def test_words_about_who_somebody_is_are_refused(db: None, text: str, word: str) -> None:
    assert word_about_who(text) == word


@pytest.mark.parametrize("word", ABOUT_WHO)
def test_each_word_of_the_list_is_refused_by_itself(db: None, word: str) -> None:
    assert word_about_who(f"看见{word}在门口") == word


def test_a_name_that_the_town_itself_gave_is_known(world: Any) -> None:
    assert word_about_who("外地人之家门没关") == "外地人"
    lay_address(world.qiaoxi_04, "外地人之家")

    assert word_about_who("外地人之家门没关") == ""
    assert word_about_who("外地人之家门口站着外地人") == "外地人"
