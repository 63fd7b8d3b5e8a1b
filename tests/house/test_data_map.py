"""Nothing is held by accident: every field has its line, every retention class its purge, and the purge leaves none."""

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from shouwang.core.datamap import KLASSES, RETENTIONS, TECHNICAL, missing_fields
from shouwang.core.retention import PURGES
from shouwang.registry.data_map_page import page
from shouwang.registry.purging import overdue_rows, run_purges
from tests.house.tree import ROOT

BASES = ("consent", "statutory_duty", "contract_or_hr", "emergency", "own_public", "other_statute", "none")
OURS = [model for model in apps.get_models() if model.__module__.startswith("shouwang.")]
GOES_WITH = {  # model → why it has no purge of its own
    "evidence.Copy": "destroyed with its evidence",
    "evidence.UploadPart": "goes with its upload",
    "matters.Party": "goes when its matter becomes a figure",
    "matters.Note": "goes when its matter becomes a figure",
    "matters.Opening": "goes when its matter becomes a figure",
    "matters.Clock": "names nobody; stays with the figure",
    "oversight.Heard": "goes with its review",
    "oversight.Answer": "goes with its review",
    "oversight.PostFinding": "goes with its review",
    "incident.Stamp": "names nobody; stays with the figure",
}


def uses() -> Iterator[tuple[str, str]]:
    """(retention class, model) wherever a class with an end is used."""
    for model in OURS:
        for retention in {use.retention for use in model.data_map.values()}:
            if RETENTIONS[retention] is not None:
                yield retention, model._meta.label


def without_purge(used: Iterator[tuple[str, str]]) -> list[str]:
    purged = {(one.retention, one.model) for one in PURGES}
    return [f"{model}: {retention}" for retention, model in used if (retention, model) not in purged]


@pytest.mark.item("S9", "PRI-01", "PRI-05")
def test_every_field_of_every_model_is_in_the_data_map() -> None:
    assert missing_fields(OURS) == []


def test_control_a_field_that_nobody_classified_is_found() -> None:
    field = SimpleNamespace(name="nickname")
    meta = SimpleNamespace(label="registry.Thing", local_fields=[field])
    planted = SimpleNamespace(_meta=meta, data_map={"gone": TECHNICAL})

    assert missing_fields([planted]) == [
        "registry.Thing.nickname is not in the data map",
        "registry.Thing.gone is no field",
    ]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_line_has_a_class_a_purpose_and_a_basis(model: Any) -> None:
    for name, use in model.data_map.items():
        assert use.klass in KLASSES, name
        assert use.basis in BASES, name
        assert use.purpose, name
        if use.klass in ("personal", "sensitive"):
            assert use.basis != "none", f"{name} is {use.klass} and has no legal basis"


@pytest.mark.item("PRI-05")
def test_every_retention_class_with_an_end_has_its_purge() -> None:
    missing = [line for line in without_purge(uses()) if line.partition(":")[0] not in GOES_WITH]

    assert missing == []


def test_control_a_class_without_a_purge_is_found() -> None:
    assert without_purge(iter([("radio_name", "matters.Matter")])) == ["matters.Matter: radio_name"]


def test_no_exception_is_kept_for_a_model_that_is_gone_or_purged() -> None:
    assert set(GOES_WITH) <= {model for _, model in uses()}
    assert not set(GOES_WITH) & {one.model for one in PURGES}


LATER = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)


@pytest.mark.item("S9", "PRI-05")
def test_after_the_purge_no_row_is_overdue(world: Any, as_role: Any, owner_sql: Any) -> None:
    """A year of a town in one matter with everything beside it, looked at long afterwards."""
    from shouwang.journal.models import Particulars
    from shouwang.matters.intake import Told, open_matter
    from shouwang.matters.models import Matter
    from shouwang.matters.notes import add_note
    from shouwang.notices.telling import tell_parties

    at = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
    told = Told(name="王女士", number="13800002086")
    matter = open_matter(kind="incident", by=world.fang, at=at, area=world.qiaoxi, gist="楼上漏水", told=told)
    add_note(matter, "已电话联系", by=world.fang, at=at)
    tell_parties(matter, "received", at=at, reference=matter.reference)
    owner_sql(
        "INSERT INTO registry_look (id, identity, person, purpose, basis, fields, at, entry)"
        " VALUES (%s, %s, %s, 'visit', 'consent', '{name}', %s, %s)",
        [uuid4(), matter.parties.get().identity, world.fang.person_id, at, uuid4()],
    )
    owner_sql("UPDATE matters_matter SET phase = 'done', closed_at = %s WHERE id = %s", [at, matter.pk])

    with as_role("jobs"):
        overdue = overdue_rows(LATER)
        assert {"matters.Matter", "registry.Look", "notices.Notice", "journal.Particulars"} <= set(overdue)
        run_purges(at=LATER)
        run_purges(at=LATER)  # who a party was is forgotten once no matter needs him
        # The purge's own entries carry the clock of this machine, not the year 2040: they alone are left.
        assert set(overdue_rows(LATER)) <= {"journal.Particulars"}
        left = Particulars.objects.values_list("entry__verb", flat=True)
        assert set(left) <= {"retention.purge", "journal.erase_particulars", "identity.read_for_purge"}

    kept = Matter.objects.get(pk=matter.pk)
    assert (kept.words, kept.gist, kept.parties.count(), kept.notes.count()) == ("", "", 0, 0)
    assert (kept.kind, kept.closed_at) == ("incident", at)


def test_the_reference_says_what_the_code_says() -> None:
    written = (ROOT / "docs" / "reference" / "data-map.md").read_text()

    assert written == page(OURS), "run `bin/shouwang data-map`"


def test_every_purged_model_exists() -> None:
    for one in PURGES:
        assert issubclass(apps.get_model(one.model), models.Model)
