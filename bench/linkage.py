"""How well pairs of one person are found: precision, recall and F1 against the truth, by the matcher of the registers.

    .venv/bin/python -m bench.linkage

On the made people of `shared/data/febrl` where they lie beside the project (dataset 1 and 2: doubles within one file;
4: two files one to one). Nothing is tuned by the truth: the weights are learned from the files themselves. Beside it,
in the same run, the plain way: whoever agrees in name and birth date, or in the number.
"""

import csv
import gzip
import itertools
import sys
import time
from collections import defaultdict
from pathlib import Path

from shouwang.registry.linkage.matching import KEY, Like, Model, Pair, Row, installed, pairs_of

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "febrl"
SETS = {"1": ("dataset1",), "2": ("dataset2",), "4": ("dataset4a", "dataset4b")}
ENOUGH = 0.5
MODEL = Model(
    likes=(
        Like("given_name", "name"), Like("surname", "name"), Like("date_of_birth", "number"),
        Like("soc_sec_id", "number"), Like("street_number"), Like("address_1", "text"), Like("suburb", "text"),
        Like("postcode", "number"),
    ),
    near=(
        ("soc_sec_id",), ("date_of_birth",), ("given_name", "surname"), ("surname", "postcode"),
        ("given_name", "postcode"), ("suburb", "street_number"), ("address_1",),
    ),
    sure=(("soc_sec_id",), ("given_name", "surname", "date_of_birth")),
    learn=(("date_of_birth",), ("soc_sec_id",)),
)  # fmt: skip


def main() -> int:
    if not DATA.exists() or not installed():
        print("The labelled people are not beside the project, or Splink is not installed: nothing is measured.")
        return 0
    print("| set | people | pairs | way | precision | recall | F1 | seconds |\n|---|--:|--:|---|--:|--:|--:|--:|")
    for name, files in SETS.items():
        tables = [people(file) for file in files]
        truth = true_pairs(tables)
        for way, ask in (("learned", learned), ("plain", plain)):
            began = time.perf_counter()
            found = ask(tables)
            seconds = time.perf_counter() - began
            n_people = sum(map(len, tables))
            print(
                f"| {name} | {n_people:,} | {len(truth):,} | {way} | {scores(found, truth)} | {seconds:.1f} |",
                flush=True,
            )
    return 0


def learned(tables: list[list[Row]]) -> set[frozenset[str]]:
    found: list[Pair] = pairs_of(tables, MODEL, least=ENOUGH)
    return {frozenset(pair[:2]) for pair in found}


def plain(tables: list[list[Row]]) -> set[frozenset[str]]:
    found = set()
    for fields in MODEL.sure:
        alike: dict[tuple[str | None, ...], list[tuple[int, str]]] = defaultdict(list)
        for place, table in enumerate(tables):
            for row in table:
                if all(row[field] for field in fields):
                    alike[tuple(row[field] for field in fields)].append((place, str(row[KEY])))
        for same in alike.values():
            for (here, one), (there, other) in itertools.combinations(same, 2):
                if len(tables) == 1 or here != there:
                    found.add(frozenset((one, other)))
    return found


def scores(found: set[frozenset[str]], truth: set[frozenset[str]]) -> str:
    right = len(found & truth)
    precision, recall = right / (len(found) or 1), right / len(truth)
    return f"{precision:.4f} | {recall:.4f} | {2 * precision * recall / ((precision + recall) or 1):.4f}"


def people(name: str) -> list[Row]:
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8") as file:
        head, *rows = csv.reader(file, skipinitialspace=True)
    names = [KEY if column.strip() == "rec_id" else column.strip() for column in head]
    return [dict(zip(names, (cell.strip() or None for cell in row), strict=True)) for row in rows]


def true_pairs(tables: list[list[Row]]) -> set[frozenset[str]]:
    """rec-N-org and rec-N-dup-K are one person N."""
    of_one: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, table in enumerate(tables):
        for row in table:
            of_one[str(row[KEY]).split("-")[1]].append((place, str(row[KEY])))
    return {
        frozenset((one, other))
        for same in of_one.values()
        for (here, one), (there, other) in itertools.combinations(same, 2)
        if len(tables) == 1 or here != there
    }


if __name__ == "__main__":
    sys.exit(main())
