"""Every text fits its channel, in three languages, and says nothing about the case (MSG-01 to MSG-03)."""

import datetime as dt

import pytest

from shouwang.connections.sms.parts import n_parts
from shouwang.notices.models import Channel
from shouwang.notices.quiet_hours import first_allowed, is_quiet
from shouwang.notices.wordings import ALLOWED, WORDINGS, short_message, text_of

LONGEST = {
    "reference": "2611220047",
    "code": "48213907",
    "number": "2047",
    "link": "https://qingshi.example/answer/" + "x" * 32,
}
OUTSIDE = [key for key, words in WORDINGS.items() if words.channels != {Channel.IN_APP}]


@pytest.mark.item("MSG-03")
@pytest.mark.parametrize("key", WORDINGS)
def test_a_text_holds_only_values_that_tell_nothing(key: str) -> None:
    assert WORDINGS[key].names <= ALLOWED


@pytest.mark.item("MSG-02")
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize("key", OUTSIDE)
def test_a_chinese_message_is_one_part_or_two_with_a_link(key: str, language: str) -> None:
    values = {name: LONGEST[name] for name in WORDINGS[key].names}

    text = short_message(key, values, sender="青石警务", language=language)

    assert n_parts(text) <= (2 if "link" in values else 1), text


@pytest.mark.parametrize("key", WORDINGS)
def test_chinese_is_written_and_not_english(key: str) -> None:
    values = {name: LONGEST[name] for name in WORDINGS[key].names}

    texts = {language: text_of(key, values, language=language) for language in ("en", "zh-hans", "zh-hant")}

    assert texts["zh-hans"] != texts["en"]
    assert any("\u4e00" <= character <= "\u9fff" for character in texts["zh-hans"])


def test_a_protected_party_reads_neither_reference_nor_link() -> None:
    for key in OUTSIDE:
        values = {name: LONGEST[name] for name in WORDINGS[key].names}
        text = text_of(key, values, language="zh-hans", protected=True)
        assert not any(value in text for value in LONGEST.values())


@pytest.mark.parametrize(
    ("text", "parts"),
    [("", 1), ("字" * 70, 1), ("字" * 71, 2), ("字" * 134, 2), ("字" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2)],
)
def test_parts_are_counted_in_units_of_sixteen_bits(text: str, parts: int) -> None:
    assert n_parts(text) == parts


@pytest.mark.item("MSG-04")
@pytest.mark.parametrize(
    ("local", "allowed"),
    [
        ("20:59", "20:59"), ("21:00", "next 08:00"), ("23:59", "next 08:00"), ("00:00", "08:00"), ("07:59", "08:00"),
        ("08:00", "08:00"), ("12:00", "12:00"),
    ],
)  # fmt: skip
def test_nothing_is_sent_between_nine_and_eight(local: str, allowed: str) -> None:
    zone = dt.timezone(dt.timedelta(hours=8))
    at = dt.datetime.combine(dt.date(2026, 11, 20), dt.time.fromisoformat(local), zone)
    day = dt.timedelta(days=1 if "next" in allowed else 0)

    expected = dt.datetime.combine(dt.date(2026, 11, 20) + day, dt.time.fromisoformat(allowed[-5:]), zone)

    assert first_allowed(at) == expected
    assert is_quiet(at) == (first_allowed(at) != at)
