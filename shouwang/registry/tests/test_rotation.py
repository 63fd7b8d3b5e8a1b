"""Keys turn while the town works: killed at any moment, everything stays readable and the next run goes on."""

import datetime as dt
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shouwang.config.environment import ROOT, Environment
from shouwang.core import keyring
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry, Particulars
from shouwang.registry import bulk
from shouwang.registry.identities import keep_identity
from shouwang.registry.models import Identity
from shouwang.registry.sealing import open_field

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
TURN = """
import django, pathlib, sys; django.setup()
from shouwang.core import keyring; keyring.folder = lambda: pathlib.Path(sys.argv[1])
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.registry import bulk; bulk.ROTATION_BATCH = 20
print("ready", flush=True)
while bulk._rotate_batch(Actor.system(), now()):
    print("turned", flush=True)
"""


def _names(rows: Any) -> set[str | None]:
    return {open_field(row.id, "name", row.name_enc) for row in rows}


def test_after_a_turn_the_old_key_can_go(db: None, ring: Path, as_role: Any) -> None:
    for n in range(5):
        keep_identity(name=f"人{n}", number=f"1380000000{n}", at=NOON)
    keyring.add_key()

    with as_role("jobs"):
        assert bulk.rotate_identities(by=Actor.system(), at=NOON) == 5
        assert bulk.rotate_identities(by=Actor.system(), at=NOON) == 0

        keyring.remove_key(1)
        assert _names(Identity.objects.all()) == {f"人{n}" for n in range(5)}


@pytest.mark.item("S8")
def test_it_turns_from_aes_to_sm4_and_back(db: None, ring: Path, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        keep_identity(name=f"人{n}", number=f"1380000000{n}", at=NOON)
    with as_role("jobs"):
        for cipher, gone in (("sm", 1), ("aes", 2)):
            monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, field_cipher=cipher))
            keyring.add_key()
            assert bulk.rotate_identities(by=Actor.system(), at=NOON) == 3
            keyring.remove_key(gone)
            assert _names(Identity.objects.all()) == {f"人{n}" for n in range(3)}


def test_each_run_is_one_entry_with_purpose_and_count(db: None, ring: Path, as_role: Any) -> None:
    row = keep_identity(number="13800002086", at=NOON)

    with as_role("jobs"):
        reach = bulk.reach_for_sending([row], by=Actor.system(), at=NOON)

    entry = Entry.objects.get(verb="identity.read_for_sending")
    assert reach[row].number == "13800002086"
    assert Particulars.objects.get(entry=entry).values == {"purpose": "sending", "n_identities": 1}


@pytest.fixture
def many(db: None, ring: Path) -> int:
    n_rows = 400
    for n in range(n_rows):
        keep_identity(name=f"人{n}", number=f"138{n:08d}", address="桥西路12号", at=NOON)
    keyring.add_key()
    return n_rows


@pytest.mark.committed
@pytest.mark.slow
@pytest.mark.item("S8")
def test_killed_ten_times_nothing_is_unreadable(
    many: int, ring: Path, environment: Environment, database: Any, as_role: Any
) -> None:
    variables = os.environ | {"SHOUWANG_ROLE": "jobs", "PYTHONPATH": str(ROOT)}
    chance = random.Random(7)
    for _ in range(10):
        process = subprocess.Popen([sys.executable, "-c", TURN, str(ring)], env=variables, stdout=subprocess.PIPE)
        assert process.stdout
        for _batch in range(1 + chance.randrange(2)):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.wait()
        process.stdout.close()
        with as_role("jobs"):
            assert len(_names(Identity.objects.all())) == many
    with as_role("jobs"):
        n_turned = Identity.objects.filter(key_number=2).count()
    assert n_turned > 0

    subprocess.run([sys.executable, "-c", TURN, str(ring)], env=variables, check=True, stdout=subprocess.DEVNULL)

    keyring.remove_key(1)
    with as_role("jobs"):
        assert Identity.objects.filter(key_number=2).count() == many
        assert len(_names(Identity.objects.all())) == many
