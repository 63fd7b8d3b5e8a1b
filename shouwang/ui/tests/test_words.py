"""Times, spans and distances as tables: what is given, what a person reads."""

import datetime as dt
from decimal import Decimal

import pytest

from shouwang.core.clock import SHANGHAI
from shouwang.ui import words

NOW = dt.datetime(2025, 10, 16, 14, 0, tzinfo=SHANGHAI)  # a Thursday


@pytest.mark.parametrize(
    ("given", "chinese", "english"),
    [
        ((2025, 10, 16, 9, 5), "09:05", "09:05"),
        ((2025, 10, 16, 14, 0), "14:00", "14:00"),
        ((2025, 10, 16, 15, 20), "今天 15:20", "today 15:20"),
        ((2025, 10, 17, 9, 30), "明天 09:30", "tomorrow 09:30"),
        ((2025, 10, 15, 22, 41), "昨天 22:41", "yesterday 22:41"),
        ((2025, 10, 18, 20, 0), "周六 20:00", "Sat 20:00"),
        ((2025, 10, 22, 8, 0), "周三 08:00", "Wed 08:00"),
        ((2025, 10, 23, 8, 0), "10月23日（周四）08:00", "Thu 23 Oct 08:00"),
        ((2025, 10, 13, 22, 41), "10月13日 22:41", "13 Oct 22:41"),
        ((2026, 1, 3, 10, 0), "2026年1月3日（周六）10:00", "Sat 3 Jan 2026 10:00"),
        ((2024, 12, 31, 23, 59), "2024年12月31日 23:59", "31 Dec 2024 23:59"),
    ],
)
def test_a_moment_is_said_from_where_the_reader_stands(given, chinese, english):
    at = dt.datetime(*given, tzinfo=SHANGHAI)

    assert words.moment(at, NOW, "zh-hans") == chinese
    assert words.moment(at, NOW, "en") == english


def test_midnight_belongs_to_the_day_in_shanghai_not_in_greenwich():
    at = dt.datetime(2025, 10, 16, 16, 30, tzinfo=dt.UTC)  # 00:30 on the 17th there

    assert words.moment(at, NOW, "zh-hans") == "明天 00:30"


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (-3, "00:00", "00:00"),
        (48, "00:48", "00:48"),
        (599.9, "09:59", "09:59"),
        (600, "10分", "10 min"),
        (1560, "26分", "26 min"),
        (3600, "1小时", "1 h"),
        (11400, "3小时10分", "3 h 10 min"),
        (4 * 86400, "4天", "4 days"),
    ],
)
def test_a_running_clock_grows_coarser(seconds, chinese, english):
    assert words.span(seconds, "zh-hans") == chinese
    assert words.span(seconds, "en") == english


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "0秒", "0 s"),
        (48, "48秒", "48 s"),
        (60, "1分", "1 min"),
        (130, "2分10秒", "2 min 10 s"),
        (245, "4分05秒", "4 min 05 s"),
        (1560, "26分", "26 min"),
    ],
)
def test_a_length_of_time_is_said_in_words(seconds, chinese, english):
    assert words.duration(seconds, "zh-hans") == chinese
    assert words.duration(seconds, "en") == english


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [(47, "47 秒前", "47 s ago"), (190, "3 分钟前", "3 min ago"), (7300, "2 小时前", "2 h ago")],
)
def test_a_position_says_its_age(seconds, chinese, english):
    assert words.age(seconds, "zh-hans") == chinese
    assert words.age(seconds, "en") == english


@pytest.mark.parametrize(
    ("metres", "chinese"), [(3, "10 米"), (148, "150 米"), (949, "950 米"), (1100, "1.1 公里"), (12340, "12.3 公里")]
)
def test_a_distance_is_rounded_as_one_would_say_it(metres, chinese):
    assert words.distance(metres, "zh-hans") == chinese


def test_traditional_readers_get_their_characters():
    assert words.moment(dt.datetime(2025, 10, 18, 20, tzinfo=SHANGHAI), NOW, "zh-hant") == "週六 20:00"
    assert words.span(11400, "zh-hant") == "3小時10分"
    assert words.working_days(3, "zh-hant") == "3個工作日"


def test_codes_and_money_are_written_as_they_are_read():
    assert words.receipt("K7M39RTX") == "K7M3 9RTX"
    assert words.money(Decimal("12.5"), "zh-hans") == "12.50 元"
    assert words.working_days(1, "en") == "1 working day"


@pytest.mark.parametrize(
    ("day", "hour", "said", "in_english"),
    [
        (24, 0, "今天 24:00", "today 24:00"),
        (25, 0, "明天 24:00", "tomorrow 24:00"),
        (23, 0, "昨天 24:00", "yesterday 24:00"),
        (24, 9, "明天 09:00", "tomorrow 09:00"),
    ],
)
def test_what_ends_at_midnight_ends_with_the_day_before(day: int, hour: int, said: str, in_english: str) -> None:
    noon = dt.datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
    at = dt.datetime(2026, 11, day, hour, tzinfo=SHANGHAI)

    assert words.moment(at, noon, "zh-hans", ends=True) == said
    assert words.moment(at, noon, "en", ends=True) == in_english
