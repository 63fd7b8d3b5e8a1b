"""Finding somebody: a purpose first, then at most twenty masked candidates, and one entry for every search.

Two transactions, as for a look: the search is committed with its terms hashed; then the database finds by them and by
no others (`find_records`), within the ground of the asker, and remembers whom it showed. Only those can be opened.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import check_credit_code, half_width, is_mobile
from shouwang.core.keyring import keyed_hash
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, spans
from shouwang.registry.grounds import Asked, may_serve
from shouwang.registry.lists import Register
from shouwang.registry.looking import NoGround, ask_database, refuse_within_another_act
from shouwang.registry.models import Sitting
from shouwang.registry.protecting import TAIL, bucket_of, number_hash
from shouwang.registry.purposes import FINDING_FOR, Basis, Purpose
from shouwang.registry.spelling import INITIALS, asked_address_grams, characters_and_pairs

LONGEST_INITIALS = 4
SITTING = dt.timedelta(minutes=15)
_DOCUMENT = re.compile(r"(?=.*\d)[A-Z0-9]{7,20}")
_SYLLABLES = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?(?:[iu]?a(?:ng|n|o|i)?|[iuv]?e(?:ng|n|r|i)?|i(?:u|ng|n|ong)?|o(?:ng|u)?"
    r"|u(?:i|n|o)?|v))+"
)
_WILD = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


class PurposeFirst(Problem):
    code, status = "registry.purpose_first", 403
    says = _("Say first what you are looking for somebody for. It holds for a quarter of an hour.")


class TermsTooShort(Problem):
    code, status = "registry.terms_too_short", 400
    says = _(
        "This is too little to find anybody by. Give two characters of a name, a whole document or telephone number, "
        "the last four digits of a telephone, or an address with its number; one character only together with another."
    )


class SearchRefused(Problem):
    code, status = "registry.search_refused", 403
    says = _("The database did not give leave for this search. Nothing was shown. Say the purpose again and repeat it.")


@dataclass(frozen=True)
class Candidate:
    """What may be the one: masked name (of a unit its public name), street or estate, grid."""

    id: UUID
    shown: str
    street: str
    grid: str


@dataclass(frozen=True)
class Found:
    """One search and what it showed. `search` is what a look at one of them names."""

    search: UUID
    candidates: list[Candidate]


def begin_sitting(*, purpose: str, matter: UUID | None = None, by: Actor, at: dt.datetime) -> Sitting:
    """Say what for; for a quarter of an hour. Handling needs the matter in hand.

    Raises  PurposeFirst, NoGround
    """
    if purpose not in Purpose:
        raise PurposeFirst(field="purpose")
    chosen = Purpose(purpose)
    basis = Basis.CONSENT if chosen == Purpose.CORRECTION else Basis.STATUTORY_DUTY
    allowed = chosen in FINDING_FOR and bool(spans(by, Verb.REGISTER_FIND, at))
    if matter is not None or chosen == Purpose.HANDLING:
        allowed = allowed and may_serve(Asked((), by, at, chosen, matter))
    if not allowed or by.person_id is None:
        raise NoGround()
    with acting(by):
        sitting = Sitting.objects.create(
            person=by.person_id, purpose=chosen, basis=basis, matter=matter, began_at=at, ends_at=at + SITTING
        )
        record(
            "finding.purpose", topic="finding.begun", subject=("sitting", sitting.pk), by=by, at=at,
            purpose=chosen.value, basis=basis.value, matter_id=str(matter or ""),
        )  # fmt: skip
    return sitting


def sitting_now(by: Actor, at: dt.datetime, matter: UUID | None = None) -> Sitting | None:
    """The purpose that still holds: that of the matter in hand where one is named."""
    with acting(by):
        return _holding(by, at, matter)


def _holding(by: Actor, at: dt.datetime, matter: UUID | None) -> Sitting | None:
    rows = Sitting.objects.filter(person=by.person_id or UUID(int=0), began_at__lte=at, ends_at__gt=at)
    return (rows.filter(matter=matter) if matter else rows).order_by("-began_at").first()


def sitting_of(key: UUID, by: Actor) -> Sitting:
    """One's own by its key, over or not. Raises PurposeFirst"""
    with acting(by):
        found = Sitting.objects.filter(pk=key, person=by.person_id or UUID(int=0)).first()
    if found is None:
        raise PurposeFirst()
    return found


def find(
    sitting: Sitting | None, *, who: str = "", place: str = "", register: Register = Register.RESIDENT, by: Actor,
    at: dt.datetime,
) -> Found:  # fmt: skip
    """At most twenty candidates on the asker's own ground. Never within another transaction.

    Raises  PurposeFirst, TermsTooShort, SearchRefused, LimitReached
    """
    refuse_within_another_act()
    if sitting is None or sitting.ends_at <= at:
        raise PurposeFirst()
    terms = _written(terms_of(who, place, register))
    with acting(by):
        search = _open_search(sitting, terms, register, by, at)
    return _show(search, sitting, terms, register, by, at)


