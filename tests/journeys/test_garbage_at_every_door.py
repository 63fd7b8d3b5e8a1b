"""Whatever is sent to any address, it is answered: never an error of ours, and what it says is for a person (U9)."""

from __future__ import annotations

import json
import random
import re
import zlib
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.matters.models import Draft, Matter
from shouwang.people.roles import ROLES
from tests.journeys.addresses import NOBODYS, address, patterns
from tests.journeys.planting import call
from tests.journeys.route_table import IN, OPEN, ROUTES
from tests.journeys.test_every_route_and_role import browser_of  # noqa: F401  (a fixture)

FIELD = re.compile(r'name="([A-Za-z_][\w.-]*)"')
USUAL = (
    "key", "id", "lon", "lat", "at", "timestamp", "number", "text", "reason", "place", "place_text", "kind", "form",
    "unit", "post", "area", "code", "next", "q", "page", "body", "steps", "boxes", "line", "version",
)  # fmt: skip
NASTY: tuple[Any, ...] = (
    "", " ", "0", "-1", "NaN", "inf", "1e999", "181", "27.69", "111.42", "99999999999999999999", "null", "[]", "{}",
    "1970-01-01", "2999-12-31T00:00:00", "31.02.2026", "0000-00-00", "20261122", "1795320000",
    "\0", "\a\x1b[31m", "１２３４", "１３８００００００００", "😀" * 40, "\u202e反", "\ufeff", "\ud7ff", "\u0301" * 50,
    "<script>alert(1)</script>", "'; DROP TABLE matters_matter; --", "%00%ff", "../../etc/passwd", "{{ 7*7 }}",
    "{field}", "=cmd|' /C calc'!A0", str(UUID(int=0)), "not-a-uuid", "a" * 5_000, "长" * 20_000,
)  # fmt: skip
BODIES = (
    b"", b"{", b"[]", b"null", b"\xff\xfe\0", b'{"id": 1e400}', b'{"a":' * 200, b'{"steps": [1, null, {"body": 5}]}',
)  # fmt: skip
ROUNDS = 2
AS_PORTAL = {"portal:open", "portal:receipt"}  # write with the rights of the portal's own role
LOOKS = {"desk:look", "desk:search"}  # open transactions of their own, which a test that is rolled back cannot give
WITHOUT = LOOKS | AS_PORTAL
STREAMS = {"map-tile"}


def holder(whom: str) -> str:
    """Somebody whom the address opens to."""
    if whom == OPEN:
        return "nobody"
    if whom == IN:
        return "dispatcher"
    wanted = set(whom.split())
    return next(role for role in ROLES if not ROLES[role].isdisjoint(wanted))


CHINESE = re.compile("[\u4e00-\u9fff]")
NOTED = (  # of whoever asks, not of what was asked: seen, refused, counted against guessing, administration on record
    "people_session", "people_failedsignin", "journal_entry", "journal_particulars", "core_together",
)  # fmt: skip


def rows() -> dict[str, tuple[Any, ...]]:
    """Of each table that may be read: how many rows, and the newest of their transactions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = current_schema()::regnamespace AND has_table_privilege(oid, 'SELECT')"
        )
        names = sorted(name for (name,) in cursor.fetchall() if name not in NOTED)
        cursor.execute(" UNION ALL ".join(
            f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}" for name in names
        ))  # fmt: skip
        return {name: tuple(told) for name, *told in cursor.fetchall()}


def is_in_words(answer: HttpResponse) -> bool:
    """A refusal that a person can read: in Chinese, and no raw fault."""
    told = answer.content.decode(errors="replace")
    if answer.headers["Content-Type"] == "application/json":
        told = str(json.loads(told)["message"])
    return bool(CHINESE.search(told)) and "Traceback" not in told and "Exception" not in told


def throw_at(name: str, browser: Client, matter: Matter, rounds: int) -> None:
    chance = random.Random(zlib.crc32(name.encode()))
    for path in dict.fromkeys((address(name, NOBODYS), address(name, matter.pk))):
        asked = browser.get(path)
        page = asked.content.decode(errors="replace") if not asked.streaming else ""
        fields = sorted({*FIELD.findall(page), *USUAL} - {"csrfmiddlewaretoken"})
        for _ in range(rounds):
            given = {field: chance.choice(NASTY) for field in chance.sample(fields, min(len(fields), 12))}
            typed = {"content_type": "application/json"}
            for throw, data, more in (
                (browser.get, given, {}),
                (browser.post, given, {}),
                (browser.post, json.dumps(given), typed),
                (browser.post, chance.choice(BODIES), typed),
            ):
                before = rows()
                answer = throw(path, data, **more)
                assert answer.status_code != 500, (name, given)
                assert not answer.streaming or name in STREAMS, name
                if answer.status_code >= 400:
                    assert is_in_words(answer), (name, given, answer.status_code, answer.content[:300])
                    assert rows() == before, (name, given, answer.status_code)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - WITHOUT))
def test_garbage_is_answered(world, browser_of, name):  # noqa: F811
    throw_at(name, browser_of(holder(ROUTES[name])), call(world), ROUNDS)


@pytest.mark.control
def test_a_door_that_counts_what_is_no_number_is_found(world, browser_of, monkeypatch):  # noqa: F811
    def careless(request: Any, **_: Any) -> HttpResponse:
        return HttpResponse(str(sum(int(value) for value in request.GET.values())))

    monkeypatch.setattr(patterns()["desk:keys"][1], "callback", careless)
    with pytest.raises(ValueError, match="invalid literal"):
        throw_at("desk:keys", browser_of("dispatcher"), call(world), ROUNDS)


@pytest.mark.control
@pytest.mark.parametrize("fault", ["an answer without words", "a refusal that leaves a row"])
def test_a_refusal_that_is_none_is_found(world, browser_of, monkeypatch, fault):  # noqa: F811
    def careless(request: Any, **_: Any) -> HttpResponse:
        if fault == "a refusal that leaves a row":
            Draft.objects.create(
                id=new_id(), person=request.actor.person_id, kind="incident", typed={}, changed_at=clock.now()
            )
        return HttpResponse("nein" if fault == "an answer without words" else "不行", status=400)

    monkeypatch.setattr(patterns()["desk:keys"][1], "callback", careless)
    with pytest.raises(AssertionError, match="desk:keys"):
        throw_at("desk:keys", browser_of("dispatcher"), call(world), ROUNDS)


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("role", ["nobody", "resident", "system_admin", "community_officer", "station_head"])
def test_much_garbage_from_everybody_is_answered(world, browser_of, role):  # noqa: F811
    """Some 10 000 submits."""
    browser, matter = browser_of(role), call(world)
    for name in sorted(set(ROUTES) - WITHOUT):
        throw_at(name, browser, matter, rounds=1)
