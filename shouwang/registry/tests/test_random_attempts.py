"""Whatever sessions of the pages try at any table of the registers, in any order: nothing of a planted row appears."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from shouwang.config.database import place
from shouwang.config.environment import Environment
from shouwang.registry.grants import FUNCTIONS
from shouwang.registry.linkage.grants import FUNCTIONS as LINKED_FUNCTIONS
from shouwang.registry.tests.attempting import Session
from shouwang.registry.tests.planting import MODELS, TABLES, plant, plant_everywhere

FREE = settings(
    deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
OWN_ROWS = {  # readable, by row security, where they are of whoever acts
    "registry_emergency", "registry_look", "registry_oddlook", "registry_ownaddress", "registry_sitting",
    "registry_vehicleask",
}  # fmt: skip
SEALED = sorted(set(TABLES) - OWN_ROWS)
TRIED = sorted(TABLES)
PLAIN = [
    "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "ROLLBACK TO s", "RELEASE s", "SET CONSTRAINTS ALL IMMEDIATE",
    "BEGIN ISOLATION LEVEL REPEATABLE READ", "BEGIN ISOLATION LEVEL SERIALIZABLE", "SET CONSTRAINTS ALL DEFERRED",
]  # fmt: skip
AT_A_TABLE = [
    "TABLE {t}", "SELECT one FROM {t} AS one", "SELECT {c} FROM {t}", "SELECT {c} FROM {t} WHERE {k} = '{known}'",
    "SELECT 1 FROM {t} WHERE {c}::text LIKE 'CAN%'", "SELECT ({c}::text)::date FROM {t}",
    "SELECT to_jsonb(a) FROM {t} a",
    "SELECT {c} FROM {t} WHERE ctid = '(0,1)'", "SELECT * FROM {t} TABLESAMPLE system (100)",
    "SELECT * FROM {t} FOR UPDATE",
    "EXPLAIN SELECT * FROM {t} WHERE {c}::text = 'x'", "EXPLAIN (ANALYZE, VERBOSE, FORMAT json) SELECT * FROM {t}",
    "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = '{t}'",
    "SELECT * FROM pg_stats_ext WHERE tablename = '{t}'", "SELECT stavalues1::text FROM pg_statistic",
    "SELECT query FROM pg_stat_activity WHERE usename <> current_user",
    "SELECT * FROM pg_stat_user_tables WHERE relname = '{t}'",
    "INSERT INTO {t} SELECT * FROM {t} ON CONFLICT DO NOTHING", "INSERT INTO {t} DEFAULT VALUES RETURNING *",
    "UPDATE {t} SET {c} = {c} RETURNING *", "UPDATE {t} SET {c} = NULL", "DELETE FROM {t} RETURNING *",
    "MERGE INTO {t} a USING {t} b ON a.{k} = b.{k} WHEN MATCHED THEN UPDATE SET {c} = b.{c}",
    "SELECT query_to_xml('TABLE {t}', true, true, '')", "DECLARE c CURSOR FOR TABLE {t}", "FETCH ALL FROM c",
    "DO $$ DECLARE r record; BEGIN FOR r IN TABLE {t} LOOP RAISE NOTICE '%', r; END LOOP; END $$",
    "DO $$ BEGIN PERFORM 1 / (length({c}::text) - 30) FROM {t}; END $$", "CREATE TEMP VIEW seen AS TABLE {t}",
    "CREATE TEMP TABLE copied (LIKE {t} INCLUDING ALL) ;; INSERT INTO copied TABLE {t}",
    "LOCK TABLE {t} IN SHARE MODE",
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY", "GRANT SELECT ON {t} TO PUBLIC",
    "SET ROLE testtown_jobs ;; TABLE {t}",
    "CREATE FUNCTION pg_temp.f(x anyelement) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', x;"
    " RETURN true; END $$ ;; SELECT 1 FROM {t} WHERE pg_temp.f({c}::text)",
]  # fmt: skip
GIVEN = {
    "uuid": "'{key}'", "varchar": "'resident'", "text": "'{{\"grams\": [\"wx\"]}}'", "varchar[]": "'{{/,/1/}}'",
    "text[]": "'{{}}'", "uuid[]": "'{{{key}}}'", "jsonb": "'{{\"name\": null}}'", "boolean": "true", "integer": "1",
    "smallint": "1", "bytea": "'x'", "timestamptz": "now()", "date": "now()",
}  # fmt: skip
CALLS = [
    "SELECT * FROM {}({})".format(name[: name.index("(")], ", ".join(
        f"{GIVEN[one]}::{one}" for one in re.findall(r"[a-z]+(?:\[\])?", name[name.index("(") :])))
    for name, roles in sorted((FUNCTIONS | LINKED_FUNCTIONS).items())
]  # fmt: skip
NAMES = ["plain", "plain", *["table"] * 6, "call", "call", "own row", "become", "cut off"]
step = st.tuples(
    st.sampled_from(NAMES),
    st.integers(0, 1),
    st.sampled_from(TRIED),
    st.integers(0, 10_000),
)
Steps = list[tuple[str, int, str, int]]


class Play:
    """Two sessions of persons without any post, who even know the keys of the planted rows."""

    def __init__(self, stage: dict[str, Any]) -> None:
        self.stage, self.keys = stage, stage["keys"]
        self.sessions: list[Session] = stage["sessions"]
        for number in range(len(self.sessions), 2):
            self.sessions.append(self._signed_in(number))
        self.leaked: list[str] = []

    def act(self, name: str, who: int, table: str, which: int) -> None:
        session = self.sessions[who]
        session.seen = session.met = False
        columns = [field.column for field in MODELS[table]._meta.concrete_fields]
        known, guess = self.keys[table], uuid4()
        statement = {
            "plain": PLAIN[which % len(PLAIN)], "table": AT_A_TABLE[which % len(AT_A_TABLE)],
            "call": CALLS[which % len(CALLS)],
        }.get(name, "")  # fmt: skip
        if name == "own row":  # a row of one's own that points at nothing, or at what was planted
            above = self.keys if which % 2 else dict.fromkeys(self.keys, guess)
            plant(session, table, above, recognisable=False)
        elif name == "become":
            session.run("SELECT set_config('shouwang.person', %s, false)", [str(guess)])
        elif name == "cut off":
            session.close()
            self.sessions[who] = self._signed_in(who)
        elif name == "call":
            session.run(statement.format(key=known if which % 3 else guess))
        else:
            place_of_key = MODELS[table]._meta.pk.column  # type: ignore[union-attr]
            column = f'"{columns[which % len(columns)]}"'
            for part in statement.format(t=table, c=column, k=place_of_key, known=known).split(" ;; "):
                session.run(part)
        if session.seen or (session.met and name == "table"):  # calls and own rows name such keys themselves
            self.leaked.append(f"{name} {table}: {statement}")

    def _signed_in(self, number: int) -> Session:
        return Session(self.stage["web"], self.stage["persons"][number])

    def end(self) -> list[str]:
        for session in self.sessions:
            for statement in ("ROLLBACK", "RESET ROLE", "DISCARD ALL"):
                session.run(statement)
            session.run("SELECT set_config('shouwang.person', %s, false)", [str(session.person)])
            session.refusals.clear()
        return self.leaked


@pytest.fixture(scope="module")
def stage(database: Any, environment: Environment) -> Iterator[dict[str, Any]]:
    web = place.role_parameters(environment, "web")
    owner = Session(place.role_parameters(environment, "owner"))
    stage: dict[str, Any] = {
        "web": web | {"options": web["options"] + " -c lock_timeout=10ms"}, "owner": owner, "sessions": [],
        "persons": [uuid4(), uuid4()], "keys": plant_everywhere(owner),
    }  # fmt: skip
    yield stage
    for session in [*stage["sessions"], owner]:
        session.close()
    database.renew()


def run(stage: dict[str, Any], steps: Steps) -> None:
    play = Play(stage)
    try:
        for one in steps:
            play.act(*one)
    finally:
        leaked = play.end()
    assert leaked == []


def test_every_table_of_the_registers_is_tried() -> None:
    assert set(TRIED) == set(TABLES) == set(MODELS)
    assert all("SELECT" not in TABLES[table]["web"] for table in SEALED)


@pytest.mark.item("ETH-10", "A1")
@pytest.mark.timeout(600)
@settings(FREE, max_examples=500)
@given(steps=st.lists(step, min_size=4, max_size=14))
def test_no_planted_row_appears_whatever_is_tried(stage: dict[str, Any], steps: Steps) -> None:
    run(stage, steps)


@pytest.mark.prove
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("lot", range(4))
def test_ten_thousand_times(stage: dict[str, Any], lot: int, record_property: Any) -> None:
    @seed(lot)
    @settings(FREE, max_examples=2500)
    @given(steps=st.lists(step, min_size=4, max_size=30))
    def game(steps: Steps) -> None:
        run(stage, steps)

    game()
    record_property("size", 2500)
    record_property("unit", "sequences")


@pytest.mark.parametrize("table", TRIED)
def test_each_attempt_at_each_table_by_itself(stage: dict[str, Any], table: str) -> None:
    run(stage, [("table", 0, table, which) for which in range(len(AT_A_TABLE))])
    run(stage, [("call", 0, table, which) for which in range(2 * len(CALLS))])


@contextmanager
def opened(stage: dict[str, Any], table: str) -> Iterator[None]:
    """The planted fault: the pages may read the table, with every row of it."""
    owner, key = stage["owner"], MODELS[table]._meta.pk.column  # type: ignore[union-attr]
    ((guarded,),) = owner.run("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    owner.run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    owner.run(f"GRANT SELECT ON {table} TO testtown_web")
    try:
        yield
    finally:
        if guarded:
            owner.run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        if "UPDATE" in TABLES[table]["web"]:  # it was the attempts' to change as well
            owner.run(f"DELETE FROM {table}")
            plant(owner, table, stage["keys"], **{key: stage["keys"][table]})
        elif table in SEALED:
            owner.run(f"REVOKE SELECT ON {table} FROM testtown_web")


@pytest.mark.control
@pytest.mark.timeout(300)
@pytest.mark.parametrize("table", TRIED)
def test_control_with_any_table_opened_the_game_finds_it(stage: dict[str, Any], table: str) -> None:
    chosen = random.Random(table)

    def any_step() -> tuple[str, int, str, int]:
        return chosen.choice(NAMES), chosen.randrange(2), chosen.choice(TRIED), chosen.randrange(10_001)

    def games() -> None:  # no game twice: what it changes on its way could make the same one end otherwise
        for _ in range(3000):
            run(stage, [any_step() for _ in range(chosen.randint(4, 14))])

    with opened(stage, table), pytest.raises(AssertionError):
        games()
