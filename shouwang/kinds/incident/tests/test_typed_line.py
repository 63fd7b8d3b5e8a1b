"""One typed line, read as a table: call type, place words, number, urgency, gist."""

from __future__ import annotations

import pytest

from shouwang.kinds.incident.calls import GROUPS, SUBKINDS, group_of_foreign
from shouwang.kinds.incident.typed import is_emergency, read_line


@pytest.mark.parametrize(
    ("line", "subkind", "urgency", "number", "place", "gist"),
    [
        ("/new 打架 桥西路12号 两人受伤 13800000000", "order.fight", 2, "13800000000", "桥西路12号", "打架 两人受伤"),
        ("打架 桥西路１２号 受伤 １３８００００００００", "order.fight", 2, "13800000000", "桥西路12号", "打架 受伤"),
        ("13800000000 桥西路12号 打架", "order.fight", 2, "13800000000", "桥西路12号", "打架"),
        ("桥西路十二号打架", "order.fight", 2, "", "桥西路12号", "打架"),
        ("桥西路12号有人打架 138-0000-0000", "order.fight", 2, "13800000000", "桥西路12号", "打架"),
        ("河埠社区3栋2单元 噪音 楼上装修", "other_dept.noise", 4, "", "河埠社区3栋2单元", "噪音 楼上装修"),
        ("老人走丢，水门街道，红衣 0731-84312345", "help.lost_person", 2, "073184312345", "水门街道", "老人走丢 红衣"),
        ("挪车 桥西路口 湘A12345", "traffic.move_car", 4, "", "桥西路口", "挪车 湘A12345"),
        ("挪车 桥西路口 !2", "traffic.move_car", 2, "", "桥西路口", "挪车"),
        ("车祸 东门大桥 有人流血昏迷", "traffic.accident", 1, "", "东门大桥", "车祸 有人流血昏迷"),
        ("邻居吵架 人民医院门口", "help.neighbours", 3, "", "人民医院门口", "邻居吵架"),
        ("小偷 菜市场 还在店里", "crime.theft", 2, "", "菜市场", "小偷 还在店里"),
        ("两个人在超市打起来了", "order.fight", 2, "", "", "两个人在超市打起来了"),
        ("13800000000", "", 3, "13800000000", "", ""),
        ("不知道怎么了", "", 3, "", "", "不知道怎么了"),
        ("/new", "", 3, "", "", ""),
        ("", "", 3, "", "", ""),
        ("打架 青石桥头 三个人", "order.fight", 2, "", "青石桥头", "打架 三个人"),
        ("老人跌倒 桥西里3幢楼下", "help.fall", 2, "", "桥西里3幢楼下", "老人跌倒"),
        ("着火了 幸福小区5栋", "fire_rescue.fire", 1, "", "幸福小区5栋", "着火了"),
    ],
)
def test_a_line_is_read_as_a_dispatcher_would(line, subkind, urgency, number, place, gist):
    read = read_line(line)

    assert (read.subkind, read.urgency, read.number, read.place, read.gist) == (subkind, urgency, number, place, gist)


def test_the_words_that_raised_the_urgency_are_named():
    assert read_line("车祸 有人流血昏迷").raised == ("昏迷", "流血")
    assert read_line("打架 有人受伤").raised == ()


def test_one_word_says_that_the_caller_wants_no_call_and_stays_out_of_the_gist():
    read = read_line("打架 桥西路12号 勿扰 13800000000")

    assert (read.quiet, read.gist, read.place) == (True, "打架", "桥西路12号")
    assert not read_line("打架 桥西路12号 请勿打扰别人").quiet


def test_a_line_of_ten_thousand_characters_is_read_up_to_its_limit():
    assert len(read_line("长" * 10_000).gist) == 500


@pytest.mark.parametrize("line", ["\u0000\u202e", "'; DROP TABLE", "((((", "/new /new", "１" * 40, "😀 打架 😀"])
def test_strange_lines_never_fail(line):
    read_line(line)


@pytest.mark.parametrize(
    ("text", "emergency"),
    [("有人拿刀", True), ("着火了", True), ("我爸昏迷了", True), ("楼上太吵", False), ("挪车", False), ("", False)],
)
def test_an_emergency_is_known_by_its_words(text, emergency):
    assert is_emergency(text) is emergency


def test_every_call_type_belongs_to_a_group_and_no_word_belongs_to_two():
    words = [word for sort in SUBKINDS.values() for word in sort.words]

    assert {sort.group for sort in SUBKINDS.values()} == set(GROUPS)
    assert len(words) == len(set(words))


def test_foreign_codes_fold_and_gathering_to_petition_leaves_no_cause():
    assert group_of_foreign("700100") == group_of_foreign("700200") == "crowd_safety"
    assert group_of_foreign("123456") == "other"
    assert [name for name in SUBKINDS if name.startswith("crowd_safety.")] == ["crowd_safety.crowding"]


def test_disputes_cross_the_groups():
    disputes = {sort.group for sort in SUBKINDS.values() if sort.dispute}

    assert disputes >= {"help", "other_dept", "order"}
