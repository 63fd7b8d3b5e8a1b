"""Whatever two officers' sessions do over bare SQL, in any order: every record they saw has a committed trace."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shouwang.config.database import place
from shouwang.config.environment import Environment
from shouwang.registry.tests.attempting import Session, blinded
from shouwang.registry.tests.searching import OTHER_TERMS, TERMS, Searcher, plant_resident

FREE = settings(
    deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
PLAIN = {
    "begin": "BEGIN", "commit": "COMMIT", "rollback": "ROLLBACK", "savepoint": "SAVEPOINT s",
    "rollback to": "ROLLBACK TO s", "release": "RELEASE s", "repeatable read": "BEGIN ISOLATION LEVEL REPEATABLE READ",
    "serializable": "BEGIN ISOLATION LEVEL SERIALIZABLE",
}  # fmt: skip
DIRECT = [
    "TABLE registry_resident", "SELECT name FROM registry_resident WHERE grams @> '{{wx}}'",
    "SELECT * FROM registry_residence r JOIN registry_resident p ON p.id = r.resident_id",
    "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = 'registry_resident'",
    "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM registry_resident", "TABLE registry_search", "TABLE registry_looktoken",
    "TABLE registry_dwelling", "TABLE registry_organisation", "TABLE registry_declaration", "TABLE registry_identity",
    "TABLE registry_decoy", "TABLE registry_vehicle", "SELECT * FROM find_in_register('{search}', '{terms}')",
    "SELECT * FROM read_register('{token}')", "SELECT * FROM count_building('{search}')",
    "SELECT * FROM wished_in_building('{search}')", "SELECT own_evacuation('{search}')",
    "SELECT spend_leave('{token}', false)", "SELECT may_be_opened(NULL, 'resident', NULL, NULL, NULL, NULL)",
    "INSERT INTO registry_resident SELECT * FROM registry_resident",
    "UPDATE registry_resident SET stale = stale RETURNING *",
    "SELECT query_to_xml('TABLE registry_resident', true, true, '')",
    "SELECT settle_resident('{other}')", "SELECT change_record('resident', '{record}', '{{\"category\": null}}')",
    "SELECT change_record('resident', '{record}', '{{\"name\": null}}')",
    "SELECT change_record('resident', '{record}', '{{\"stale\": \"x\"}}')",
    "EXPLAIN ANALYZE SELECT * FROM read_records('{token}')",
    "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM find_records('{search}', '{terms}')",
    "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM read_records('{token}') LOOP RAISE NOTICE '%', r;"
    " END LOOP; ROLLBACK; END $$",
    "CREATE TEMP TABLE probe AS SELECT * FROM read_records('{token}')",
    "INSERT INTO registry_sitting SELECT gen_random_uuid(), '{other}', 'visit', 'consent', NULL, now(), now() + '1d'",
]  # fmt: skip
STEPS = [
    *PLAIN, "direct", "direct", "direct", "sit", "search", "search", "search other terms", "find", "find",
    "find by other terms", "look", "look", "look at another", "read", "read", "become the other", "cut off",
]  # fmt: skip
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, len(DIRECT) - 1))


class Play:
    """Two officers of neighbouring communities, two residents of each; what they asked for and saw."""

    def __init__(self, parameters: dict[str, Any], stage: dict[str, Any]) -> None:
        self.parameters = parameters | {"options": parameters["options"] + " -c lock_timeout=50ms"}
        self.officers: list[tuple[UUID, list[str]]] = stage["officers"]
        self.records: list[UUID] = stage["records"]
        self.sessions: list[Searcher] = stage["sessions"]  # two for all games: a new connection costs more than a game
        if not self.sessions:
            self.sessions += [Searcher(self.parameters, *one) for one in self.officers]
        self.sittings, self.searches, self.tokens = ([uuid4()] for _ in range(3))
        self.opened: set[tuple[UUID, UUID]] = set()
        self.shown: set[tuple[UUID, UUID]] = set()
        self.leaked: list[str] = []

    def act(self, name: str, who: int, which: int) -> None:
        session = self.sessions[who]
        sitting, search = self.sittings[which % len(self.sittings)], self.searches[which % len(self.searches)]
        session.seen = False
        if name in PLAIN:
            session.run(PLAIN[name])
        elif name == "direct":
            session.run(self._filled(DIRECT[which], search, self.tokens[-1], who))
        elif name == "sit":
            self.sittings.append(session.sit())
        elif name.startswith("search"):
            made = session.search(sitting, OTHER_TERMS if "other" in name else TERMS)
            self.searches += [made] if made else []
        elif name.startswith("find"):
            rows = session.find(search, OTHER_TERMS if "other" in name else TERMS)
            self.shown |= {(session.person, row[0]) for row in rows}
        elif name.startswith("look"):
            made = session.look([self.records[which % len(self.records)]], self.searches[-1])
            self.tokens += [made] if made else []
        elif name == "read":
            rows = session.read_record(self.tokens[which % len(self.tokens)])
            self.opened |= {(session.person, row[0]) for row in rows}
            session.seen = session.seen and not rows
        elif name == "become the other":
            session.run("SELECT set_config('shouwang.person', %s, true)", [str(self.officers[1 - who][0])])
        else:
            session.close()
            self.sessions[who] = Searcher(self.parameters, *self.officers[who])
        if session.seen and not (name == "direct" and "probe" in DIRECT[which]):
            self.leaked.append(f"{name} {DIRECT[which] if name == 'direct' else ''}")

    def _filled(self, statement: str, search: UUID, token: UUID, who: int) -> str:
        return statement.format(
            search=search, token=token, terms=TERMS, record=self.records[0], other=self.officers[1 - who][0]
        )

    def faults(self, owner: Session) -> list[str]:
        """What was seen without a committed trace that names it."""
        for session in self.sessions:
            session.run("ROLLBACK")
            session.run("DISCARD TEMP")
        persons = [person for person, _ in self.officers]
        lines = owner.run(
            "SELECT t.person, l.identity FROM registry_looktoken t JOIN registry_look l USING (entry)"
            " WHERE l.identity = ANY (t.identities) AND t.register = 'resident' AND t.person = ANY (%s)", [persons],
        )  # fmt: skip
        searched = {
            row[0] for row in owner.run("SELECT person FROM registry_search WHERE person = ANY (%s)", [persons])
        }
        untraced = {record for _, record in self.opened} - {record for _, record in lines}
        unsearched = bool(self.shown) and not searched
        return [*self.leaked, *map(str, untraced), *(["candidates without a search"] if unsearched else [])]


@pytest.fixture(scope="module")
def stage(database: Any, environment: Environment) -> Iterator[dict[str, Any]]:
    web, jobs = (place.role_parameters(environment, role) for role in ("web", "jobs"))
    owner = Session(place.role_parameters(environment, "owner"))
    posts = owner.run(
        "SELECT p.id, a.id, a.duty_path FROM people_person p JOIN people_post o ON o.person_id = p.id"
        " JOIN places_area a ON a.id = o.area_id WHERE p.login IN ('shen', 'zhao') ORDER BY p.login"
    )
    records = [plant_resident(jobs, area) for _, area, _ in posts for _ in range(2)]
    yield {
        "web": web, "owner": owner, "records": records, "officers": [(person, [path]) for person, _, path in posts],
        "sessions": (sessions := []),
    }  # fmt: skip
    for session in sessions:
        session.close()
    owner.close()
    database.renew()


def _clear(stage: dict[str, Any]) -> None:
    """The limits of the hour would end the game."""
    stage["owner"].run(
        "TRUNCATE registry_search, registry_looktoken, registry_look, registry_sitting, registry_emergency"
    )
    assert stage["owner"].run("SELECT count(*) FROM registry_looktoken") == [(0,)]


def _run(stage: dict[str, Any], steps: list[tuple[str, int, int]]) -> Play:
    play = Play(stage["web"], stage)
    try:
        for one in steps:
            play.act(*one)
    finally:
        faults = play.faults(stage["owner"])
    assert faults == []
    _clear(stage)
    return play


@pytest.mark.item("ETH-10", "A1")
@pytest.mark.timeout(600)
@settings(FREE, max_examples=500)
@given(steps=st.lists(step, min_size=4, max_size=20))
def test_every_resident_seen_has_a_committed_trace(stage: dict[str, Any], steps: list[tuple[str, int, int]]) -> None:
    _run(stage, steps)


@pytest.mark.prove
@pytest.mark.timeout(3600)
@settings(FREE, max_examples=10_000)
@given(steps=st.lists(step, min_size=4, max_size=40))
def test_ten_thousand_times(stage: dict[str, Any], steps: list[tuple[str, int, int]]) -> None:
    _run(stage, steps)


LAWFUL = [("sit", 0, 1), ("search", 0, 1), ("find", 0, 1), ("look", 0, 0), ("read", 0, 1)]


def test_the_game_reaches_a_lawful_look_and_only_at_ones_own_ground(stage: dict[str, Any]) -> None:
    play = _run(stage, LAWFUL)

    assert {record for _, record in play.opened} == {stage["records"][0]}, play.sessions[0].refusals[-3:]
    assert {record for _, record in play.shown} == set(stage["records"][:2])
    assert not _run(stage, [*LAWFUL[:3], ("look", 0, 2), ("read", 0, 1)]).opened


@pytest.mark.control
def test_control_with_select_granted_the_game_finds_it(stage: dict[str, Any]) -> None:
    @settings(FREE, max_examples=2000, derandomize=True, phases=[Phase.generate])
    @given(steps=st.lists(step, min_size=4, max_size=25))
    def game(steps: list[tuple[str, int, int]]) -> None:
        _run(stage, steps)

    stage["owner"].run("GRANT SELECT ON registry_resident TO testtown_web")
    try:
        with pytest.raises(AssertionError):
            game()
    finally:
        stage["owner"].run("REVOKE SELECT ON registry_resident FROM testtown_web")
        _clear(stage)


@pytest.mark.control
def test_control_without_the_check_of_the_transaction_a_look_leaves_no_trace(stage: dict[str, Any]) -> None:
    trick = [*LAWFUL[:3], ("begin", 0, 0), ("look", 0, 0), ("read", 0, 1), ("rollback", 0, 0)]

    with blinded(stage["owner"]), pytest.raises(AssertionError):
        _run(stage, trick)
    _clear(stage)
    assert not _run(stage, trick).opened
