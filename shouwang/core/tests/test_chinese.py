"""Text and identifiers as people in China write them."""

from __future__ import annotations

import pytest

from shouwang.core.chinese import (
    BadCreditCode,
    BadIdNumber,
    BadPhone,
    BadPlate,
    TextTooLong,
    arabic,
    check_credit_code,
    check_id_number,
    check_phone,
    check_plate,
    clean_line,
    clean_text,
    half_width,
    is_mobile,
    mask_name,
    mask_number,
    number_of,
)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])  # the standard's own examples
def test_the_standards_examples_are_valid_id_numbers(number):
    assert check_id_number(number) == number


def test_a_small_or_full_width_x_is_taken_as_x():
    assert check_id_number("11010519491231002ｘ") == "11010519491231002X"


@pytest.mark.parametrize(
    "number", ["110105194912310021", "11010519491331002X", "1101054912310", "", "110105491231002", "11010519491231002Y"]
)
def test_a_mistyped_id_number_is_refused(number):
    with pytest.raises(BadIdNumber):
        check_id_number(number)


def test_every_single_wrong_digit_of_an_id_number_is_found():
    right = "440524188001010014"
    for place in range(17):
        for digit in "0123456789":
            if digit != right[place]:
                with pytest.raises(BadIdNumber):
                    check_id_number(right[:place] + digit + right[place + 1 :])


@pytest.mark.parametrize("code", ["910000000000000040", "91350100M000100Y43"])
def test_valid_credit_codes_pass_also_when_the_remainder_is_zero(code):
    assert check_credit_code(code) == code


@pytest.mark.parametrize("code", ["910000000000000041", "91350100M000100Y4I", "9135", "91350100M000100Y44"])
def test_a_mistyped_credit_code_is_refused(code):
    with pytest.raises(BadCreditCode):
        check_credit_code(code)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0731-84312345", "073184312345"),
        ("84312345", "84312345"),
        ("110", "110"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_telephone_numbers_are_read_as_people_write_them(typed, number):
    assert check_phone(typed) == number


@pytest.mark.parametrize("typed", ["", "12", "1380000000", "138000000000", "abc", "12345678901", "1" * 10_000])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(BadPhone):
        check_phone(typed)


def test_only_mobile_numbers_get_messages():
    assert is_mobile("13800000000")
    assert not is_mobile("073184312345")


@pytest.mark.parametrize("plate", ["湘A12345", "湘AD12345", "湘A·1234学"])
def test_plates_of_seven_and_eight_characters_pass(plate):
    assert check_plate(plate) == plate.replace("·", "")


def test_a_plate_without_its_province_is_refused():
    with pytest.raises(BadPlate):
        check_plate("A12345")


def test_masks_leave_two_digits_or_one_character():
    assert mask_number("11010519491231002X") == "****************2X"
    assert mask_number("13800000000") == "*********00"
    assert mask_number("12") == "**"
    assert mask_name("欧阳明") == "欧**"


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十二", 12),
        ("三百二十一", 321),
        ("二〇二六", 2026),
        ("一万零三百", 10300),
        ("两千", 2000),
        ("１２", 12),
        ("二十", 20),
        ("十", 10),
        ("三百零五", 305),
        ("一亿", 100_000_000),
        ("", None),
        ("桥", None),
    ],
)
def test_chinese_numerals_become_numbers(numeral, number):
    assert number_of(numeral) == number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("桥西路十二号三单元二〇一室", "桥西路12号3单元201室"),
        ("三里屯五一路１２号", "三里屯五一路12号"),
        ("十二号之三", "12号之三"),
        ("四川路", "四川路"),
    ],
)
def test_only_numerals_before_a_counter_change(text, read):
    assert arabic(text) == read


def test_full_width_letters_and_digits_become_half_width_and_commas_only_when_asked():
    assert half_width("１２号，Ａ座") == "12号,A座"
    assert half_width("１２号，Ａ座", punctuation=False) == "12号，A座"


def test_invisible_characters_leave_the_text_and_emoji_stay():
    assert clean_text("打\u202e架\u0000\u200b，快来😀\r\n二楼", 50) == "打架，快来😀\n二楼"
    assert clean_line("桥西路 \n\t 12号", 50) == "桥西路 12号"


def test_a_text_of_ten_megabytes_is_refused_with_its_length():
    with pytest.raises(TextTooLong) as caught:
        clean_text("长" * 10_000_000, 2000, field="words")

    assert caught.value.field == "words"
    assert caught.value.given == {"length": 10_000_000, "limit": 2000}
