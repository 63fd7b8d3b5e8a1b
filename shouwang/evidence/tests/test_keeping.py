"""A file is kept as received, sealed, with its hash in the journal; and the same file sent twice is one."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.evidence import keeping, limits
from shouwang.evidence.content import NotEvidence
from shouwang.evidence.keeping import keep_evidence
from shouwang.evidence.models import Evidence
from shouwang.evidence.opening import evidence_seen_by
from shouwang.evidence.storage import NoRoom, fetch
from shouwang.evidence.tests import files
from shouwang.evidence.tests.conftest import NOON, Cast
from shouwang.journal.models import Entry, Particulars
from shouwang.people.access import NotAllowed, NotVisible

OnDisk = Callable[[], list[Path]]


def test_the_original_is_kept_byte_for_byte_and_sealed(cast: Cast, files_on_disk: OnDisk) -> None:
    data = files.photo()

    evidence = keep_evidence(data, matter=cast.matter, by=cast.helper, at=NOON)

    original = evidence.original
    assert fetch(original.id, original.stored, original.wrapped_key) == data
    (path,) = files_on_disk()
    assert path.name == hashlib.sha256(path.read_bytes()).hexdigest()
    assert b"CANARY" not in path.read_bytes()


def test_the_journal_has_the_hash_of_what_was_received(cast: Cast) -> None:
    data = files.photo()

    evidence = keep_evidence(data, matter=cast.matter, by=cast.helper, at=NOON)

    entry = Entry.objects.get(verb="evidence.add")
    noted = Particulars.objects.get(entry=entry).values
    assert entry.subject == cast.matter
    assert (noted["sha256"], noted["evidence"]) == (hashlib.sha256(data).hexdigest(), str(evidence.id))


def test_place_and_time_become_facts(cast: Cast) -> None:
    evidence = keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)

    assert (evidence.taken_lon, evidence.taken_lat) == (pytest.approx(117.235), pytest.approx(28.291667))
    assert evidence.taken_at


def test_the_same_id_again_is_the_same_evidence(cast: Cast, files_on_disk: OnDisk) -> None:
    row = uuid4()

    for _ in range(3):
        keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON, id=row)

    assert Evidence.objects.count() == 1
    assert len(files_on_disk()) == 1


def test_the_identical_photo_twice_is_no_conflict(cast: Cast) -> None:
    for _ in range(2):
        keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)

    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(("who", "problem"), [("stranger", NotVisible), ("nobody", NotVisible)])
def test_who_has_nothing_to_do_with_the_matter_adds_nothing(who: str, problem: type[Problem], cast: Cast) -> None:
    by = Actor.nobody() if who == "nobody" else cast.stranger

    with pytest.raises(problem):
        keep_evidence(files.photo(), matter=cast.matter, by=by, at=NOON)


def test_somebody_who_may_only_see_is_told_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast, "stranger", cast.stranger)
    from shouwang.evidence import doors
    from shouwang.people.verbs import Verb

    monkeypatch.setattr(doors, "ANSWERS", [lambda by, verb, matter, at: verb == Verb.MATTER_READ])

    with pytest.raises(NotAllowed):
        keep_evidence(files.photo(), matter=cast.matter, by=cast.stranger, at=NOON)


def test_a_party_sees_what_he_gave_and_not_what_others_gave(cast: Cast) -> None:
    own = keep_evidence(files.photo(), matter=cast.matter, by=cast.party, at=NOON)
    keep_evidence(files.photo(), matter=cast.matter, by=cast.other_party, at=NOON)
    keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)

    def seen(by: Actor) -> list[UUID]:
        return [one.id for one in evidence_seen_by(by, cast.matter, NOON)]

    assert seen(cast.party) == [own.id]
    assert len(seen(cast.officer)) == 3
    assert seen(cast.stranger) == []


def test_what_was_refused_leaves_nothing(cast: Cast, files_on_disk: OnDisk) -> None:
    with pytest.raises(NotEvidence):
        keep_evidence(files.SVG, matter=cast.matter, by=cast.helper, at=NOON)

    assert not Evidence.objects.exists()
    assert files_on_disk() == []


@pytest.mark.parametrize(
    ("limit", "value", "problem"),
    [
        ("LARGEST_FILE", 1000, limits.FileTooLarge),
        ("MOST_FILES_OF_A_MATTER", 1, limits.MatterFull),
        ("LARGEST_MATTER", 10_000, limits.MatterFull),
        ("MOST_FILES_OF_A_SENDER", 1, limits.SenderFull),
        ("LARGEST_SENDER", 10_000, limits.SenderFull),
    ],
)
def test_limits_hold(
    limit: str, value: int, problem: type[Problem], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)
    monkeypatch.setattr(limits, limit, value)

    with pytest.raises(problem) as refused:
        keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)

    assert refused.value.message


def test_a_full_disk_is_one_clear_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.storage, "_write", full)

    with pytest.raises(NoRoom):
        keep_evidence(files.photo(), matter=cast.matter, by=cast.helper, at=NOON)


def test_the_portal_may_add_for_a_party(cast: Cast, as_role: Callable[..., object]) -> None:
    with as_role("portal"):  # type: ignore[attr-defined]
        evidence = keep_evidence(files.photo(), matter=cast.matter, by=cast.party, at=NOON)

        assert evidence.from_party
        with acting(Actor.nobody()):
            assert not Evidence.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"):
            keep_evidence(files.photo(), matter=cast.matter, by=cast.other_party, at=NOON)
