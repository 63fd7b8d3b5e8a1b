import datetime as dt

import pytest
from django.db import connection

from shouwang.core.actor import Actor
from shouwang.places.components import components
from shouwang.places.ground import Ground, GroundAddress, GroundFeature
from shouwang.places.loading import load_ground
from shouwang.places.matching import match_address
from shouwang.places.models import Address, AddressAlias, AddressSuccession
from shouwang.places.tree import index

NOON = dt.datetime(2026, 6, 1, 4, tzinfo=dt.UTC)


def add(ground, key, kind, name, parent=""):
    lon, lat = 111.42 + len(ground.addresses) * 1e-5, 27.69
    ground.addresses.append(GroundAddress(key, kind, name, f"青石县水门街道{name}", lon, lat, parent))


@pytest.fixture
def town(world, as_role):
    line = {"type": "LineString", "coordinates": [[111.42, 27.69], [111.43, 27.69]]}
    ground = Ground("test", features=[GroundFeature("road", "primary", line, "桥西路")])
    for street in ("桥西路", "中山路", "学前街"):
        add(ground, street, "street", street)
        for number in range(1, 30):
            add(ground, f"{street}{number}", "building", f"{street}{number}号", street)
    for room in ("101室", "402室"):
        add(ground, f"桥西路12{room}", "room", f"桥西路12号{room}", "桥西路12")
    add(ground, "里", "estate", "桥西里")
    for house in range(1, 5):
        add(ground, f"里{house}", "building", f"桥西里{house}幢", "里")
        for unit in (1, 2):
            add(ground, f"里{house}{unit}", "entrance_unit", f"桥西里{house}幢{unit}单元", f"里{house}")
            for room in ("101室", "501室"):
                add(ground, f"里{house}{unit}{room}", "room", f"桥西里{house}幢{unit}单元{room}", f"里{house}{unit}")
    with as_role("jobs"):
        load_ground(ground, by=Actor.system(), at=NOON)
    return ground


MEANT = {
    "青石县水门街道桥西里3幢2单元501室": "桥西里3幢2单元501室",
    "桥西里3-2-501": "桥西里3幢2单元501室",
    "桥西里三栋二单元501": "桥西里3幢2单元501室",
    "桥西里３号楼２单元５０１室": "桥西里3幢2单元501室",
    "桥西里4座": "桥西里4幢",
    "桥西路十二号402": "桥西路12号402室",
    "桥希路12号402": "桥西路12号402室",
    "桥西路12号川味小馆": "桥西路12号",
    "青石县桥西路": "桥西路",
}


def test_words_are_matched_to_the_element_they_mean(town):
    found = {words: match_address(words) for words in MEANT}

    assert {words: matches[0].address.searched for words, matches in found.items() if matches} == MEANT


@pytest.mark.parametrize(
    ("words", "address", "unmatched"),
    [
        ("桥西里3幢2单元999室", "桥西里3幢2单元", "999室"), ("桥西里3幢9单元501", "桥西里3幢", "9单元501室"),
        ("桥西路999号3单元", "桥西路", "999号3单元"), ("桥西路12号5楼", "桥西路12号", "5楼"),
    ],
)  # fmt: skip
def test_what_did_not_match_is_told_and_nothing_else_is_taken_for_it(town, words, address, unmatched):
    best = match_address(words)[0]

    assert (best.address.searched, best.unmatched, best.whole) == (address, unmatched, False)


def test_without_the_entrance_every_room_of_that_number_is_offered(town):
    found = [match.address.searched for match in match_address("桥西里3幢501")]

    assert {"桥西里3幢1单元501室", "桥西里3幢2单元501室"} <= set(found[:3])


@pytest.mark.parametrize("words", ["", "   ", "幸福大街12号", "今天天气真好", "号", "501", "\x00", "路" * 400])
def test_what_is_not_here_is_matched_with_nothing(town, words):
    assert not any(match.whole for match in match_address(words))


def test_a_former_name_of_a_street_finds_its_doors(town, as_role):
    street = Address.objects.get(name="桥西路")
    with as_role("web"):
        AddressAlias.objects.create(address=street, name="建设路", kind="former", until=NOON)
        index(street)

    assert match_address("建设路12号402")[0].address.searched == "桥西路12号402室"


def test_an_ended_address_gives_what_stands_in_its_place(town, as_role):
    old, new = Address.objects.get(searched="桥西路5号"), Address.objects.get(searched="桥西路7号")
    with as_role("web"):
        Address.objects.filter(pk=old.pk).update(status="merged", until=NOON)
        AddressSuccession.objects.create(was=old, became=new, at=NOON)

    match = match_address("桥西路5号")[0]

    assert (match.address, match.known_as) == (new, "青石县水门街道桥西路5号")


def test_nothing_is_scanned_on_the_way(town):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM places_address WHERE searched = ANY(%s)", [["桥西路12号"]])
        exact = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("EXPLAIN SELECT id FROM places_address WHERE path LIKE '/1/2/%' AND name = '402室'")
        below = "\n".join(row[0] for row in cursor.fetchall())

    assert "address_searched" in exact
    assert "address_path" in below


@pytest.mark.parametrize(
    ("words", "names", "levels", "aside"),
    [
        ("桥西里3-2-501，川味小馆对面", "桥西里", ["3幢", "2单元", "501室"], "川味小馆对面"),
        ("北坪村李家冲12号", "北坪村李家冲", ["12号"], ""), ("青石县桥西路12号B座3楼", "桥西路", ["12号"], "3楼"),
        ("桥西路12号3号", "桥西路", ["12号", "3单元"], ""),
    ],
)  # fmt: skip
def test_words_are_taken_apart_into_names_and_levels(words, names, levels, aside):
    asked = components(words)

    assert (asked.names, [level.said for level in asked.levels][: len(levels)], asked.aside) == (names, levels, aside)
