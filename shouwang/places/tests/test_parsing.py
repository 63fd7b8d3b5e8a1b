import json
import subprocess
import sys
from pathlib import Path

import pytest

from shouwang.places.elements import ELEMENTS, children_of, may_stand_under
from shouwang.places.parsing import parse
from shouwang.places.parsing.naming import TAGS, element

ROOT = Path(__file__).resolve().parents[3]

READ = {
    "青石县水门街道桥西路12号": "county 青石县|town 水门街道|street 桥西路|number 12号",
    "桥西路12号3单元402室": "street 桥西路|number 12号|entrance_unit 3单元|room 402室",
    "桥西路十二号三单元402": "street 桥西路|number 十二号|entrance_unit 三单元|room 402",
    "桥西路１２号３单元４０２": "street 桥西路|number １２号|entrance_unit ３单元|room ４０２",
    "湖南省永州市冷水滩区梅湾街道": "province 湖南省|city 永州市|county 冷水滩区|town 梅湾街道",
    "湖南永州冷水滩": "province 湖南|city 永州|county 冷水滩",
    "桥西里3栋2单元501": "place 桥西里|building 3栋|entrance_unit 2单元|room 501",
    "文昌花园8-2-1102": "place 文昌花园|building 8|noise -|entrance_unit 2|noise -|room 1102",
    "北坪村三组12号": "community 北坪村|street 三组|number 12号",
    "中山路与学前街交叉口": "street 中山路|beside 与|branch 学前街|beside 交叉口",
    "经济开发区兴工路8号顺意有限公司5楼": "zone 经济开发区|street 兴工路|number 8号|place 顺意有限公司|floor 5楼",
    "桥西路12号川味小馆门口": "street 桥西路|number 12号|place 川味小馆|beside 门口",
    "中山东路3号": "street 中山东路|number 3号",
    "永州永州市东安县": "noise 永州|city 永州市|county 东安县",
}


def told(text):
    return "|".join(f"{part.slot} {part.text}" for part in parse(text))


@pytest.mark.parametrize("text", READ)
def test_an_address_is_taken_apart_as_people_mean_it(text):
    assert told(text) == READ[text]


@pytest.mark.parametrize(
    "text", ["", " ", "😀😀", "\u202e", "路" * 500, "1" * 500, "-", "号", "<script>", "\x00", "ßİ号"]
)
def test_nonsense_is_read_without_an_error_and_nothing_of_it_is_lost(text):
    assert "".join(part.text for part in parse(text)) == text[:200]


def test_every_part_has_a_tag_and_at_most_one_kind_of_the_table():
    parts = [part for text in READ for part in parse(text)]

    assert {part.slot for part in parts} <= set(TAGS)
    assert {element(part.slot, part.text) for part in parts} <= {*ELEMENTS, ""}


@pytest.mark.parametrize(
    ("slot", "text", "kind"),
    [
        ("town", "水门街道", "street_office"), ("town", "北坪乡", "township"), ("street", "三组", "group"),
        ("community", "北坪村", "villagers_committee"), ("number", "12号", "building"), ("place", "桥西里", "estate"),
        ("place", "川味小馆", ""), ("floor", "5楼", ""), ("room", "402", "room"),
    ],
)  # fmt: skip
def test_parts_have_the_kinds_of_table_c5(slot, text, kind):
    assert element(slot, text) == kind


def test_only_the_steps_of_the_matrix_are_allowed():
    assert may_stand_under("building", "street")
    assert may_stand_under("county", None)
    assert not may_stand_under("room", "street")
    assert not may_stand_under("street", None)
    assert children_of("building") == ("entrance_unit", "room")


def test_the_command_answers_a_line_for_each_line_without_a_database(tmp_path):
    given = "桥西路12号\n\n桥西里3栋\n"

    done = subprocess.run(
        [sys.executable, "-m", "shouwang.config.command_line", "address", "--parse"], input=given, text=True,
        capture_output=True, cwd=ROOT, check=True, env={"PATH": "", "SHOUWANG_VAR": str(tmp_path / "none")},
    )  # fmt: skip

    lines = [json.loads(line)["parts"] for line in done.stdout.splitlines()]
    assert lines == [[["road", "桥西路"], ["roadno", "12号"]], [], [["poi", "桥西里"], ["houseno", "3栋"]]]
    assert not (tmp_path / "none").exists()
