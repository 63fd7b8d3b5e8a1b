"""How long it takes to find one resident among many, in the database and in the application, and beside plain ways.

    .venv/bin/python -m bench.finding [--residents 20000] [--searches 200]
    .venv/bin/python -m bench.finding --residents 1000000 5000000 --laid 200000      (by hand)

Runs in a folder and a database of its own. The terms are drawn from the people of the made town. At the browser: from
the Enter key to the candidates painted, Chromium and the pages' process on the same cores. Beside it, in the same run:
`icontains` without an index, and the same with a plain trigram index (pg_trgm) on the name. Beyond `--laid` the
residents are copies made in the database (bench/load/multiplying.py).
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.load.multiplying import multiply, without_indexes
from bench.places import run

AIM_P99_MS = 10
AIM_BROWSER_P99_MS = 60
SEED = 1
PEOPLE = """
SELECT id, name, grams, street, doc_no_enc, phone_enc FROM registry_resident TABLESAMPLE system (20)
WHERE phone_enc IS NOT NULL LIMIT 5000
"""
EMPTY = "TRUNCATE registry_search"  # the limits of the hour begin anew
KINDS = ("two characters", "whole name", "initials", "pinyin", "document", "telephone", "last four", "name + street",
         "address")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, nargs="+", default=[20_000], help="measured in this order")
    parser.add_argument("--laid", type=int, default=1_000_000, help="at most so many are laid one by one")
    parser.add_argument("--searches", type=int, default=200, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return measure(options.residents, options.laid, options.searches)


def measure(sizes: list[int], most_laid: int, n_searches: int) -> int:
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        began = time.perf_counter()
        run("upgrade", role="owner")
        _lay(min(sizes[0], most_laid), current())
        os.environ["SHOUWANG_ROLE"] = "web"
        import django

        django.setup()
        with _owner(current()) as owner:
            people = owner.execute(PEOPLE).fetchall()
            by = _officer_over_all(owner)
            for n_residents in sizes:
                multiply(owner, n_residents)
                owner.execute("VACUUM ANALYZE")
                print(f"\n{n_residents:,} residents after {time.perf_counter() - began:.0f} s\n", flush=True)
                _table(owner, by, people, n_searches)
                if n_residents == sizes[0]:
                    _browser(owner, by, people, n_searches)
            _plain_ways(owner, people, n_searches, current())
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()
    return 0


def _lay(n_residents: int, environment: Any) -> None:
    """A town and the cast, the indexes of the register made when everybody is there."""
    with _owner(environment) as owner, without_indexes(owner):
        run("town", "--residents", str(n_residents), "--seed", str(SEED), role="jobs")
    run("load-demo", role="web")


def _owner(environment: Any) -> Any:
    import psycopg

    from shouwang.config.database import place

    return psycopg.connect(**place.role_parameters(environment, "owner"), autocommit=True)


def _officer_over_all(owner: Any) -> Any:
    """The head of the station, given the whole bureau for the day."""
    from shouwang.demo.world import load_world

    owner.execute(
        "UPDATE people_post SET role = 'bureau_head', responsible = false,"
        " area_id = (SELECT id FROM places_area WHERE tier = 'bureau')"
        " WHERE person_id = (SELECT id FROM people_person WHERE login = 'lin')"
    )
    return load_world().lin.afresh()


def _table(owner: Any, by: Any, people: list[Any], n_searches: int) -> None:
    print(
        f"| what is known | in the database p50 | p99 (aim ≤ {AIM_P99_MS} ms) | of it on a core p50 | p99"
        " | with both commits p50 | p99 | found |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        print(_line(kind, owner, by, _terms(kind, people, n_searches)), flush=True)


def _line(kind: str, owner: Any, by: Any, terms: list[tuple[str, str]]) -> str:
    from shouwang.core.clock import now
    from shouwang.registry import finding

    in_database: list[float] = []
    on_a_core: list[float] = []
    whole: list[float] = []
    found = 0
    asked = finding.ask_database

    def timed(statement: str, values: list[Any], *refusal: Any) -> Any:
        used, began = _core_ms(), time.perf_counter()
        rows = asked(statement, values, *refusal)
        if "find_records" in statement:
            in_database.append((time.perf_counter() - began) * 1000)
            on_a_core.append(_core_ms() - used)
        return rows

    finding.ask_database = timed
    try:
        for number, (who, place) in enumerate(terms):
            if number % 10 == 0:  # the limits of the hour
                owner.execute(EMPTY)
                sitting = finding.begin_sitting(purpose="visit", by=by, at=now())
            began = time.perf_counter()
            candidates = finding.find(sitting, who=who, place=place, by=by, at=now()).candidates
            whole.append((time.perf_counter() - began) * 1000)
            found += bool(candidates)
    finally:
        finding.ask_database = asked
    return f"| {kind} | {_both(in_database)} | {_both(on_a_core)} | {_both(whole)} | {found / len(terms):.0%} |"


def _core_ms() -> float:
    """How long the backend of this connection has run on a core: what a busy machine does not change."""
    from django.db import connection

    connection.ensure_connection()
    process = connection.connection.info.backend_pid
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6


def _browser(owner: Any, by: Any, people: list[Any], n_searches: int) -> None:
    """The three kinds most often asked, at the desk in Chromium."""
    from bench.load.searching import CHROMIUM, pages, search_in_browser
    from shouwang.core.clock import now
    from shouwang.people import sessions

    if not Path(CHROMIUM).exists():
        print("\nThere is no Chromium here: nothing is measured at the browser.")
        return
    _, token = sessions.open_session(by.person, label="bench", at=now(), proven=True)
    print(f"\n| at the browser | p50 | p99 (aim ≤ {AIM_BROWSER_P99_MS} ms) |\n|---|---:|---:|")
    with pages() as address:
        search_in_browser(address, token, _terms("whole name", people, 20), lambda: owner.execute(EMPTY))
        for kind in ("whole name", "last four", "name + street"):
            took = search_in_browser(
                address, token, _terms(kind, people, n_searches), lambda: owner.execute(EMPTY)
            )  # fmt: skip
            print(f"| {kind} | {_both(took)} |", flush=True)


def _terms(kind: str, people: list[Any], n_searches: int) -> list[tuple[str, str]]:
    """(who, where) of people drawn from the register."""
    from shouwang.registry.lists import Register
    from shouwang.registry.protecting import open_of

    draw = random.Random(SEED)
    drawn = [draw.choice(people) for _ in range(n_searches)]
    ways: dict[str, Callable[[Any], tuple[str, str]]] = {
        "two characters": lambda one: (one[1][:2], ""),
        "whole name": lambda one: (one[1], ""),
        "initials": lambda one: (max((gram[1:] for gram in one[2] if gram[0] == "'"), key=len), ""),
        "pinyin": lambda one: (max((gram for gram in one[2] if gram.isascii() and gram[0] != "'"), key=len), ""),
        "document": lambda one: (open_of(Register.RESIDENT, one[0], "doc_no", one[4]) or "", ""),
        "telephone": lambda one: (open_of(Register.RESIDENT, one[0], "phone", one[5]) or "", ""),
        "last four": lambda one: ((open_of(Register.RESIDENT, one[0], "phone", one[5]) or "")[-4:], ""),
        "name + street": lambda one: (one[1][0], one[3]),
        "address": lambda one: ("", f"{one[3]}12号"),
    }
    return [ways[kind](one) for one in drawn]


def _plain_ways(owner: Any, people: list[Any], n_searches: int, environment: Any) -> None:
    """`name LIKE '%ab%'` as the owner: with no index, and with a plain trigram index."""
    import psycopg

    from shouwang.config.database import place

    statement = "SELECT id FROM registry_resident WHERE upper(name) LIKE upper(%s) LIMIT 20"
    fragments = [f"%{who}%" for who, _ in _terms("two characters", people, min(n_searches, 40))]
    print("\n| plain ways, two characters | p50 | p99 |\n|---|---:|---:|")
    print(f"| icontains, no index | {_both(list(_times(owner, statement, fragments)))} |", flush=True)
    with psycopg.connect(**place.administrator_parameters(environment), autocommit=True) as administrator:
        administrator.execute(f"CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA {environment.schema}")
    owner.execute("CREATE INDEX plain_trigrams ON registry_resident USING gin (upper(name) gin_trgm_ops)")
    owner.execute("ANALYZE registry_resident")
    print(f"| icontains, plain pg_trgm index | {_both(list(_times(owner, statement, fragments)))} |")


def _times(owner: Any, statement: str, fragments: list[str]) -> Iterator[float]:
    for fragment in fragments:
        began = time.perf_counter()
        owner.execute(statement, [fragment]).fetchall()
        yield (time.perf_counter() - began) * 1000


def _both(times_ms: list[float]) -> str:
    return f"{_cut(times_ms, 50)} | {_cut(times_ms, 99)}"


def _cut(times_ms: list[float], percent: int) -> str:
    return f"{statistics.quantiles(times_ms, n=100)[percent - 1]:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
