"""A caller's words find the place in a town of 20 000: by the grams index, misheard and mistyped too."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from shouwang.core.actor import Actor
from shouwang.places import finding
from shouwang.places.finding import find_places
from shouwang.places.ground import Ground, GroundAddress, GroundFeature, GroundSite
from shouwang.places.loading import load_ground
from shouwang.places.words import comparable, pairs, telling

NOON = dt.datetime(2026, 10, 15, 4, tzinfo=dt.UTC)
LINE = {"type": "LineString", "coordinates": [[111.42, 27.68], [111.44, 27.70]]}


def street(name, n, *, step=1e-4, shops=()) -> list[GroundAddress]:
    """A street with `n` door numbers, as the made town writes them."""
    before = "青石县水门街道"
    rows = [GroundAddress(name, "street", name, before + name, 111.42, 27.69)]
    for number in range(1, n + 1):
        text = f"{name}{number}号"
        aliases = tuple(text + shop for at, shop in shops if at == number)
        rows.append(GroundAddress(text, "building", text, before + text, 111.42 + number * step, 27.69, name, aliases))
    return rows


@pytest.fixture
def town(as_role):
    ground = Ground("test", features=[GroundFeature("road", "primary", LINE, "桥西路")])
    ground.addresses += street("桥西路", 130, shops=[(12, "川味小馆")])
    for name in ("中山路", "学前街", "东门路", "水门街", "西门路"):
        ground.addresses += street(name, 60)
    estate = GroundAddress("桥西里", "estate", "桥西里", "青石县水门街道桥西里", 111.43, 27.68)
    ground.addresses.append(estate)
    for number in range(1, 13):
        name = f"桥西里{number}幢"
        ground.addresses.append(
            GroundAddress(name, "building", name, f"青石县水门街道{name}", 111.43, 27.68 + number / 1e4, "桥西里")
        )
        for unit in (1, 2):
            of = f"{name}{unit}单元"
            lon = 111.43 + unit / 1e5
            ground.addresses.append(
                GroundAddress(of, "entrance_unit", of, f"青石县水门街道{of}", lon, 27.68 + number / 1e4, name)
            )
    ground.sites += [
        GroundSite("crossing", "中山路学前街口", 111.425, 27.691, ("学前街中山路口",)),
        GroundSite("restaurant", "川味小馆", 111.42 + 12e-4, 27.69),
        GroundSite("market", "东门市场", 111.434, 27.689),
    ]
    with as_role("jobs"):
        load_ground(ground, by=Actor.system(), at=NOON)
    return ground


WORDS = {
    "桥西路十二号川味小馆门口": "桥西路12号 川味小馆",
    "桥西路１２号　川味小馆": "桥西路12号 川味小馆",
    "川味小馆": "桥西路12号 川味小馆",
    "青石县水门街道桥西路12号": "桥西路12号",
    "桥西路一百二十号": "桥西路120号",
    "桥西陆12号": "桥西路12号",
    "桥希路112号": "桥西路112号",
    "中山路学前街口": "中山路学前街口",
    "学前街和中山路交叉口": "中山路学前街口",
    "桥西里3幢2单元": "桥西里3幢2单元",
    "桥西里三栋2单元501": "桥西里3幢2单元",
    "桥西里 3 座": "桥西里3幢",
    "东门市场旁边": "东门市场",
    "桥西路": "桥西路",
}


def test_what_callers_say_finds_the_place_first(town):
    found = {words: find_places(words) for words in WORDS}

    assert {words: matches[0].full_text for words, matches in found.items() if matches} == WORDS


@pytest.mark.parametrize(
    "nonsense", ["", "   ", "今天天气真好", "😀😀", "\u202e", "啊", "a" * 10_000, "%%%", "路" * 300]
)
def test_nonsense_finds_nothing(town, nonsense):
    assert [match for match in find_places(nonsense) if match.score > 0.7] == []


def test_a_wrong_number_is_not_taken_for_another(town):
    texts = [match.full_text for match in find_places("桥西路999号")]

    assert texts
    assert texts[0] == "桥西路"
    assert not any("号" in text for text in texts)


def test_what_was_not_understood_is_told(town):
    match = find_places("桥西里3幢2单元501室")[0]

    assert (match.matched, match.unmatched) == ("桥西里3幢2单元", "501室")


def test_of_two_alike_the_nearer_comes_first(town):
    near = find_places("12号", near=(111.42 + 12e-4, 27.69))

    assert near
    assert near[0].score >= near[-1].score


def test_candidates_come_from_the_index_never_from_a_scan(town):
    wanted = pairs(comparable("桥西路12号川味小馆"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN {finding._CANDIDATES}", {"pairs": wanted, "telling": telling(wanted), "limit": finding.CANDIDATES}
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "found_place_grams" in plan
    assert "Seq Scan on places_foundplace" not in plan


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("桥西路 十二号", "桥西路12号"), ("ＡＢ座", "ab幢"), ("学前街与中山路交叉口", "学前街中山路口"),
        ("东门市场的旁边", "东门市场"), ("一百二十三号", "123号"),
    ],
)  # fmt: skip
def test_words_are_made_comparable(said, same):
    assert comparable(said) == same
