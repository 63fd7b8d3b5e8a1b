"""Whoever has the rights of the pages and no committed trace sees no identity, whatever he tries."""

from uuid import UUID

import pytest

from shouwang.registry.tests.attempting import Session
from shouwang.registry.tests.conftest import OpenSession

T = "registry_identity"
DIRECT = {
    "select": f"SELECT * FROM {T}",
    "one column": f"SELECT name_enc FROM {T}",
    "the key alone": f"SELECT id FROM {T}",
    "a count": f"SELECT count(*) FROM {T}",
    "whole rows": f"SELECT one FROM {T} AS one",
    "table": f"TABLE {T}",
    "where true": f"SELECT 1 FROM {T} WHERE name_enc IS NOT NULL",
    "exists": f"SELECT EXISTS (SELECT 1 FROM {T})",
    "by ctid": f"SELECT name_enc FROM {T} WHERE ctid = '(0,1)'",
    "a sample": f"SELECT * FROM {T} TABLESAMPLE system (100)",
    "a common table expression": f"WITH a AS MATERIALIZED (SELECT * FROM {T}) SELECT * FROM a",
    "a lateral join": f"SELECT b.* FROM (VALUES (1)) AS a, LATERAL (SELECT * FROM {T}) AS b",
    "a union": f"SELECT NULL::bytea UNION ALL SELECT name_enc FROM {T}",
    "a sort that fails": f"SELECT 1 / (length(name_enc) * 0) FROM {T}",
    "a cast that fails": f"SELECT encode(name_enc, 'escape')::int FROM {T}",
    "explain analyze": f"EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM {T}",
    "explain a guess": f"EXPLAIN SELECT * FROM {T} WHERE name_enc = 'x'",
    "for update": f"SELECT * FROM {T} FOR UPDATE",
    "update returning": f"UPDATE {T} SET protected = protected RETURNING *",
    "delete returning": f"DELETE FROM {T} RETURNING *",
    "merge": f"MERGE INTO {T} a USING {T} b ON a.id = b.id WHEN MATCHED THEN UPDATE SET name_enc = b.name_enc",
    "a temporary table": f"CREATE TEMP TABLE taken AS SELECT * FROM {T}",
    "select into": f"SELECT * INTO TEMP taken FROM {T}",
    "a view": f"CREATE VIEW seen AS SELECT * FROM {T}",
    "a function of one's own": f"CREATE FUNCTION f() RETURNS SETOF {T} LANGUAGE sql AS 'TABLE {T}'",
    "a block of code": f"DO $$ DECLARE r record; BEGIN FOR r IN TABLE {T} LOOP RAISE NOTICE '%', r; END LOOP; END $$",
    "as xml": f"SELECT query_to_xml('SELECT * FROM {T}', true, false, '')",
    "the table as xml": f"SELECT table_to_xml('{T}', true, false, '')",
    "the schema as xml": "SELECT schema_to_xml(current_schema(), true, false, '')",
    "statistics": f"SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = '{T}'",
    "raw statistics": "SELECT * FROM pg_statistic",
    "the file": f"SELECT pg_read_binary_file(pg_relation_filepath('{T}'))",
    "a large object": "SELECT lo_import('PG_VERSION')",
    "a program": f"COPY {T} TO PROGRAM 'cat'",
    "a file outside": f"COPY {T} TO '/tmp/taken'",
    "the role of the jobs": f"SET ROLE testtown_jobs; SELECT * FROM {T}",
    "the role of the owner": f"SET ROLE testtown_owner; SELECT * FROM {T}",
    "another sign-in": f"SET SESSION AUTHORIZATION testtown_owner; TABLE {T}",
    "a grant to oneself": f"GRANT SELECT ON {T} TO testtown_web; TABLE {T}",
    "row security off": f"SET row_security = off; SELECT * FROM {T}",
    "a rule": f"CREATE RULE r AS ON INSERT TO {T} DO ALSO SELECT * FROM {T}",
    "a trigger": f"CREATE TRIGGER t AFTER INSERT ON {T} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a policy": f"CREATE POLICY p ON {T} USING (true)",
    "an index expression": f"CREATE INDEX ON {T} ((1 / (length(name_enc) * 0)))",
    "a foreign key of one's own": f"CREATE TEMP TABLE probe (id uuid REFERENCES {T})",
    "what others run": "SELECT query FROM pg_stat_activity",
    "the tokens": "SELECT * FROM registry_looktoken",
}  # fmt: skip
ANSWERS_NOTHING = {"statistics", "what others run", "the schema as xml"}  # rows without a word of the identity

