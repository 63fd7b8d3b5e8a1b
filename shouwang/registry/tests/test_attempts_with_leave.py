"""A leave opens what it names, to whom it names, once, for a minute, and only after its trace is committed."""

from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
import pytest

from shouwang.registry.tests.attempting import CANARY, OPEN, Session, blinded
from shouwang.registry.tests.conftest import OpenSession


def test_a_committed_leave_is_read(planted: UUID, session: OpenSession) -> None:
    web = session()

    rows = web.read(web.leave([planted]))

    assert web.refusals == []
    assert rows[0][:2] == (planted, CANARY)
    assert web.seen


def read_in_the_same_transaction(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    web.read(web.leave([planted]))
    web.run("ROLLBACK")


def read_in_the_same_transaction_and_commit(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    web.read(web.leave([planted]))
    web.run("COMMIT")


def read_after_a_released_savepoint(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    web.run("SAVEPOINT a")
    token = web.leave([planted])
    web.run("RELEASE a")
    web.read(token)
    web.run("ROLLBACK")


def read_behind_the_savepoint_that_is_undone(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    web.run("SAVEPOINT a")
    token = web.leave([planted])
    web.run("SAVEPOINT b")
    web.read(token)
    web.run("ROLLBACK TO a")
    web.run("COMMIT")
    web.read(token)


def read_what_was_rolled_back(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    token = web.leave([planted])
    web.run("ROLLBACK")
    web.read(token)


def both_in_one_statement(web: Session, planted: UUID) -> None:
    web.run(
        f"WITH a AS MATERIALIZED ({OPEN} AS token) SELECT r.* FROM a, LATERAL read_identities(a.token) r",
        [[planted], "handling", "statutory_duty", None, ["name"], web.entry()],
    )


def both_in_one_block(web: Session, planted: UUID) -> None:
    entry = web.entry()
    web.run(
        "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM read_identities(open_look('identity', "
        f"ARRAY['{planted}']::uuid[], 'handling', 'statutory_duty', NULL, ARRAY['name']::varchar[], '{entry}', NULL))"
        " LOOP RAISE NOTICE '%', r; END LOOP; END $$"
    )


def prepared_for_two_phases(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    token = web.leave([planted])
    web.run("PREPARE TRANSACTION 'half'")
    web.run("ROLLBACK")
    web.read(token)


def prepared_statements(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    web.run("PREPARE r AS SELECT * FROM read_identities($1)")
    token = web.leave([planted])
    web.run(f"EXECUTE r('{token}')")
    web.run("ROLLBACK")


def through_a_cursor(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    token = web.leave([planted])
    web.run(f"DECLARE c CURSOR FOR SELECT * FROM read_identities('{token}')")
    web.run("FETCH ALL FROM c")
    web.run("ROLLBACK")


def through_copy(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    token = web.leave([planted])
    web.copy_out(f"COPY (SELECT * FROM read_identities('{token}')) TO STDOUT")
    web.run("ROLLBACK")


def explained(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    token = web.leave([planted])
    web.run("EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM read_identities(%s)", [token])
    web.run("ROLLBACK")


def an_empty_purpose(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], purpose=""))


def a_blank_purpose(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], purpose="   "))


def no_purpose(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], purpose=None))


def a_purpose_of_ones_own(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], purpose="curiosity"))


def no_basis(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], basis=None))


def a_basis_of_ones_own(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], basis="because"))


def no_fields(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], fields=[]))


def nobody_at_all(web: Session, planted: UUID) -> None:
    entry = web.entry()
    web.run("SELECT set_config('shouwang.person', '', false)")
    web.read(web.leave([planted], entry=entry))


def no_entry_in_the_journal(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], entry=uuid4()))


def no_entry_named(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], entry=None))


def an_entry_about_something_else(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], entry=web.entry(verb="matter.open")))


def an_entry_of_somebody_else(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted], entry=web.entry(person=uuid4())))


def an_entry_that_is_undone(web: Session, planted: UUID) -> None:
    web.run("BEGIN")
    web.run("SAVEPOINT a")
    entry = web.entry()
    web.run("ROLLBACK TO a")
    token = web.leave([planted], entry=entry)
    web.run("COMMIT")
    web.read(token)


def an_entry_of_another_look(web: Session, planted: UUID) -> None:
    entry = web.entry()
    web.leave([uuid4()], entry=entry)
    web.read(web.leave([planted], entry=entry))


def an_entry_of_another_purpose(web: Session, planted: UUID) -> None:
    entry = web.entry()
    web.leave([planted], entry=entry)
    web.read(web.leave([planted], entry=entry, purpose="visit"))


def too_many_at_once(web: Session, planted: UUID) -> None:
    web.read(web.leave([planted, *(uuid4() for _ in range(20))]))


def none_and_one(web: Session, planted: UUID) -> None:
    web.read(web.leave([None, planted]))


def a_token_made_by_hand(web: Session, planted: UUID) -> None:
    token = uuid4()
    web.run(
        "INSERT INTO registry_looktoken (id, person, purpose, basis, identities, fields, entry, created_at, ends_at,"
        " transaction) VALUES (%s, %s, 'handling', 'statutory_duty', %s, '{name}', %s, now(), now() + '1h', 3)",
        [token, web.person, [planted], web.entry()],
    )
    web.read(token)


