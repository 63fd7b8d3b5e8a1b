"""What matters hold of a person who has an account, for his copy: what he filed, in his own words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.matters.models import Matter, Party
from shouwang.people.access import opened_matters
from shouwang.registry.own_copy import Row, Whose, part


@part("matters.Matter", _("What I reported"))
def matters(whose: Whose) -> Iterator[Row]:
    """Those that the account opens: what it filed without the wish to be left alone."""
    opened = opened_matters(Actor(person_id=whose.account), whose.at)
    for row in Matter.objects.filter(pk__in=opened).order_by("opened_at"):
        yield {
            "reference": row.reference, "kind": row.kind, "place_text": row.place_text, "words": row.words,
            "opened_at": row.opened_at, "closed_at": row.closed_at,
        }  # fmt: skip


@part("matters.Party", _("My part in matters"))
def parts(whose: Whose) -> Iterator[Row]:
    for row in Party.objects.filter(person=whose.account).select_related("matter").order_by("added_at"):
        yield {"matter": row.matter.reference, "role": row.role, "protected": row.protected, "quiet": row.quiet}
