"""Whatever two sessions of the pages do, in any order: every identity they saw has a committed trace."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from shouwang.config.database import place
from shouwang.config.environment import Environment
from shouwang.registry.tests.attempting import Session, blinded, plant_identity

FREE = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
N_IDENTITIES = 3
STEPS = [
    "begin", "commit", "rollback", "savepoint", "rollback to", "release", "read committed", "repeatable read",
    "entry", "leave", "leave of a known entry", "read", "read by cursor", "read by copy", "read in a block",
    "read explained", "select", "become the other", "cut off",
]  # fmt: skip
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, N_IDENTITIES - 1))


class Play:
    """Two sessions, two persons, a few identities; what each has asked for and seen."""

    def __init__(self, parameters: dict[str, Any], identities: list[UUID]) -> None:
        self.parameters = parameters | {"options": parameters["options"] + " -c lock_timeout=20ms"}
        self.persons = [uuid4(), uuid4()]
        self.sessions = [Session(self.parameters, person) for person in self.persons]
        self.identities = identities
        self.tokens: list[UUID] = []
        self.entries: list[UUID] = []
        self.seen: set[tuple[UUID, UUID]] = set()

    def act(self, name: str, who: int, which: int) -> None:
        session = self.sessions[who]
        token = self.tokens[which % len(self.tokens)] if self.tokens else uuid4()
        plain = {
            "begin": "BEGIN", "commit": "COMMIT", "rollback": "ROLLBACK", "savepoint": f"SAVEPOINT s{which}",
            "rollback to": f"ROLLBACK TO s{which}", "release": f"RELEASE s{which}",
            "read committed": "BEGIN ISOLATION LEVEL READ COMMITTED",
            "repeatable read": "BEGIN ISOLATION LEVEL REPEATABLE READ",
        }  # fmt: skip
        if name in plain:
            session.run(plain[name])
        elif name == "entry":
            self.entries.append(session.entry())
        elif name.startswith("leave"):
            known = {"entry": self.entries[which % len(self.entries)]} if "known" in name and self.entries else {}
            made = session.leave([self.identities[which]], **known)
            self.tokens += [made] if made else []
        elif name == "become the other":
            session.run("SELECT set_config('shouwang.person', %s, true)", [str(self.persons[1 - who])])
        elif name == "cut off":
            session.close()
            self.sessions[who] = Session(self.parameters, self.persons[who])
        else:
            self._try_to_see(session, name, token)

    def _try_to_see(self, session: Session, name: str, token: UUID) -> None:
        rows: list[tuple[Any, ...]] = []
        if name == "read":
            rows = session.read(token)
        elif name == "read by cursor":
            session.run(f"DECLARE c CURSOR FOR SELECT * FROM read_identities('{token}')")
            rows = session.run("FETCH ALL FROM c")
        elif name == "select":
            rows = session.run("SELECT * FROM registry_identity")
        elif name == "read by copy":
            session.copy_out(f"COPY (SELECT * FROM read_identities('{token}')) TO STDOUT")
        elif name == "read explained":
            session.run(f"EXPLAIN ANALYZE SELECT * FROM read_identities('{token}')")
        else:
            session.run(f"DO $$ BEGIN PERFORM read_identities('{token}'); COMMIT; END $$")
        self.seen |= {(session.person, row[0]) for row in rows}

    def untraced(self, owner: Session) -> set[UUID]:
        """Identities that were seen though no committed token and line name them."""
        for session in self.sessions:
            session.close()
        traced = owner.run(
            "SELECT t.person, l.identity FROM registry_looktoken t JOIN registry_look l USING (entry)"
            " WHERE l.identity = ANY (t.identities) AND t.person = ANY (%s)",
            [self.persons],
        )
        return {identity for _, identity in self.seen} - {identity for _, identity in traced}


@pytest.fixture(scope="module")
def stage(database: Any, environment: Environment) -> Iterator[tuple[dict[str, Any], list[UUID], Session]]:
    web = place.role_parameters(environment, "web")
    owner = Session(place.role_parameters(environment, "owner"))
    yield web, [plant_identity(web) for _ in range(N_IDENTITIES)], owner
    owner.close()
    database.renew()


Stage = tuple[dict[str, Any], list[UUID], Session]


def _run(stage: Stage, steps: list[tuple[str, int, int]]) -> Play:
    web, identities, owner = stage
    play = Play(web, identities)
    for one in steps:
        play.act(*one)
    assert play.untraced(owner) == set()
    return play


@settings(FREE, max_examples=500)
@given(steps=st.lists(step, min_size=3, max_size=25))
def test_every_identity_seen_has_a_committed_trace(stage: Stage, steps: list[tuple[str, int, int]]) -> None:
    _run(stage, steps)


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("lot", range(4))
def test_ten_thousand_times(stage: Stage, lot: int, record_property: Any) -> None:
    @seed(lot)
    @settings(FREE, max_examples=2500)
    @given(steps=st.lists(step, min_size=3, max_size=40))
    def game(steps: list[tuple[str, int, int]]) -> None:
        _run(stage, steps)

    game()
    record_property("size", 2500)
    record_property("unit", "sequences")


def test_the_game_reaches_a_lawful_look(stage: Stage) -> None:
    assert _run(stage, [("leave", 0, 1), ("read", 0, 0)]).seen


@pytest.mark.control
def test_control_without_the_check_of_the_transaction_the_game_finds_it(stage: Stage) -> None:
    @settings(FREE, max_examples=3000, derandomize=True, phases=[Phase.generate])
    @given(steps=st.lists(step, min_size=3, max_size=25))
    def game(steps: list[tuple[str, int, int]]) -> None:
        _run(stage, steps)

    with blinded(stage[2]), pytest.raises(AssertionError):
        game()
