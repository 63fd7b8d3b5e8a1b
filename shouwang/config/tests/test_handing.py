"""Each process has its own password and keys, and cannot open the others', though one account runs them all."""

import os
import re
import subprocess
import sys

import pytest

from shouwang.config.confining import beside
from shouwang.config.environment import ROOT, Environment
from shouwang.config.handing import PURPOSES, close_to_others, make_ready, variables_for, without_login

TRY = """
import os, sys
from shouwang.config.confining import confine
held = confine(sys.argv[1].split(","))
for path in sys.argv[2:]:
    try:
        open(path, "rb").read(1)
        print("read", path)
    except PermissionError:
        print("refused", path)
print("confined" if held else "not here")
"""
NAMES = ("web", "jobs", "seal", "portal", "front")
RING_ONLY = {"registry_resident"}  # what only processes with the ring look up


@pytest.fixture
def town(tmp_path):
    environment = Environment(var=tmp_path)
    make_ready(tmp_path)
    return environment


def test_every_process_has_a_password_of_its_own_and_no_key_to_the_others(town):
    given = {name: variables_for(town, name) for name in NAMES}

    assert len({one["SHOUWANG_ROLE_PASSWORD"] for one in given.values()}) == len(given) - 1  # front is web
    assert len({one["SHOUWANG_PAGE_KEY"] for one in given.values()}) == len(given)
    assert given["portal"]["SHOUWANG_HIDDEN"] == f"/proc,{town.var}/secrets"
    assert "journal.key" in given["front"]["SHOUWANG_HIDDEN"]
    assert {name for name in NAMES if not given[name]["SHOUWANG_HIDDEN"]} == {"web", "jobs", "seal"}


def test_the_portal_is_given_no_way_to_send_and_no_login_of_the_administrator(town):
    there = Environment(var=town.var, database_url="postgresql://boss:secret@db.example:5432/town")

    given = variables_for(there, "portal")

    assert given["DATABASE_URL"] == "postgresql://db.example:5432/town"
    assert {given[name] for name in ("SHOUWANG_SMS_SECRET", "SHOUWANG_MAIL_URL", "SHOUWANG_METRICS_TOKEN")} == {""}
    assert without_login("") == ""


def test_secrets_are_closed_to_everybody_else(town):
    (town.var / "secrets" / "tls").mkdir(mode=0o755)
    (town.var / "secrets" / "tls" / "server.crt").write_text("x")

    close_to_others(town.var)

    assert all(path.stat().st_mode & 0o077 == 0 for path in [town.var / "secrets", *(town.var / "secrets").rglob("*")])


def test_a_confined_process_opens_what_it_needs_and_no_secret(tmp_path):
    (tmp_path / "secrets" / "ring").mkdir(parents=True)
    secret, beside_it = tmp_path / "secrets" / "ring" / "1.key", tmp_path / "files" / "photo"
    beside_it.parent.mkdir()
    for path in (secret, beside_it):
        path.write_bytes(b"x")
    others = f"/proc/{os.getpid()}/environ"

    said = subprocess.run(
        [sys.executable, "-c", TRY, f"/proc,{tmp_path}/secrets", str(secret), str(beside_it), others],
        cwd=ROOT, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip

    if said[-1] == "not here":
        pytest.skip("cannot be done here: this kernel has no Landlock")
    assert said[:-1] == [f"refused {secret}", f"read {beside_it}", f"refused {others}"]


def test_what_is_beside_the_way_down_stays_open_and_nothing_else(tmp_path):
    for name in ("var/secrets", "var/files", "code"):
        (tmp_path / name).mkdir(parents=True)

    found = beside([tmp_path / "var" / "secrets"])

    assert {tmp_path / "code", tmp_path / "var" / "files"} <= set(found)
    assert not {tmp_path, tmp_path / "var", tmp_path / "var" / "secrets"} & set(found)


def test_every_purpose_of_a_keyed_hash_has_been_thought_about():
    """A process without the ring fails where a purpose is new: name it in handing.py, for the portal or not."""
    thought_about = {purpose for purposes in PURPOSES.values() for purpose in purposes}
    used = set()
    for path in (ROOT / "shouwang").rglob("*.py"):
        if "tests" not in path.parts:
            calls = re.findall(r"keyed_hash\([^)]*?purpose=f?\"([\w.{}]+)\"", path.read_text(), re.DOTALL)
            used |= {one.replace("{TABLE}", "registry_identity") for one in calls}

    assert {one for one in used if one.partition(".")[0] not in RING_ONLY} <= thought_about
