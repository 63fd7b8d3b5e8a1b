"""A matter that staff work on and a party filed, and files in a folder of their own."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from shouwang.core import keyring
from shouwang.core.actor import Actor
from shouwang.evidence import doors, storage
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.people.verbs import Verb

NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)


@dataclass
class Cast:
    """Who may do what with `matter`: an officer everything, a helper add and see, two parties what they gave."""

    matter: UUID = field(default_factory=uuid4)
    officer: Actor = field(default_factory=lambda: Actor(uuid4()))
    helper: Actor = field(default_factory=lambda: Actor(uuid4()))
    party: Actor = field(default_factory=lambda: Actor(kind="person", grant_id=uuid4()))
    other_party: Actor = field(default_factory=lambda: Actor(uuid4()))
    stranger: Actor = field(default_factory=lambda: Actor(uuid4()))

    def answer(self, by: Actor, verb: Verb, matter: UUID, _at: dt.datetime) -> bool:
        verbs: dict[int, set[Verb]] = {
            id(self.officer): {Verb.MATTER_READ, Verb.EVIDENCE_ADD, Verb.EVIDENCE_OPEN_ORIGINAL},
            id(self.helper): {Verb.MATTER_READ, Verb.EVIDENCE_ADD},
            id(self.party): {Verb.OWN_REPORT_READ},
            id(self.other_party): {Verb.OWN_REPORT_READ},
        }
        return matter == self.matter and verb in verbs.get(id(by), set())


@pytest.fixture
def cast(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    cast = Cast()
    Grant.objects.create(
        id=cast.party.grant_id, kind=GrantKind.RECEIPT, subject=cast.matter, given_at=NOON, token_hash=bytes(32)
    )
    monkeypatch.setattr(doors, "ANSWERS", [cast.answer])
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(storage.settings, "FILES", tmp_path / "files")
    return cast


@pytest.fixture
def files_on_disk(tmp_path: Path) -> Callable[[], list[Path]]:
    return lambda: [path for path in (tmp_path / "files").glob("*/*") if path.is_file()]


@pytest.fixture
def copies_made(as_role: Any) -> Callable[[UUID], None]:
    """Does what the job does, with the rights of the job."""
    from shouwang.evidence.copying import make_copies

    def make(evidence: UUID) -> None:
        with as_role("jobs"):
            make_copies(evidence, at=NOON)

    return make
