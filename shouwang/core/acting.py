"""One transaction is one act, and the database knows who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from shouwang.core.actor import Actor


@contextmanager
def acting(by: Actor, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Open the one transaction of a verb function and tell PostgreSQL the person and the post.

    Why SET LOCAL: a pooled connection must never carry one person's rights to the next request.
    """
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT set_config('shouwang.person', %s, true), set_config('shouwang.post', %s, true),"
                " set_config('shouwang.grant', %s, true)",
                [str(by.person_id or ""), str(by.post_id or ""), str(by.grant_id or "")],
            )
        yield
