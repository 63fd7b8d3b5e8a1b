"""How long a caller's words take to find their place in made towns, and how often the right one stands first.

    .venv/bin/python -m bench.places [--residents 20000 200000] [--words 500]

Runs in a folder and a database of its own. The words are addresses of the town, said in five ways: as written, in
Chinese numerals, full-width, with something said after them, with one character wrong.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

AIM_P99_MS = 20
SEED = 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--words", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return measure(options.residents, options.words)


def measure(sizes: list[int], n_words: int) -> int:
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        run("upgrade", role="owner")
        os.environ["SHOUWANG_ROLE"] = "web"
        import django

        django.setup()
        print(
            f"| residents | places | loaded in | p50 | p99 (aim ≤ {AIM_P99_MS} ms) | right one first | found at all |"
        )
        print("|---:|---:|---:|---:|---:|---:|---:|")
        for residents in sizes:
            began = time.perf_counter()
            run("town", "--residents", str(residents), "--seed", str(SEED), role="jobs")
            print(line(residents, n_words, time.perf_counter() - began), flush=True)
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()
    return 0


def line(residents: int, n_words: int, loaded_s: float) -> str:
    """One row of the table."""
    from shouwang.places.finding import find_places
    from shouwang.places.models import FoundPlace
    from shouwang.places.words import comparable

    names = list(FoundPlace.objects.filter(kind="building").order_by("name").values_list("name", flat=True))
    took_ms, first, found, asked = [], 0, 0, 0
    for name, said in ways(random.Random(SEED).sample(names, min(n_words, len(names)))):
        began = time.perf_counter()
        matches = find_places(said)
        took_ms.append((time.perf_counter() - began) * 1000)
        texts = [comparable(match.full_text.split(" ")[0]) for match in matches]
        asked += 1
        first += texts[:1] == [comparable(name)]
        found += comparable(name) in texts
    cuts = statistics.quantiles(took_ms, n=100)
    return (
        f"| {residents:,} | {FoundPlace.objects.count():,} | {loaded_s:.0f} s | {cuts[49]:.1f} ms | {cuts[98]:.1f} ms "
        f"| {first / asked:.1%} of {asked} | {found / asked:.1%} |"
    )


def ways(names: list[str]) -> Iterator[tuple[str, str]]:
    """Each name once, the five ways in turn."""
    numerals = str.maketrans("0123456789", "零一二三四五六七八九")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for number, name in enumerate(names):
        said = (name, name.translate(numerals), name.translate(wide), f"{name}的门口", f"{name[0]}某{name[2:]}")[
            number % 5
        ]
        yield name, said


def run(*command: str, role: str) -> None:
    root = Path(__file__).resolve().parent.parent
    subprocess.run(
        [sys.executable, "-m", "shouwang.config.command_line", *command],
        env=os.environ | {"SHOUWANG_ROLE": role},
        cwd=root,
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
