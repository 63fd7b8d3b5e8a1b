"""What may stand in an entry's particulars: codes and values. Never a sentence, never who somebody is."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.journal.canonical import NotCanonical, canonical_json
from shouwang.journal.envelope import instant

LONGEST_TEXT = 200
IDENTITY_WORDS = frozenset(
    {"name", "names", "surname", "nickname", "phone", "mobile", "tel", "telephone", "mail", "email", "wechat", "qq"}
    | {"address", "idno", "idcard", "passport", "birthday", "birthdate", "plate", "face", "voice"}
    | {"ethnicity", "religion", "password", "secret", "token", "openid"}
)
IDENTITY_KEYS = frozenset({"id_no", "id_number", "id_card", "call_number", "caller_number", "card_no", "date_of_birth"})
REFERENCES = frozenset({"id", "ids", "code", "codes", "count"})  # address_id names a row, and tells nothing by itself


class WrongParticulars(ValueError):
    """A programmer's mistake, found by his first test: these particulars may not be recorded."""


class RunningText(Problem, WrongParticulars):
    """Somebody typed more than a value; he is told, and nothing is changed."""

    code, status = "journal.running_text", 400
    says = _("Write at most {most} characters here, on one line.")


def plain_particulars(given: Mapping[str, object]) -> dict[str, object]:
    """`given` as JSON values, or WrongParticulars.

    Ids, instants, dates and members of an enumeration are written as text; everything else must be plain already.
    Long text belongs into a table of the app, and its id here.
    """
    found = {name: _plain(value) for name, value in given.items()}
    for name, value in _walk(found):
        if looks_like_identity(name):
            raise WrongParticulars(f"“{name}” says who somebody is: keep it in registry and record its id")
        if isinstance(value, str) and (len(value) > LONGEST_TEXT or re.search(r"[\x00-\x1f\x7f]", value)):
            raise RunningText(field=name, most=LONGEST_TEXT)
    try:
        canonical_json(found)
    except NotCanonical as problem:
        raise WrongParticulars(str(problem)) from problem
    return found


def looks_like_identity(key: str) -> bool:
    """True for `phone`, `caller_name`, `id_no`; false for `address_id`, `step`."""
    words = key.lower().split("_")
    return key.lower() in IDENTITY_KEYS or (words[-1] not in REFERENCES and not IDENTITY_WORDS.isdisjoint(words))


def _plain(value: object) -> object:
    if isinstance(value, enum.Enum):
        return _plain(value.value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise WrongParticulars("an instant without a zone")
        return instant(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _walk(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Every (name, value) at any depth; the items of a list have the list's name."""
    if isinstance(value, dict):
        for inner_name, inner in value.items():
            yield from _walk(inner, str(inner_name))
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, name)
    if name:
        yield name, value
