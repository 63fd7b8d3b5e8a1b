"""What was sent to a person, for his copy."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from shouwang.notices.models import Notice
from shouwang.registry.own_copy import Row, Whose, part


@part("notices.Notice", _("Messages to me"))
def notices(whose: Whose) -> Iterator[Row]:
    for row in Notice.objects.filter(recipient=whose.account).order_by("queued_at"):
        yield {"wording": row.wording, "queued_at": row.queued_at, "read_at": row.read_at}
