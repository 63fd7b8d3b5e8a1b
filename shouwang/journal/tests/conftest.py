"""A small cast of ids: the journal knows nobody by name."""

import datetime as dt
from uuid import UUID

import pytest
from django.test import override_settings

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.folder import Folder
from shouwang.journal.record import record
from shouwang.journal.sealing import seal_pending

MATTER = UUID("0192d3a0-0000-7000-8000-000000000001")


@pytest.fixture
def at():
    return dt.datetime(2026, 10, 18, 13, 47, 8, tzinfo=dt.UTC)


@pytest.fixture
def fang():
    return Actor(person_id=new_id(), post_id=new_id())


@pytest.fixture
def act(db, fang, at):
    """`act(n)`: n entries, each in a transaction of its own as a verb function would have it; their ids."""

    def append(count=1, verb="matter.step.dispatch", topic="matter.active", subject=MATTER, **particulars):
        ids = []
        for number in range(count):
            with acting(fang):
                ids.append(record(verb, topic=topic, subject=subject, by=fang, at=at, number=number, **particulars))
        return ids

    return append


@pytest.fixture
def folder(tmp_path):
    """An empty published folder and an empty folder of secrets."""
    with override_settings(TRANSPARENCY=tmp_path / "transparency", VAR=tmp_path):
        yield Folder(tmp_path / "transparency")


@pytest.fixture
def seal(folder, act, as_role, at):
    """`seal(3)`: three more entries, sealed under one head by the role that may."""

    def more(count=1, **particulars):
        ids = act(count, **particulars)
        with as_role("seal"):
            assert seal_pending(at) == count
        return ids

    return more
