"""Evidence over HTTP: through the filter, never cached, and bad requests answered with field and remedy."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.evidence import views
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.models import Evidence
from shouwang.evidence.tests import files
from shouwang.evidence.tests.conftest import NOON, Cast
from shouwang.people.access import NotAllowed, NotVisible

DATA = files.photo()
Made = Callable[[UUID], None]

KEY = b"0199aa00-0000-7000-8000-000000000001"


def _ask(view: Any, by: Actor, *args: Any, data: Any = None, method: str = "post", **headers: str) -> HttpResponse:
    body = data if isinstance(data, (bytes, dict)) or data is None else json.dumps(data)
    content_type = {"content_type": "application/json"} if not isinstance(data, dict) else {}
    request = getattr(RequestFactory(), method)("/evidence/", body, headers=headers, **content_type)
    request.actor = by
    response: HttpResponse = view(request, *args)
    return response


def test_a_file_goes_up_in_parts_and_comes_back_as_a_copy(cast: Cast, copies_made: Made) -> None:
    row, half = uuid4(), len(DATA) // 2
    told = json.dumps({"id": str(row), "size": len(DATA), "sha256": hashlib.sha256(DATA).hexdigest()}).encode()

    assert _ask(views.uploads, cast.helper, data=told).status_code == 201
    for start, part in ((0, DATA[:half]), (half, DATA[half:])):
        digest = hashlib.sha256(part).hexdigest()
        answer = _ask(views.parts, cast.helper, row, data=part, **{"Upload-Offset": str(start), "Part-SHA256": digest})
    assert json.loads(answer.content) == {"received": len(DATA)}
    finished = json.dumps({"matter": str(cast.matter)}).encode()
    assert _ask(views.finish, cast.helper, row, data=finished).status_code == 201
    copies_made(row)

    shown = _ask(views.shown, cast.officer, row, method="get")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "private, no-store"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert b"CANARY" not in shown.content
    assert json.loads(_ask(views.upload, cast.helper, row, method="get").content)["finished"] is True


@pytest.mark.parametrize(
    ("view", "data", "headers", "field"),
    [
        (views.uploads, b"not json", {}, None),
        (views.uploads, b"[]", {}, None),
        (views.uploads, b"[" * 100_000, {}, None),
        (views.uploads, b"{}", {}, "id"),
        (views.uploads, b'{"id": 5}', {}, "id"),
        (views.uploads, b'{"id": "%s", "size": -1}' % KEY, {}, "size"),
        (views.uploads, b'{"id": "%s", "size": NaN}' % KEY, {}, "size"),
        (views.uploads, b'{"id": "%s", "size": 5, "sha256": "zz"}' % KEY, {}, "sha256"),
        (views.parts, b"x", {}, "Upload-Offset"),
        (views.parts, b"x", {"Upload-Offset": "1e3"}, "Upload-Offset"),
        (views.parts, b"x", {"Upload-Offset": "0", "Part-SHA256": "00"}, "Part-SHA256"),
    ],
)
def test_a_request_that_cannot_be_read_names_the_line(
    view: Any, data: bytes, headers: dict[str, str], field: str | None, cast: Cast
) -> None:
    args = [uuid4()] if view is views.parts else []

    with pytest.raises(views.BadUploadRequest) as refused:
        _ask(view, cast.helper, *args, data=data, **headers)

    assert refused.value.field == field
    assert refused.value.message


def test_the_original_comes_as_a_download_after_a_reason(cast: Cast) -> None:
    evidence = keep_evidence(DATA, matter=cast.matter, by=cast.helper, at=NOON)

    answer = _ask(views.original, cast.officer, evidence.id, data={"reason": "核对划痕"})

    assert answer.content == DATA
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("view", "who", "problem"),
    [
        (views.shown, "stranger", NotVisible), (views.small, "other_party", NotVisible),
        (views.original, "helper", NotAllowed), (views.original, "stranger", NotVisible),
        (views.boxes, "party", NotAllowed), (views.boxes, "stranger", NotVisible),
    ],
)  # fmt: skip
def test_each_door_is_shut_to_whoever_may_not(view: Any, who: str, problem: type[Problem], cast: Cast) -> None:
    evidence = keep_evidence(DATA, matter=cast.matter, by=cast.party, at=NOON)
    method = "get" if view in (views.shown, views.small) else "post"
    data: Any = {"reason": "核对划痕"} if view is views.original else b'{"boxes": []}'

    with pytest.raises(problem):
        _ask(view, getattr(cast, who), evidence.id, method=method, data=None if method == "get" else data)


def test_the_blur_of_unknown_evidence_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotVisible):
        _ask(views.boxes, cast.officer, uuid4(), data=b'{"boxes": []}')


def test_a_visitor_finds_nothing_at_the_public_address(cast: Cast) -> None:
    evidence: Evidence = keep_evidence(DATA, matter=cast.matter, by=cast.party, at=NOON)

    for door in ("", "small/"):
        assert Client().get(f"/evidence/{evidence.id}/{door}").status_code == 404
    assert Client().get(f"/evidence/{uuid4()}/").status_code == 404
