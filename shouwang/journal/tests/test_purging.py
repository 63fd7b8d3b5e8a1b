"""Particulars go when their time is over; envelopes, leaves and proofs stay good."""

import datetime as dt

import pytest
from django.db import connection

from shouwang.core.actor import Actor
from shouwang.core.datamap import RETENTIONS
from shouwang.core.retention import PURGES
from shouwang.journal.models import Entry, Particulars, Reacted
from shouwang.journal.purging import erase_particulars, first_id_at
from shouwang.journal.signing import verifier
from shouwang.journal.verify import check_journal
from shouwang.journal.verify_source import Database


def purge_of(model):
    return next(one for one in PURGES if one.model == model)


def test_erasing_is_one_entry_with_its_count(act, as_role, at):
    ids = act(3)

    with as_role("jobs"):
        assert erase_particulars(ids[:2], by=Actor.system(), at=at, why="person_asked") == 2
        assert erase_particulars(ids[:2], by=Actor.system(), at=at, why="person_asked") == 0

    assert list(Particulars.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True)) == [ids[2]]
    [entry] = Entry.objects.filter(verb="journal.erase_particulars")
    assert entry.particulars.values == {"count": 2, "why": "person_asked"}


def test_a_journal_without_particulars_still_verifies(seal, folder, as_role, at):
    ids = seal(4)

    with as_role("jobs"):
        erase_particulars(ids, by=Actor.system(), at=at, why="time_over")
    with as_role("read"):
        report = check_journal(Database(connection.connection, folder.root), str(verifier()), at)

    assert (report.leaves, report.erased, report.faults) == (4, 4, [])


@pytest.mark.parametrize(("model", "retention"), [("journal.Particulars", "access"), ("journal.Reacted", "outbox")])
def test_the_daily_purge_takes_what_is_overdue_and_no_more(act, as_role, model, retention):
    [entry_id] = act()
    made_at = dt.datetime.fromtimestamp((entry_id.int >> 80) / 1000, dt.UTC)
    keep = dt.timedelta(days=RETENTIONS[retention])

    with as_role("jobs"):
        Reacted.objects.create(handler="some.handler", entry=entry_id, at=made_at)
        before = purge_of(model).rows(made_at + keep - dt.timedelta(seconds=1)).count()
        erased = purge_of(model).run_batch(made_at + keep + dt.timedelta(minutes=1))

    assert (before, erased) == (0, 1)


def test_the_first_id_of_an_instant_is_below_all_made_then(at):
    assert first_id_at(at) < first_id_at(at + dt.timedelta(milliseconds=1))
    assert first_id_at(at).int >> 80 == int(at.timestamp() * 1000)
