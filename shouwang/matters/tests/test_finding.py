"""One box: by reference, words, place and date, through the access filter, and never by reading the whole table."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core.ids import new_id
from shouwang.matters.finding import find_matters, grams_of
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.matters.tests.conftest import HEBU_01


def found(text, world, at, who="fang") -> list[str]:
    return [one.gist for one in find_matters(text, by=getattr(world, who), at=at)]


@pytest.fixture
def three(world, an_errand, noon):
    an_errand(gist="猫上树", place_text="桥西路12号", words="我家三花猫", at=noon - dt.timedelta(days=1))
    an_errand(gist="老人跌倒", place_text="桥西路120号", subkind="home.cat", at=noon)
    an_errand(gist="挪车", place_text="河埠街3号", point=HEBU_01, at=noon)


@pytest.mark.parametrize(
    ("text", "gists"),
    [
        ("桥西路", ["老人跌倒", "猫上树"]),
        ("桥西路12号", ["猫上树"]),
        ("桥西路十二号", ["猫上树"]),
        ("三花", ["猫上树"]),
        ("猫", ["老人跌倒", "猫上树"]),  # one by its call type, one by its words
        ("河埠 挪车", ["挪车"]),
        ("挪车 桥西", []),
        ("2603100001", ["老人跌倒"]),
        ("#2", ["挪车"]),
        ("2", ["挪车"]),
        ("昨天", ["猫上树"]),
        ("3-10 跌倒", ["老人跌倒"]),
        ("2026年3月9日", ["猫上树"]),
        ("路西桥", []),
        ("", []),
        ("%_'; drop", []),
    ],
)
def test_matters_are_found_by_what_people_remember(world, three, noon, text, gists):
    assert found(text, world, noon + dt.timedelta(minutes=1)) == gists


def test_nobody_finds_what_he_may_not_see(world, three, noon):
    assert found("桥西路", world, noon, who="zhao") == []
    assert found("2603100001", world, noon, who="zhao") == []
    assert found("挪车", world, noon, who="zhao") == ["挪车"]


def test_a_changed_gist_is_found_and_the_old_one_is_not(world, an_errand, noon):
    matter = an_errand()
    matter = take_step(matter, "say", by=world.fang, at=noon, word="狗在桥上")

    assert found("狗", world, noon) == ["狗在桥上"]
    assert found("上树", world, noon) == []


def test_grams_are_characters_and_pairs_of_half_width_text():
    assert grams_of("桥西１２，OK") == ["桥", "西", "1", "2", "桥西", "西1", "12", "o", "k", "ok"]


@pytest.fixture
def many(world, an_errand, noon):
    """Some thousand matters beside the one that is looked for."""
    one = an_errand(gist="蓝色自行车", place_text="旧货街7号")
    fields = {field.attname: getattr(one, field.attname) for field in Matter._meta.concrete_fields}
    Matter.objects.bulk_create(
        Matter(**(fields | {"id": new_id(), "reference": f"99{number:08d}", "gist": f"件{number}", "place_text": "",
                            "grams": grams_of(f"件{number} 99{number:08d}")}))
        for number in range(4000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE testtown_owner; ANALYZE matters_matter; SET LOCAL ROLE testtown_web")
    return one


@pytest.mark.parametrize("text", ["蓝色自行车", "旧货街", "2603100001", "自行车 旧货"])
def test_search_uses_the_index_and_never_reads_the_whole_table(world, many, noon, text):
    fang = world.fang.afresh()
    with CaptureQueriesContext(connection) as asked:
        assert [one.pk for one in find_matters(text, by=fang, at=noon)] == [many.pk]

    query = next(one["sql"] for one in asked.captured_queries if 'FROM "matters_matter"' in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + query)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on matters_matter" not in plan, plan
    assert "matter_grams" in plan or "reference" in plan, plan
