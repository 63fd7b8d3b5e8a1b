"""One byte string for one value: canonical JSON (RFC 8785), so that a hash of it means something."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

JSON_VALUES = "text, whole numbers below 2^53, finite numbers, true, false, null, lists and objects"
LARGEST_INT = 2**53 - 1  # RFC 8785 follows ECMAScript, whose numbers are exact only up to here


class NotCanonical(ValueError):
    """The value has no canonical JSON form."""


def canonical_json(value: object) -> bytes:
    """The RFC 8785 form of `value` as UTF-8.

    Raises  NotCanonical for anything but plain JSON values
    """
    return _text(value).encode()


def _text(value: object) -> str:
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > LARGEST_INT:
            raise NotCanonical(f"the whole number {value} is not exact in JSON")
        return str(int(value))
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return "[" + ",".join(_text(item) for item in value) + "]"
    raise NotCanonical(f"{type(value).__name__} is none of: {JSON_VALUES}")


def _object(value: Mapping[object, object]) -> str:
    names = list(value)
    for name in names:
        if not isinstance(name, str):
            raise NotCanonical(f"the name {name!r} is not text")
    names.sort(key=lambda name: str(name).encode("utf-16-be", "surrogatepass"))  # RFC 8785 3.2.3: UTF-16 units
    return "{" + ",".join(f"{_string(str(name))}:{_text(value[name])}" for name in names) + "}"


def _string(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text holds half of a character pair") from error
    return json.dumps(str(text), ensure_ascii=False)


def _number(value: float) -> str:
    """ECMAScript's Number::toString. Source  ECMA-262 section 6.1.6.1.20; Python's repr has the same digits."""
    if not math.isfinite(value):
        raise NotCanonical("not a finite number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + ("" if fraction == "0" else fraction)).lstrip("0")
    point = len(whole) + int(exponent or 0) if whole != "0" else int(exponent or 0) - _leading_zeros(fraction)
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = f"{point - 1:+d}"
    return f"{sign}{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e{power}"


def _leading_zeros(fraction: str) -> int:
    return len(fraction) - len(fraction.lstrip("0"))
