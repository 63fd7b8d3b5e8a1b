"""A request about one's own record was answered: its author hears that, and reads what in his account."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from shouwang.notices.models import Channel, RecipientKind
from shouwang.notices.telling import To, tell
from shouwang.registry.models import Request


def tell_its_author(request: UUID, *, at: dt.datetime) -> None:
    """Inside at once; outside by day, at night in the morning (MSG-04). Neither says what was asked or answered."""
    account = Request.objects.filter(pk=request).values_list("account", flat=True).first()
    if account is None:
        return
    told: dict[str, Any] = {"wording": "request_answered", "matter": request, "at": at}
    tell(to=To.person(account), channel=Channel.IN_APP, **told)
    tell(to=To(RecipientKind.HOLDER, account), channel=Channel.ANY, **told)
