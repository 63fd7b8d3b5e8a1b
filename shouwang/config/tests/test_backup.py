"""A backup holds everything, is whole or refused, and comes back in another place."""

import os
import subprocess
import sys
import tarfile

import pytest
from django.db import connection
from django.test import override_settings

from shouwang.config import restoring
from shouwang.config.backing_up import back_up
from shouwang.config.environment import ROOT
from shouwang.config.restoring import BadBackup
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.core.ids import new_id
from shouwang.journal.record import record
from shouwang.journal.sealing import seal_pending


def command(*arguments, var):
    kept = {
        name: value for name, value in os.environ.items() if name not in ("SHOUWANG_DATABASE_NAME", "SHOUWANG_ROLE")
    }
    return subprocess.run(
        [sys.executable, "-m", "shouwang.config.command_line", *arguments],
        env=kept | {"SHOUWANG_VAR": str(var)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def backup(db, database, environment, tmp_path, as_role):
    """A backup of this test's database with one more job, a sealed entry, and with a file."""
    with acting(Actor.system()):
        record("town.try", topic="town.tried", subject=("town", new_id()), by=Actor.system(), at=now())
    with override_settings(TRANSPARENCY=tmp_path / "published"), as_role("seal"):
        seal_pending(now())
    with connection.cursor() as cursor:
        job = "('q', 'kept.task', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1"
        cursor.execute(f"SELECT procrastinate_defer_jobs_v1(ARRAY[{job}])")
    (environment.var / "files").mkdir(exist_ok=True)
    (environment.var / "files" / "evidence").write_bytes(b"a photo")
    target = tmp_path / "town.tar"
    back_up(environment, target, at=now(), say=lambda _: None)
    yield target
    (environment.var / "files" / "evidence").unlink()


@pytest.mark.committed
@pytest.mark.slow
def test_rows_files_and_keys_come_back_in_another_place(backup, environment, tmp_path):
    there = tmp_path / "另一处"

    restored = command("restore", str(backup), var=there)

    assert "Restored." in restored.stdout, restored.stdout + restored.stderr
    assert (there / "files" / "evidence").read_bytes() == b"a photo"
    assert (there / "transparency" / "checkpoint").read_bytes() == (tmp_path / "published/checkpoint").read_bytes()
    checked = command("verify-journal", var=there)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert (there / "secrets" / "key").read_bytes() == (environment.var / "secrets" / "key").read_bytes()


@pytest.mark.committed
def test_a_backup_is_for_its_keepers_eyes_only(backup):
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.committed
def test_a_flipped_bit_is_found_and_nothing_is_changed(backup, tmp_path):
    content = bytearray(backup.read_bytes())
    content[content.index(b"a photo")] ^= 1
    backup.write_bytes(content)
    there = tmp_path / "there"

    refused = command("restore", str(backup), var=there)

    assert "is damaged: files/evidence" in refused.stderr
    assert not (there / "pg").exists()
    assert not (there / "files").exists()


@pytest.mark.committed
def test_a_backup_without_its_end_is_refused(backup, tmp_path):
    backup.write_bytes(backup.read_bytes()[:-12_000])

    with pytest.raises(BadBackup):
        restoring.unpack(backup, tmp_path / "there")


@pytest.mark.committed
def test_a_path_that_leads_out_of_the_folder_is_refused(backup, tmp_path):
    with tarfile.open(backup, "a") as tar:
        tar.add(__file__, arcname="../../outside")

    with pytest.raises((BadBackup, tarfile.TarError)):
        restoring.unpack(backup, tmp_path / "there")


@pytest.mark.committed
def test_a_place_that_holds_a_town_is_left_alone(backup, environment):
    with pytest.raises(restoring.NoDatabase, match="not empty"):
        restoring.put_back_files(restoring.Unpacked(backup.parent, {"schema": "testtown", "sha256": {}}), environment)
