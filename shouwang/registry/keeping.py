"""How long a record may be relied on, and how long it is kept (REG-05). No bare integers: each with its reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.registry.lists import Relation

ACCURACY = "个人信息保护法第八条"
STORAGE = "个人信息保护法第十九条"
RENTAL = Limit(6, Span.MONTH, ACCURACY)
LIVING = Limit(12, Span.MONTH, ACCURACY)
STANDING = Limit(24, Span.MONTH, ACCURACY)
KEEP = Limit(2, Span.YEAR, STORAGE)  # after it was last relied on


class StaleRecord(Problem):
    code, status = "registry.stale", 409
    says = _("This record was last verified on {verified}, too long ago to decide by. Verify it first.")


def dates(at: dt.datetime, limit: Limit = LIVING) -> dict[str, Any]:
    """The dates of a record verified at `at`; the same names as its columns."""
    verify_by = local_date(due_at(at, limit).at - dt.timedelta(seconds=1))
    kept_from = dt.datetime.combine(verify_by, dt.time(4), tzinfo=dt.UTC)
    return {"verified_at": at, "verify_by": verify_by, "retain_until": local_date(due_at(kept_from, KEEP).at)}


def limit_for(relation: str) -> Limit:
    """A tenancy grows stale in six months, other residence in twelve."""
    return RENTAL if relation in (Relation.TENANT, Relation.LODGER) else LIVING


def require_fresh(record: Any, at: dt.datetime) -> None:
    """A decision may rest on `record` (a row or what a look gave). Raises StaleRecord."""
    if record.is_stale(local_date(at)):
        verified = record["verified_at"] if hasattr(record, "parts") else record.verified_at
        raise StaleRecord(verified=str(verified)[:10])
