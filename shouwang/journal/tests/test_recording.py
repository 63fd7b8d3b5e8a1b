"""One act, one entry."""

import datetime as dt
import hashlib
import json

import psycopg
import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.models import Entry, Particulars, Pending
from shouwang.journal.particulars import RunningText, WrongParticulars, looks_like_identity, plain_particulars
from shouwang.journal.record import OutsideTransaction, live_channel, record
from shouwang.journal.tests.conftest import MATTER


def test_an_entry_holds_who_what_and_when_and_waits_for_the_sealer(act, fang, at):
    [entry_id] = act(unit="桥西1组")

    entry = Entry.objects.get(id=entry_id)
    assert (entry.verb, entry.topic, entry.subject, entry.at) == ("matter.step.dispatch", "matter.active", MATTER, at)
    assert (entry.person, entry.post, entry.actor_kind) == (fang.person_id, fang.post_id, "person")
    assert entry.subject_kind == "matter"
    assert entry.particulars.values == {"number": 0, "unit": "桥西1组"}


def test_the_entry_waits_for_the_sealer(act, as_role):
    [entry_id] = act()

    with as_role("seal"):
        assert Pending.objects.filter(entry=entry_id).exists()


def test_the_commitment_is_salt_and_canonical_json(act):
    [entry_id] = act(unit="桥西1组")

    kept = Particulars.objects.get(entry=entry_id)
    text = f'{{"entry":"{entry_id}","particulars":{{"number":0,"unit":"桥西1组"}}}}'
    assert kept.text == text
    assert len(kept.salt) == 32
    assert bytes(kept.entry.commitment) == hashlib.sha256(bytes(kept.salt) + text.encode()).digest()


def test_two_entries_with_the_same_particulars_have_nothing_in_common(act):
    first, second = Entry.objects.filter(id__in=act(2))

    assert bytes(first.commitment) != bytes(second.commitment)
    assert first.envelope.leaf_data() != second.envelope.leaf_data()


def test_a_row_says_itself_what_kind_it_is(db, fang, at):
    subject = Entry(id=new_id())

    with acting(fang):
        record("entry.look", topic="entry.look", subject=subject, by=fang, at=at)
        record("area.draw", topic="area.draw", subject=("area", MATTER), area=MATTER, by=Actor.system(), at=at)

    assert Entry.objects.get(subject=subject.id).subject_kind == "entry"
    drawn = Entry.objects.get(verb="area.draw")
    assert (drawn.subject_kind, drawn.area, drawn.actor_kind, drawn.person) == ("area", MATTER, "system", None)


@pytest.mark.committed
def test_outside_a_transaction_nothing_is_recorded(db, fang, at):
    with pytest.raises(OutsideTransaction):
        record("matter.open", topic="matter.new", subject=MATTER, by=fang, at=at)


@pytest.mark.committed
def test_an_act_that_fails_leaves_no_entry(db, fang, at):
    def fail():
        with acting(fang):
            record("matter.open", topic="matter.new", subject=MATTER, by=fang, at=at)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert not Entry.objects.exists()


@pytest.mark.committed
def test_live_screens_hear_of_it_when_it_is_committed(act):
    given = connection.get_connection_params()
    here = {name: given[name] for name in ("host", "port", "dbname", "user", "password")}
    with psycopg.connect(**here, autocommit=True) as listener:
        listener.execute(f"LISTEN {live_channel()}")
        [entry_id] = act()
        [call] = list(listener.notifies(timeout=3, stop_after=1))

    assert json.loads(call.payload) == {
        "topic": "matter.active", "subject": str(MATTER), "verb": "matter.step.dispatch", "entry": str(entry_id),
    }  # fmt: skip


@pytest.mark.parametrize("role", ["web", "portal", "jobs"])
def test_everybody_who_acts_may_append_and_nobody_may_change(act, as_role, role):
    with as_role(role):
        [entry_id] = act()
        for statement in ("UPDATE journal_entry SET verb = 'x.y'", "DELETE FROM journal_entry"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
        for table in ("journal_leaf", "journal_head"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(f"DELETE FROM {table}")

    assert Entry.objects.filter(id=entry_id).exists()


@pytest.mark.parametrize("role", ["seal", "read"])
def test_sealer_and_reader_cannot_append(act, as_role, role):
    with as_role(role), pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        act()


@pytest.mark.parametrize("role", ["web", "portal", "seal", "read"])
def test_only_the_purge_may_erase_particulars(act, as_role, role):
    act()

    with as_role(role), pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        connection.cursor().execute("DELETE FROM journal_particulars")


@pytest.mark.parametrize("verb", ["dispatch", "Matter.open", "matter open", "matter.开", "matter."])
def test_a_verb_is_words_with_a_dot_between(db, fang, at, verb):
    with acting(fang), pytest.raises(ValueError, match="with a dot between"):
        record(verb, topic="matter.new", subject=MATTER, by=fang, at=at)


def test_a_time_without_a_zone_is_refused(db, fang):
    with acting(fang), pytest.raises(ValueError, match="aware"):
        record("matter.open", topic="matter.new", subject=MATTER, by=fang, at=dt.datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "given",
    [
        {"phone": "13800000000"}, {"caller_name": "x"}, {"id_no": "1"}, {"address_text": "x"}, {"rows": [{"email": 1}]},
        {"note": "第一行\n第二行"}, {"note": "字" * 201}, {"share": float("nan")}, {"what": object()}, {"raw": b"x"},
        {"at": dt.datetime(2026, 1, 1)}, {"big": 2**60}, {"when": {1, 2}},  # noqa: DTZ001
    ],
)  # fmt: skip
def test_identities_running_text_and_what_is_not_plain_are_refused(given):
    with pytest.raises(WrongParticulars):
        plain_particulars(given)


def test_ids_and_times_are_written_as_text(at):
    assert plain_particulars({"unit": MATTER, "at": at, "on": at.date(), "units": (MATTER,)}) == {
        "unit": str(MATTER), "at": "2026-10-18T13:47:08.000000Z", "on": "2026-10-18", "units": [str(MATTER)],
    }  # fmt: skip


@pytest.mark.parametrize("key", ["address_id", "address_code", "unit", "step", "phase", "identity_id", "naming"])
def test_a_reference_is_not_an_identity(key):
    assert not looks_like_identity(key)


def test_whoever_typed_too_much_is_told_so():
    with pytest.raises(RunningText) as told:
        plain_particulars({"reason": "字" * 201})

    assert (told.value.field, told.value.status) == ("reason", 400)
    assert told.value.message == "这里最多写 200 个字，写在一行里。"
