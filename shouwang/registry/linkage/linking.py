"""The job that looks for residents kept twice. What is sealed is opened in memory, compared, and forgotten."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.record import record
from shouwang.registry.linkage.matching import KEY, Like, Model, pairs_apart
from shouwang.registry.linkage.matching import Pair as Found
from shouwang.registry.linkage.models import Pair
from shouwang.registry.lists import Register
from shouwang.registry.models import Residence, Resident
from shouwang.registry.protecting import open_of
from shouwang.registry.spelling import syllables_of

LEAST = 0.9
MOST_PAIRS = 2000  # of one run; the likeliest first
EXPECTED_TWICE = 0.01  # of the residents, in a register that came from several sheets
ASIDE = -1  # the bucket of one who was laid aside
Match = Callable[..., list[Found]]
# How often two records of one person agree. Set by hand with room for slips of typing, moves and new telephones; the
# review queue says how good that is.
NAME_M, NUMBER_M, PHONE_M = (0.86, 0.07, 0.05, 0.02), (0.55, 0.25, 0.08, 0.12), (0.55, 0.10, 0.05, 0.30)
NUMBER_U = (1e-7, 1e-6, 1e-5, 1 - 1.11e-5)


def link_residents(*, by: Actor, at: dt.datetime, matching: Match = pairs_apart) -> int:
    """Look through the register and put new pairs into the queue; how many. Those judged before stay judged.

    Raises  NotInstalled
    """
    rows = list(_rows())
    found = matching([rows], model_for(rows), least=LEAST) if len(rows) > 1 else []
    with acting(by):
        n_new = _keep(sorted(found, key=lambda pair: -pair[2])[:MOST_PAIRS], at)
        record("register.link", topic="register.linked", subject=("run", new_id()), by=by, at=at, n_rows=len(rows),
               n_pairs=n_new)  # fmt: skip
    return n_new


def model_for(rows: Sequence[dict[str, str | None]]) -> Model:
    """The weights for this register: how often two strangers agree is counted in it."""
    name, spoken = chance(row["name"] for row in rows), chance(row["name_spoken"] for row in rows)
    year, home = chance(row["year"] for row in rows), chance(row["home"] for row in rows)
    return Model(
        likes=(
            Like("name", "chinese", NAME_M, _spread(name, max(spoken - name, 1e-6), 0.02)),
            Like("doc_no", "number", NUMBER_M, NUMBER_U),
            Like("phone", "number", PHONE_M, NUMBER_U),
            Like("year", "exact", (0.95, 0.05), _spread(year)),
            Like("home", "exact", (0.6, 0.4), _spread(home)),
        ),
        near=(("doc_no",), ("phone",), ("name", "year"), ("name_spoken", "home"), ("year", "home")),
        prior=max(2 * EXPECTED_TWICE / len(rows), 1e-9),
    )


def chance(values: Iterable[str | None]) -> float:
    """How probable it is that two rows drawn at random have one value."""
    counts = Counter(value for value in values if value)
    n_filled = sum(counts.values())
    return max(sum(n * n for n in counts.values()) / n_filled**2 if n_filled else 0.0, 1e-6)


def _spread(*shares: float) -> tuple[float, ...]:
    kept = [min(share, 0.3) for share in shares]
    return (*kept, 1 - sum(kept))


def _rows() -> Iterable[dict[str, str | None]]:
    """Every resident who is found at all, as he is compared."""
    lived = Residence.objects.filter(ended_on__isnull=True).values_list("resident", "dwelling")
    homes = dict(lived.order_by("from_on").iterator())
    rows = Resident.objects.exclude(doc_bucket=ASIDE).values_list(
        "id", "name", "doc_no_enc", "phone_enc", "birth_date_enc"
    )
    for key, name, doc_no, phone, born in rows.iterator():
        home = homes.get(key)
        yield {
            KEY: str(key), "name": name, "name_spoken": "".join(syllables_of(name)) or name,
            "doc_no": open_of(Register.RESIDENT, key, "doc_no", doc_no),
            "phone": open_of(Register.RESIDENT, key, "phone", phone),
            "year": (open_of(Register.RESIDENT, key, "birth_date", born) or "")[:4] or None,
            "home": str(home) if home else None,
        }  # fmt: skip


def _keep(found: Sequence[Found], at: dt.datetime) -> int:
    areas = dict(
        Resident.objects.filter(pk__in={UUID(key) for pair in found for key in pair[:2]}).values_list("id", "area")
    )
    pairs: list[Any] = []
    for one, other, likeness in found:
        left, right = sorted((UUID(one), UUID(other)))
        pairs.append(Pair(left=left, right=right, area_id=areas.get(left), other_area_id=areas.get(right),
                          likeness=likeness, found_at=at))  # fmt: skip
    before = Pair.objects.count()
    Pair.objects.bulk_create(pairs, ignore_conflicts=True)
    return Pair.objects.count() - before