def find_now(
    *, who: str = "", place: str = "", register: Register = Register.RESIDENT, matter: UUID | None = None, by: Actor,
    at: dt.datetime,
) -> tuple[Sitting, Register, Found]:  # fmt: skip
    """The same for the purpose that holds now, with one transaction less. In an emergency only residents are found.

    Raises  PurposeFirst, TermsTooShort, SearchRefused, LimitReached
    """
    refuse_within_another_act()
    with acting(by):
        sitting = _holding(by, at, matter)
        if sitting is None:
            raise PurposeFirst()
        asked = Register.RESIDENT if sitting.purpose == Purpose.EMERGENCY else register
        terms = _written(terms_of(who, place, asked))
        search = _open_search(sitting, terms, asked, by, at)
    return sitting, asked, _show(search, sitting, terms, asked, by, at)


def _written(terms: dict[str, Any]) -> str:
    return json.dumps(terms, ensure_ascii=False, sort_keys=True)


def _open_search(sitting: Sitting, terms: str, register: Register, by: Actor, at: dt.datetime) -> UUID:
    reach = list(spans(by, Verb.REGISTER_FIND, at))
    ((search,),) = ask_database(
        "SELECT open_search(%s, %s, %s, %s::varchar[])", [sitting.pk, register.value, terms, reach], SearchRefused
    )
    return UUID(str(search))


def _show(search: UUID, sitting: Sitting, terms: str, register: Register, by: Actor, at: dt.datetime) -> Found:
    """What the search that was committed found, and the entry of it."""
    with acting(by):
        rows = ask_database("SELECT id, shown, street, grid FROM find_records(%s, %s)", [search, terms], SearchRefused)
        record(
            "register.search", topic="register.searched", subject=("search", search), by=by, at=at,
            register=register.value, purpose=sitting.purpose, matter_id=str(sitting.matter or ""),
            terms_hash=keyed_hash(terms, purpose="registry_search.terms").hex(), n_found=len(rows),
        )  # fmt: skip
    return Found(search, [Candidate(row[0], row[1], row[2] or "", row[3] or "") for row in rows])


def terms_of(who: str, place: str, register: Register = Register.RESIDENT) -> dict[str, Any]:
    """What the database is asked: grams, and of numbers their bucket and keyed hash. Raises TermsTooShort."""
    words = half_width(who).split()
    terms: dict[str, Any] = {}
    for word in words:
        _add_word(terms, word, register)
    place_grams = asked_address_grams(place) if place.strip() else []
    if place_grams:
        terms["place"] = place_grams
    if _strength(terms) < 2:
        raise TermsTooShort(field="who")
    return terms


def _add_word(terms: dict[str, Any], word: str, register: Register) -> None:
    upper = word.upper()
    if register == Register.ORGANISATION:
        if len(upper) == 18 and upper.isalnum() and upper.isascii():
            terms["code"] = check_credit_code(upper)
        else:
            _add_name(terms, word)
    elif is_mobile(word) or (word.isdigit() and 10 <= len(word) <= 12):
        terms["phone"] = _number_term("phone", word)
    elif word.isdigit() and len(word) == TAIL:
        terms["tail"] = _number_term("tail", word)
    elif _DOCUMENT.fullmatch(upper):
        terms["doc"] = _number_term("doc", upper)
    elif word.isdigit():
        raise TermsTooShort(field="who")
    else:
        _add_name(terms, word)


def _add_name(terms: dict[str, Any], word: str) -> None:
    plain = word.lower().replace("'", "").replace("·", "")
    grams = set(terms.get("grams", []))
    if plain.isascii():
        initials = 1 < len(plain) <= LONGEST_INITIALS and not _SYLLABLES.fullmatch(plain)
        grams.add(INITIALS + plain if initials else plain)
    else:
        pairs = [gram for gram in characters_and_pairs(plain) if len(gram) > 1]
        grams |= set(pairs or [plain])
        if len(plain) > 2:
            terms["like"] = f"%{word.translate(_WILD)}%"
    terms["grams"] = sorted(gram for gram in grams if gram)


def _number_term(what: str, number: str) -> list[str]:
    hashed = number_hash(what, number)
    return [str(bucket_of(hashed)), hashed.hex()]


def _strength(terms: dict[str, Any]) -> int:
    """The same count as in `find_records`: what names somebody by itself is 2, what only narrows is 1."""
    strength = 2 if terms.keys() & {"doc", "phone", "tail", "code"} else 0
    if grams := terms.get("grams"):
        strength += 2 if any(len(gram) > 1 for gram in grams) else 1
    if place := terms.get("place"):
        strength += 2 if any(char.isdigit() for gram in place for char in gram) else 1
    return strength
