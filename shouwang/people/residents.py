"""Residents at the portal: its database role cannot read accounts or sessions, it asks a function."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from shouwang.core.actor import Actor
from shouwang.people.granting import hash_of


def resident_of(token: str, at: dt.datetime) -> Actor:
    """The resident behind a session cookie; nobody for staff, who work at the desk and not at the portal.

    Residents hold no posts, and the portal could not read any: so none are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_resident_of_session(%s, %s)", [hash_of(token), at])
        person_id = cursor.fetchone()[0]
    return Actor(person_id=person_id, cache={"posts": [], "narrowings": []}) if person_id else Actor.nobody()