def a_guessed_token(web: Session, planted: UUID) -> None:
    web.read(planted)
    web.read(uuid4())
    web.read(None)


def another_identity_through_ones_own_token(web: Session, planted: UUID) -> None:
    token = web.leave([uuid4()])
    web.run("UPDATE registry_looktoken SET identities = %s WHERE id = %s", [[planted], token])
    web.read(token)


def a_token_lengthened(web: Session, planted: UUID) -> None:
    web.run("UPDATE registry_looktoken SET ends_at = now() + interval '1 day', used_at = NULL")
    web.run("DELETE FROM registry_look")


ATTEMPTS: list[Callable[[Session, UUID], None]] = [
    read_in_the_same_transaction, read_in_the_same_transaction_and_commit, read_after_a_released_savepoint,
    read_behind_the_savepoint_that_is_undone, read_what_was_rolled_back, both_in_one_statement, both_in_one_block,
    prepared_for_two_phases, prepared_statements, through_a_cursor, through_copy, explained, an_empty_purpose,
    a_blank_purpose, no_purpose, a_purpose_of_ones_own, no_basis, a_basis_of_ones_own, no_fields, nobody_at_all,
    no_entry_in_the_journal, no_entry_named, an_entry_about_something_else, an_entry_of_somebody_else,
    an_entry_that_is_undone, an_entry_of_another_look, an_entry_of_another_purpose, too_many_at_once, none_and_one,
    a_token_made_by_hand, a_guessed_token, another_identity_through_ones_own_token, a_token_lengthened,
]  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.__name__.replace("_", " "))
def test_nothing_is_seen_with(attempt: Callable[[Session, UUID], None], planted: UUID, session: OpenSession) -> None:
    web = session()

    attempt(web, planted)

    assert web.refusals
    assert not web.seen


def test_a_leave_is_read_once(planted: UUID, session: OpenSession) -> None:
    web = session()
    token = web.leave([planted])
    web.read(token)
    web.seen = False

    web.read(token)

    assert len(web.refusals) == 1
    assert not web.seen


def test_a_leave_is_over_after_a_minute(planted: UUID, session: OpenSession) -> None:
    web, owner = session(), session(role="owner")
    token = web.leave([planted])
    owner.run("UPDATE registry_looktoken SET ends_at = now() - interval '1 second' WHERE id = %s", [token])

    web.read(token)

    assert len(web.refusals) == 1
    assert not web.seen


def test_a_leave_serves_nobody_else(planted: UUID, session: OpenSession) -> None:
    web, other = session(), session()

    other.read(web.leave([planted]))

    assert len(other.refusals) == 1
    assert not other.seen


def test_a_leave_of_a_transaction_still_open_serves_nobody(planted: UUID, session: OpenSession) -> None:
    web = session()
    same_person = session(web.person)
    web.run("BEGIN")
    token = web.leave([planted])

    same_person.read(token)

    assert not same_person.seen
    assert same_person.refusals


def test_fields_that_were_not_asked_for_stay_empty(planted: UUID, session: OpenSession) -> None:
    web = session()

    rows = web.read(web.leave([planted], fields=["number"]))

    assert rows[0][1:5] == (None, CANARY, None, None)


def test_the_line_for_the_person_is_there_when_the_row_is_read(planted: UUID, session: OpenSession) -> None:
    web, owner = session(), session(role="owner")
    entry, matter = web.entry(), uuid4()

    web.read(web.leave([planted], entry=entry, matter=matter))

    lines = owner.run("SELECT identity, person, purpose, matter, fields FROM registry_look WHERE entry = %s", [entry])
    assert lines == [(planted, web.person, "handling", matter, ["name", "number"])]


def test_one_entry_serves_a_second_leave_without_a_second_line(planted: UUID, session: OpenSession) -> None:
    web, owner = session(), session(role="owner")
    entry = web.entry()

    web.read(web.leave([planted], entry=entry))
    web.read(web.leave([planted], entry=entry))

    assert web.refusals == []
    assert owner.run("SELECT count(*) FROM registry_look WHERE entry = %s", [entry]) == [(1,)]


@pytest.mark.item("ETH-10")
def test_nobody_looks_at_more_than_six_hundred_an_hour(planted: UUID, session: OpenSession) -> None:
    web = session()
    for _ in range(30):
        assert web.leave([uuid4() for _ in range(20)])

    web.read(web.leave([planted]))

    assert "too many looks" in web.refusals[0]
    assert not web.seen


def test_control_without_the_check_of_the_transaction_the_trick_works(planted: UUID, session: OpenSession) -> None:
    owner, web = session(role="owner"), session()

    with blinded(owner):
        read_in_the_same_transaction(web, planted)

    assert web.seen


def test_a_session_cut_off_between_the_two_leaves_its_trace(planted: UUID, session: OpenSession) -> None:
    web, owner = session(), session(role="owner")
    entry = web.entry()
    web.leave([planted], entry=entry)

    web.connection.close()

    assert owner.run("SELECT count(*) FROM registry_look WHERE entry = %s", [entry]) == [(1,)]
    with pytest.raises(psycopg.OperationalError):
        web.connection.execute("SELECT 1")