BY_INSERT = {
    "returning": "RETURNING name_enc",
    "returning everything": "RETURNING *",
    "on conflict, update and return": "ON CONFLICT (id) DO UPDATE SET protected = true RETURNING *",
    "on conflict, copy": "ON CONFLICT (id) DO UPDATE SET name_enc = registry_identity.name_enc",
}


@pytest.mark.parametrize("attempt", DIRECT)
def test_nothing_is_seen_by(attempt: str, session: OpenSession) -> None:
    web = session()

    web.run(DIRECT[attempt])

    assert not web.seen
    assert web.refusals or attempt in ANSWERS_NOTHING


@pytest.mark.parametrize("ending", BY_INSERT)
def test_nothing_is_seen_by_inserting(ending: str, planted: UUID, session: OpenSession) -> None:
    web = session()

    web.run(
        "INSERT INTO registry_identity (id, protected, do_not_contact, key_number, created_at)"
        f" VALUES (%s, false, false, 1, now()) {BY_INSERT[ending]}",
        [planted],
    )

    assert web.refusals
    assert not web.seen


def test_nothing_is_seen_by_copy(session: OpenSession) -> None:
    web = session()

    web.copy_out("COPY registry_identity TO STDOUT")
    web.copy_out("COPY (SELECT name_enc FROM registry_identity) TO STDOUT")
    web.copy_out("COPY (SELECT * FROM registry_identity) TO STDOUT (FORMAT binary)")

    assert len(web.refusals) == 3
    assert not web.seen


def test_nothing_is_seen_by_a_cursor(session: OpenSession) -> None:
    web = session()

    web.run("BEGIN")
    web.run("DECLARE c CURSOR WITH HOLD FOR SELECT * FROM registry_identity")
    web.run("FETCH ALL FROM c")
    web.run("ROLLBACK")

    assert web.refusals
    assert not web.seen


def test_nothing_is_seen_by_a_prepared_statement(session: OpenSession) -> None:
    web = session()

    web.run("PREPARE p AS SELECT * FROM registry_identity")
    web.run("EXECUTE p")

    assert web.refusals
    assert not web.seen


def test_a_table_put_in_the_way_of_the_functions_is_not_read(planted: UUID, session: OpenSession) -> None:
    web = session()

    web.run("CREATE TEMP TABLE registry_looktoken (LIKE registry_looktoken)")
    web.run("CREATE SCHEMA mine")
    web.run("SET search_path = pg_temp, testtown")
    web.run("SELECT * FROM testtown.read_identities(%s)", [planted])

    assert len(web.refusals) == 3
    assert not web.seen


def test_the_portal_has_no_look_at_all(planted: UUID, session: OpenSession) -> None:
    portal = session(role="portal")

    token = portal.leave([planted])
    portal.read(token)
    portal.run("SELECT * FROM registry_identity")

    assert token is None
    assert len(portal.refusals) == 3


def test_control_with_select_granted_the_same_attempts_see_it(session: OpenSession) -> None:
    owner, web = session(role="owner"), session()
    owner.run("GRANT SELECT ON registry_identity TO testtown_web")
    try:
        seeing = [attempt for attempt, statement in DIRECT.items() if _sees(web, statement)]
    finally:
        owner.run("REVOKE SELECT ON registry_identity FROM testtown_web")

    assert {"select", "one column", "a common table expression", "a block of code"} <= set(seeing)


def _sees(web: Session, statement: str) -> bool:
    web.seen = False
    web.run("BEGIN")
    web.run(statement)
    web.run("ROLLBACK")
    return web.seen
