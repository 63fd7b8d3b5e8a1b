"""Which rows of a table speak of one person: Splink on DuckDB, in memory, in a process of its own. Knows no register.

Fellegi and Sunter's model: how much each agreement and disagreement tells is learned from the table itself. Method
Source  Linacre et al. 2022, Int. J. Population Data Science 7(3) (Splink)
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Any

Row = Mapping[str, str | None]
Pair = tuple[str, str, float]
KEY = "unique_id"
SAMPLED_PAIRS = 1_000_000
RECALL_OF_SURE = 0.8  # what the sure rules are taken to find of all pairs; the model corrects what follows from it


@dataclass(frozen=True)
class Like:
    """How two values of a field are compared.

    by    `name` (similar spellings, rare ones tell more), `chinese` (as written, as spoken, one character off),
          `number` (one or two digits off), `text`, or `exact`
    m, u  how often each degree of likeness is met in one person and in two, the closest first; empty: learned
    """

    field: str
    by: str = "exact"
    m: tuple[float, ...] = ()
    u: tuple[float, ...] = ()


@dataclass(frozen=True)
class Model:
    """What is compared, and which rows are at all.

    near   groups of fields; two rows are compared where one group agrees
    sure   groups of fields that hardly agree by chance: what they find is learned from
    learn  two groups of fields to learn by, none compared with itself; empty: every m and u is given
    prior  how probable it is that two rows drawn by chance are one person; where nothing is learned
    """

    likes: tuple[Like, ...]
    near: tuple[tuple[str, ...], ...]
    sure: tuple[tuple[str, ...], ...] = ()
    learn: tuple[tuple[str, ...], ...] = ()
    prior: float = 0.0001


class NotInstalled(Exception):
    """Splink is an extra (requirements/link.txt) and is not there."""


def installed() -> bool:
    return all(find_spec(name) for name in ("splink", "duckdb", "pyarrow"))


def pairs_apart(tables: Sequence[Sequence[Row]], model: Model, *, least: float) -> list[Pair]:
    """`pairs_of` in a process of its own. Raises NotInstalled"""
    if not installed():
        raise NotInstalled
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (15,)) as pool:  # whoever waits at a desk goes first
        return pool.submit(pairs_of, tables, model, least=least).result()


def pairs_of(tables: Sequence[Sequence[Row]], model: Model, *, least: float) -> list[Pair]:
    """(key, key, probability) of rows that are one person: within one table, or between two. Each row has a KEY."""
    import pyarrow as pa
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    database = DuckDBAPI()
    frames = [
        database.register(pa.Table.from_pylist([dict(row) for row in rows]), dataset_display_name=f"part_{n}")
        for n, rows in enumerate(tables)
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(frames) == 1 else "link_only",
        comparisons=[_comparison(like) for like in model.likes],
        blocking_rules_to_generate_predictions=[block_on(*fields) for fields in model.near],
        unique_id_column_name=KEY,
        probability_two_random_records_match=model.prior,
    )
    linker = Linker(frames if len(frames) > 1 else frames[0], settings, log_level=40)
    if model.learn:
        sure: list[Any] = [block_on(*fields) for fields in model.sure]
        linker.training.estimate_probability_two_random_records_match(sure, recall=RECALL_OF_SURE)
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=1)
    for fields in model.learn:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*fields))
    found = linker.inference.predict(threshold_match_probability=least).as_record_list()
    return [(one[f"{KEY}_l"], one[f"{KEY}_r"], float(one["match_probability"])) for one in found]


def _comparison(like: Like) -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    if like.by == "name":
        found = library.JaroWinklerAtThresholds(like.field, [0.92, 0.8]).configure(term_frequency_adjustments=True)
    elif like.by == "number":
        found = library.LevenshteinAtThresholds(like.field, [1, 2])
    elif like.by == "text":
        found = library.JaroWinklerAtThresholds(like.field, [0.9, 0.8])
    elif like.by == "chinese":
        found = library.CustomComparison(
            output_column_name=like.field,
            comparison_levels=[
                levels.NullLevel(like.field),
                levels.ExactMatchLevel(like.field),
                levels.ExactMatchLevel(f"{like.field}_spoken"),
                levels.LevenshteinLevel(like.field, 1),
                levels.ElseLevel(),
            ],
        )
    else:
        found = library.ExactMatch(like.field)
    return found.configure(m_probabilities=list(like.m), u_probabilities=list(like.u)) if like.m else found
