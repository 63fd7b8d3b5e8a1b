"""Text and numbers as they are written in China: widths, numerals, identifiers, masks, invisible characters."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from operator import mul

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem

# --- widths, invisible characters, length --------------------------------------------------------------------------

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HALF_WORDS = {code: half for code, half in _HALF.items() if chr(half).isalnum() or half == 0x20}
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # controls, but tab and newline
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"  # bidi, zero width
    "\ud800-\udfff\ufffe\uffff]"  # halves of a character, and none at all
)


class TextTooLong(Problem):
    code, status = "text.too_long", 400
    says = _("This text has {length} characters; at most {limit} fit. Shorten it, or add the rest as a note.")


def half_width(text: str, *, punctuation: bool = True) -> str:
    """`１２号，Ａ座` → `12号,A座`; without `punctuation` the Chinese comma stays as people write it."""
    return text if text.isascii() else text.translate(_HALF if punctuation else _HALF_WORDS)


def clean_text(text: str, limit: int, *, field: str | None = None) -> str:
    """Text fit to be kept and shown: composed, digits half-width, without controls, bidi or zero-width marks.

    Raises  TextTooLong (counted before the work is done, so that 10 MB cost nothing)
    """
    if len(text) > limit * 4 + 1000:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    kept = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = half_width(unicodedata.normalize("NFC", kept), punctuation=False).strip()
    if len(kept) > limit:
        raise TextTooLong(field=field, length=len(kept), limit=limit)
    return kept


def clean_line(text: str, limit: int, *, field: str | None = None) -> str:
    """`clean_text` on one line: every run of white space is one space."""
    return _BLANKS.sub(" ", clean_text(text, limit, field=field))


# --- numerals ------------------------------------------------------------------------------------------------------

_DIGIT = {
    char: value
    for value, chars in enumerate(["零〇○", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for char in chars
}
_PLACE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIAD = {"万": 10_000, "亿": 100_000_000}
_NUMERAL = "".join(_DIGIT) + "".join(_PLACE) + "".join(_MYRIAD)
_COUNTER = "号|弄|幢|栋|座|单元|室|户|层|楼|组|门|排|期"  # what a numeral in an address stands before
_BEFORE_COUNTER = re.compile(rf"[{_NUMERAL}]+(?=(?:之[{_NUMERAL}\d]+)?(?:{_COUNTER}))")


def number_of(numeral: str) -> int | None:
    """`三百二十一` → 321, `十二` → 12, `二〇二六` → 2026, `12` → 12; None if it is no numeral."""
    text = half_width(numeral)
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in _NUMERAL for char in text):
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _PLACE:
            section += (digit or 1) * _PLACE[char]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIAD[char]
            section = digit = 0
    return total + section + digit


def arabic(text: str) -> str:
    """`十二号三单元` → `12号3单元`. Only numerals before a counter change: 三里屯 and 五一路 keep their names."""
    return _BEFORE_COUNTER.sub(lambda match: str(number_of(match.group())), half_width(text, punctuation=False))


# --- identifiers ---------------------------------------------------------------------------------------------------

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I O S V Z
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_PLATE = re.compile(rf"[{_PROVINCES}][A-Z][A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-9]\d{6,7}(?:-\d{1,6})?|1\d{2,4}|[48]00\d{7}")


class BadIdNumber(Problem):
    code, status = "identifier.id_number", 400
    says = _("This identity number is mistyped: {why}")


class BadCreditCode(Problem):
    code, status = "identifier.credit_code", 400
    says = _("This unified social credit code is mistyped: {why}")


class BadPhone(Problem):
    code, status = "identifier.phone", 400
    says = _("This is no telephone number. A mobile number has 11 digits and starts with 13 to 19.")


class BadPlate(Problem):
    code, status = "identifier.plate", 400
    says = _("This is no number plate. It has 7 or 8 characters and starts with the province, such as 湘A12345.")


def check_id_number(text: str, *, field: str = "id_number") -> str:
    """The citizen number, upper case, checked (IDN-01). A right check digit proves typing, not identity (IDN-09).

    Source  GB 11643-1999      Raises  BadIdNumber
    """
    number = half_width(text).replace(" ", "").upper()
    if len(number) == 15 and number.isdigit():
        raise BadIdNumber(field=field, why=_("old numbers of 15 digits are no longer valid; give the 18-digit one."))
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise BadIdNumber(field=field, why=_("it has 17 digits and then a digit or X."))
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise BadIdNumber(field=field, why=_("digits 7 to 14 are no date of birth.")) from None
    total = sum(map(mul, map(int, number[:17]), _ID_WEIGHTS))
    if number[17] != _ID_CHECKS[total % 11]:
        raise BadIdNumber(field=field, why=_("the last character does not fit the others."))
    return number


def check_credit_code(text: str, *, field: str = "credit_code") -> str:
    """The unified social credit code, upper case, checked (IDN-02). Source GB 32100-2015. Raises BadCreditCode."""
    code = half_width(text).replace(" ", "").upper()
    if len(code) != 18 or any(char not in _CREDIT_ALPHABET for char in code):
        raise BadCreditCode(field=field, why=_("it has 18 characters, without I, O, S, V and Z."))
    total = sum(_CREDIT_ALPHABET.index(char) * weight for char, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    if code[17] != _CREDIT_ALPHABET[(31 - total % 31) % 31]:
        raise BadCreditCode(field=field, why=_("the last character does not fit the others."))
    return code


def check_phone(text: str, *, field: str = "number") -> str:
    """A telephone number, digits only (a short extension keeps its dash). Lenient: mobile, landline, 110-like, 400.

    Raises  BadPhone
    """
    number = re.sub(r"[\s()（）.]|(?<=\d)[-—–](?=\d{3,4}[-—–]?\d)", "", half_width(text))
    number = re.sub(r"^(?:\+|00)86-?", "", number)
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    joined = number.replace("-", "")
    if _MOBILE.fullmatch(joined) or _LANDLINE.fullmatch(joined):
        return joined
    raise BadPhone(field=field)


def is_mobile(text: str) -> bool:
    """Eleven digits, 13 to 19 (IDN-08): a number that messages reach."""
    return bool(_MOBILE.fullmatch(half_width(text)))


def check_plate(text: str, *, field: str = "plate") -> str:
    """A number plate, 7 or 8 characters (IDN-08). Raises BadPlate."""
    plate = re.sub(r"[\s·•.-]", "", half_width(text)).upper()
    if not _PLATE.fullmatch(plate):
        raise BadPlate(field=field)
    return plate


# --- masks (IDN-03) ------------------------------------------------------------------------------------------------


def mask_number(number: str) -> str:
    """`11010519491231002X` → `****************2X`: the last two only, for every kind of number."""
    return "*" * (len(number) - 2) + number[-2:] if len(number) > 2 else "*" * len(number)


def mask_name(name: str) -> str:
    """`欧阳明` → `欧**`: the first character only."""
    return name[:1] + "*" * (len(name) - 1)
